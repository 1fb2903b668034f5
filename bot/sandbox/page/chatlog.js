// The scrolling conversation of one phone.
import { arrange, el, glideTo, icon } from "./dom.js";
import { messageNode, service } from "./messages.js";
import { day, dayName } from "./times.js";
import { t } from "./words.js";

const NEAR_END = 60; // CSS pixels from the end that still count as reading the newest
const TYPING_MS = 5000; // as long as Telegram's clients show one sendChatAction
const RUN_SECONDS = 300; // messages of one sender this close together stand as one group

export class ChatLog {
  /** `viewOf(message)` answers what messageNode needs. */
  constructor(world, name, viewOf) {
    Object.assign(this, { world, viewOf, shown: new Map(), parts: new Map(), stuck: true, top: 0, first: true });
    this.typing = el("div", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.list = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": t("messages of", { name }) });
    this.jump = el("button", { type: "button", class: "round jump", hidden: true, "aria-label": t("latest"), onclick: () => this.toEnd() }, icon("down"));
    this.node = el("div", { class: "conversation" }, this.list, this.jump);
    this.list.addEventListener("scroll", () => this.#noticeScroll());
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
  }

  update(messages, ownNews) {
    const wanted = this.#sequence(messages);
    if (!messages.length) wanted.push(this.#part("empty", () => el("p", { class: "service" }, t("empty"))));
    if (this.typingTimer) wanted.push(this.typing);
    arrange(this.list, wanted);
    if (this.stuck || ownNews || this.first) this.toEnd();
    this.first = false;
  }

  nodeOf(id) {
    return this.shown.get(id)?.node;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.stuck = true;
    this.jump.hidden = true;
  }

  show(id) {
    const node = this.nodeOf(id);
    if (!node?.isConnected) return;
    glideTo(node, { block: "center" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  setTyping(on, redraw) {
    this.stopTyping();
    this.typingTimer = on ? setTimeout(() => this.setTyping(false, redraw), TYPING_MS) : null;
    redraw();
  }

  stopTyping() {
    clearTimeout(this.typingTimer);
    this.typingTimer = null;
  }

  // Day separators, albums and messages, in the order shown.
  #sequence(messages) {
    const wanted = [];
    const albums = new Map();
    let before = null;
    for (const message of messages) {
      const today = day(message.date);
      if (!before || day(before.date) !== today) wanted.push(this.#separator(today, message.date));
      const node = this.#draw(message, before);
      const album = message.media_group_id && `album ${message.media_group_id}`;
      if (!album) wanted.push(node);
      else if (albums.has(album)) albums.get(album).push(node);
      else {
        albums.set(album, [node]);
        wanted.push(this.#part(album, () => el("div", { class: `album ${this.viewOf(message).own ? "own" : "theirs"}` })));
      }
      before = message;
    }
    for (const [album, nodes] of albums) arrange(this.parts.get(album), nodes);
    return wanted;
  }

  #draw(message, before) {
    const follows = continues(message, before, this.world);
    const view = this.viewOf(message);
    view.named = view.named && !follows;
    const key = `${view.own} ${view.named} ${follows}`;
    const known = this.shown.get(message.message_id);
    if (known?.message === message && known.key === key) return known.node;
    const node = messageNode(message, view);
    if (follows) node.classList.add("follows");
    if (!this.first && known?.message !== message) node.classList.add(known ? "changed" : "enter");
    if (known?.node.contains(document.activeElement)) keepFocus(known.node, node);
    this.shown.set(message.message_id, { message, key, node });
    return node;
  }

  #separator(key, date) {
    const words = dayName(date, this.world.now);
    return this.#part(`day ${key} ${words}`, () => el("p", { class: "service day" }, words));
  }

  #part(key, make) {
    if (!this.parts.has(key)) this.parts.set(key, make());
    return this.parts.get(key);
  }

  #noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.stuck = true;
    else if (scrollTop < this.top) this.stuck = false; // only going up leaves the end: growing bubbles and inputs do not
    this.top = scrollTop;
    this.jump.hidden = this.stuck;
  }
}

function continues(message, before, world) {
  if (!before || service(before, world) || before.reply_markup?.inline_keyboard?.length) return false;
  return before.from?.id === message.from?.id && message.date - before.date < RUN_SECONDS && day(before.date) === day(message.date);
}

// An edit replaces the node; who stood on one of its buttons stays on that button, or on the one now in its place.
function keepFocus(before, after) {
  const keys = (node) => [...node.querySelectorAll(".key")];
  const held = document.activeElement;
  const place = keys(before).indexOf(held);
  const next = keys(after).find((key) => key.dataset.callback && key.dataset.callback === held.dataset.callback) ?? keys(after)[place];
  requestAnimationFrame(() => (next ?? after.closest(".log"))?.focus({ preventScroll: true }));
}
