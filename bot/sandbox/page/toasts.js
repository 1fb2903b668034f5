// The bot's short answers to taps, at the top of the phone that tapped.
import { el } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 5000;

export function toast(device, text, { error = false } = {}) {
  const note = el("p", { class: error ? "toast error" : "toast", "data-toast": "" }, text);
  device.querySelector(".toasts").append(note);
  setTimeout(() => note.classList.add("gone"), SHOWN_MS);
  setTimeout(() => note.remove(), SHOWN_MS + 400);
}

/** answerCallbackQuery with show_alert: stays until it is acknowledged. */
export function alertBox(device, text) {
  const before = document.activeElement;
  const close = () => {
    box.remove();
    before?.focus?.();
  };
  const ok = el("button", { type: "button", onclick: close }, t("ok"));
  const box = el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text, "data-alert": "" },
    el("div", {}, el("p", {}, text), ok));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") event.preventDefault();
  });
  device.append(box);
  ok.focus();
}
