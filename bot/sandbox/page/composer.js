// Where a phone's owner writes: text, replies, edits, attachments, examples.
import { openMenu } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { oneLine } from "./media.js";
import { sender } from "./messages.js";
import { t } from "./words.js";

const MOST_FILES = 10; // an album's limit
const TALLEST = 140; // CSS pixels; longer texts scroll

export class Composer {
  /** `phone` does the acts: send, edit, attach; and knows commands() and the names. */
  constructor(phone, name) {
    this.phone = phone;
    this.mode = null; // {kind: "reply" | "edit", message}
    this.files = null; // {kind: "photo" | "document", list}
    this.context = el("div", { class: "context", hidden: true });
    this.input = el("textarea", { rows: "1", "data-input": "", "aria-label": t("write as", { name }), oninput: () => this.#grow(), onkeydown: (event) => this.#key(event) });
    this.placeholder = t("write as", { name });
    this.menuButton = this.#button("menu", "menu", (event) => this.#openCommands(event.currentTarget));
    this.sendButton = el("button", { class: "round send", "data-send": "", "aria-label": t("send") }, icon("send"));
    this.form = el("form", { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.menuButton,
      this.#button("attach", "attach", (event) => this.#openAttach(event.currentTarget)),
      this.input,
      this.sendButton);
    this.node = el("div", { class: "writing" }, this.context, this.form);
    this.#show();
  }

  reply(message, { focus = true, placeholder } = {}) {
    this.#enter({ kind: "reply", message, placeholder }, focus);
  }

  edit(message) {
    this.input.value = message.text ?? message.caption;
    this.#enter({ kind: "edit", message }, true);
  }

  /** Fills and sends, as a newcomer would by hand. */
  async say(text) {
    this.input.value = text;
    await this.#send();
  }

  #enter(mode, focus) {
    this.mode = mode;
    this.#show();
    if (focus) this.input.focus();
  }

  reset() {
    if (this.mode?.kind === "edit") this.input.value = "";
    this.mode = null;
    this.files = null;
    this.#show();
  }

  #show() {
    const { mode, files } = this;
    const title = files ? t(files.kind === "photo" ? "photo" : "file") : mode && t(mode.kind === "edit" ? "editing" : "reply to", { name: sender(mode.message, this.phone.world) });
    const detail = files ? files.list.map((file) => file.name).join(", ") : mode && oneLine(mode.message);
    this.context.hidden = !title;
    this.context.replaceChildren(...(title ? [
      icon(files ? "attach" : mode.kind),
      el("p", {}, el("b", {}, title), el("span", {}, detail)),
      this.#button("close", "cancel", () => this.reset()),
    ] : []));
    this.input.placeholder = files ? t("caption") : (mode?.placeholder ?? this.placeholder);
    this.menuButton.hidden = this.phone.commands().length === 0;
    this.#grow();
  }

  rename(name) {
    this.placeholder = t("write as", { name });
    this.input.setAttribute("aria-label", this.placeholder);
    this.#show();
  }

  refresh() {
    this.menuButton.hidden = this.phone.commands().length === 0;
  }

  #button(name, label, run) {
    return el("button", { type: "button", class: "round", "aria-label": t(label), title: t(label), onclick: run }, icon(name));
  }

  #grow() {
    this.input.style.height = "auto";
    const { scrollHeight, offsetHeight, clientHeight } = this.input;
    if (scrollHeight) this.input.style.height = `${Math.min(scrollHeight + offsetHeight - clientHeight, TALLEST)}px`; // 0 while not on the page
    this.sendButton.classList.toggle("ready", Boolean(this.input.value.trim() || this.files));
  }

  #key(event) {
    if (event.key === "Escape" && (this.mode || this.files)) this.reset();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #submit(event) {
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const { mode, files } = this;
    const written = this.input.value;
    const text = written.trim();
    if (!text && !files) return;
    this.input.value = "";
    this.mode = this.files = null;
    this.#show();
    if (await this.#deliver(text, mode, files)) return;
    Object.assign(this, { mode, files }); // refused: nothing typed is lost
    this.input.value = written;
    this.#show();
  }

  #deliver(text, mode, files) {
    if (files) return this.phone.attach(files.kind, files.list, text);
    if (mode?.kind === "edit") return this.phone.edit(mode.message, text);
    return this.phone.send(text, mode?.message);
  }

  #openCommands(anchor) {
    openMenu(anchor, this.phone.commands().map(({ command, description }) => ({
      label: `/${command}`, note: description, run: () => this.phone.command(`/${command}`),
    })), t("menu"));
  }

  #openAttach(anchor) {
    openMenu(anchor, [
      { label: t("photo"), icon: "photo", run: () => this.#choose("photo", "image/*") },
      { label: t("file"), icon: "file", run: () => this.#choose("document", "") },
    ], t("attach"));
  }

  #choose(kind, accept) {
    const picker = el("input", { type: "file", class: "offscreen", multiple: true, accept, "data-files": kind, "aria-label": t("attach") });
    picker.addEventListener("change", () => {
      this.files = picker.files.length ? { kind, list: [...picker.files].slice(0, MOST_FILES) } : null;
      picker.remove();
      this.#show();
      this.input.focus();
    });
    picker.addEventListener("cancel", () => picker.remove());
    this.node.append(picker);
    picker.click();
  }
}
