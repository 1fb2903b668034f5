// Inline keyboards under a bubble.
import { el, icon } from "./dom.js";
import { safeUrl } from "./entities.js";

/** `view` has tap(message, data), copyText(text), link(url) and isPending(message, data). */
export function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard" },
    rows.map((row) => el("div", { class: "keys" }, row.map((button) => key(button, message, view)))));
}

function key(button, message, view) {
  const look = { class: "key", "data-look": button.style };
  const label = el("span", {}, button.text);
  if (button.url) return linked(button, look, label, view);
  if (button.copy_text) {
    return el("button", { ...look, type: "button", onclick: () => view.copyText(button.copy_text.text) }, label, icon("copy"));
  }
  if (button.callback_data === undefined) return el("button", { ...look, type: "button", disabled: true }, label);
  const data = button.callback_data;
  const busy = view.isPending(message, data) && "true";
  return el("button", { ...look, type: "button", "data-callback": data, "aria-busy": busy, onclick: () => view.tap(message, data) }, label);
}

function linked(button, look, label, view) {
  const url = safeUrl(button.url);
  if (!url) return el("button", { ...look, type: "button", disabled: true }, label);
  const follow = (event) => {
    if (view.link(url)) event.preventDefault();
  };
  return el("a", { ...look, href: url.href, target: "_blank", rel: "noopener noreferrer", onclick: follow }, label, icon("link"));
}

/** The callback buttons of a message, flat. */
export function callbacks(message) {
  return (message?.reply_markup?.inline_keyboard ?? []).flat().filter((button) => button.callback_data !== undefined);
}
