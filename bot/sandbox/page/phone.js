// One phone: whose it is, the conversation, and everything its owner can do.
import * as api from "./api.js";
import { ChatLog } from "./chatlog.js";
import { Composer } from "./composer.js";
import { openMenu } from "./dialogs.js";
import { copy, el, icon } from "./dom.js";
import { drawFoot } from "./foot.js";
import { frame, subtitle } from "./frame.js";
import { oneLine } from "./media.js";
import { service } from "./messages.js";
import { alertBox, toast } from "./toasts.js";
import { t } from "./words.js";

const TAP_PATIENCE_MS = 15000; // a button stops spinning by itself when no answer comes

export class Phone {
  /** `spec`: {id, person, name, position, unit, role, suggestions}, a group's person is null. `hooks`: deepLink, options. */
  constructor(spec, world, hooks) {
    Object.assign(this, { spec, world, hooks, id: spec.id, unread: 0, loud: false, attended: false, taps: new Map(), forced: null });
    this.speaker = spec.person ?? world.members(spec.id)[0] ?? null;
    this.log = new ChatLog(world, spec.name, (message) => this.#view(message));
    this.composer = new Composer(this, this.#voice());
    Object.assign(this, frame(this)); // node, device, under, badge, pinned, foot
  }

  get chat() {
    return this.world.chat(this.id);
  }

  get private() {
    return this.spec.person !== null;
  }

  /** Draws what has changed; `news` is a message that has just arrived, if one has. */
  update(news = null) {
    const messages = this.world.messages(this.id);
    const pinned = this.chat.messages.get(this.chat.pinned);
    if (news?.from_bot) this.log.stopTyping();
    if (!this.private && !this.world.members(this.id).includes(this.speaker)) this.speakAs(this.world.members(this.id)[0] ?? null);
    this.under.textContent = subtitle(this);
    this.pinned.hidden = !pinned;
    if (pinned) this.pinned.replaceChildren(icon("pin"), el("span", {}, el("b", {}, t("pinned")), oneLine(pinned)));
    drawFoot(this.foot, this, messages);
    this.log.update(messages, news !== null && this.isOwn(news));
    this.#heedForcedReply(messages.at(-1));
  }

  speakAs(id) {
    if (id === this.speaker) return;
    this.speaker = id;
    this.composer.rename(this.#voice());
    this.update();
  }

  #voice() {
    return (this.speaker ? this.world.name(this.speaker) : this.spec.name).split(" ")[0];
  }

  #heedForcedReply(last) {
    if (!last?.reply_markup?.force_reply || this.forced === last.message_id) return;
    if (last.reply_markup.selective && !this.private && last.reply_to_message?.from?.id !== this.speaker) return;
    this.forced = last.message_id;
    this.composer.reply(last, { focus: this.attended, placeholder: last.reply_markup.input_field_placeholder });
  }

  isOwn(message) {
    return (message.by ?? message.from?.id) === this.speaker; // an anonymous admin's message says who wrote it in `by`
  }

  #view(message) {
    const own = this.isOwn(message);
    return {
      own,
      named: !own && !this.private,
      world: this.world,
      isPending: (of, data) => this.taps.has(`${of.message_id} ${data}`),
      tap: (of, data) => this.#tap(of.message_id, data),
      copyText: (text) => this.#copy(text),
      link: (url) => this.hooks.deepLink(url, this),
      command: (text) => this.command(text),
      show: (id) => this.log.show(id),
      menu: (of, anchor) => this.#openMenu(of, anchor),
    };
  }

  #openMenu(message, anchor) {
    const text = message.text ?? message.caption;
    openMenu(anchor, [
      { label: t("reply"), icon: "reply", run: () => this.composer.reply(message) },
      this.isOwn(message) && text && { label: t("edit"), icon: "edit", run: () => this.composer.edit(message) },
      text && { label: t("copy"), icon: "copy", run: () => this.#copy(text) },
    ], t("message actions"));
  }

  async #copy(text) {
    await copy(text);
    this.toast(t("copied"));
  }

  async #tap(id, data) {
    const key = `${id} ${data}`;
    if (this.taps.has(key)) return;
    this.taps.set(key, setTimeout(() => this.#settle(key), TAP_PATIENCE_MS));
    this.#spin(id, data, true);
    const agreed = await this.#act("tap", { message_id: id, data });
    if (!agreed) this.#settle(key);
  }

  #settle(key) {
    clearTimeout(this.taps.get(key));
    this.taps.delete(key);
    const [, id, data] = key.match(/^(\d+) (.*)$/s);
    this.#spin(Number(id), data, false);
  }

  #spin(id, data, on) {
    for (const button of this.log.nodeOf(id)?.querySelectorAll("[data-callback]") ?? []) {
      if (button.dataset.callback === data) button.ariaBusy = on ? "true" : null;
    }
  }

  /** The bot answered the oldest tap that waits here. */
  answerTap({ text, alert }) {
    const [key] = this.taps.keys();
    if (key) this.#settle(key);
    if (!text) return;
    if (alert) alertBox(this.device, text);
    else this.toast(text);
  }

  toast(text, options) {
    toast(this.device, text, options);
  }

  /** True when the server agreed; a refusal is shown on this phone. */
  async attempt(promise) {
    try {
      await promise;
      return true;
    } catch (error) {
      this.toast(error.message, { error: true });
      return false;
    }
  }

  #act(name, body) {
    return this.attempt(api.act(name, { person: this.speaker, chat: this.id, ...body }));
  }

  send(text, replyTo) {
    return this.#act("send", { text, ...(replyTo && { reply_to: replyTo.message_id }) });
  }

  edit(message, text) {
    return this.#act("edit", { message_id: message.message_id, text });
  }

  attach(kind, files, caption) {
    return this.attempt(api.attach(this.speaker, this.id, kind, files, caption));
  }

  /** In a group a command names the bot it is meant for. */
  command(text) {
    return this.send(this.private || text.includes("@") ? text : `${text}@${this.world.bot.username}`);
  }

  commands() {
    return this.chat.commands ?? [];
  }

  typing() {
    this.log.setTyping(true, () => this.update());
  }

  /** Counts a message nobody has looked at yet; a phone in use has none. */
  arrived(message) {
    if (this.attended || this.isOwn(message) || service(message, this.world)) return;
    this.unread += 1;
    this.loud ||= !message.silent; // sent without sound: counted, but the phone does not call
    this.#showUnread();
  }

  attend(on) {
    this.attended = on;
    if (!on || !this.unread) return;
    this.unread = 0;
    this.loud = false;
    this.#showUnread();
  }

  #showUnread() {
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = String(this.unread);
    this.badge.setAttribute("aria-label", t("unread", { count: this.unread }));
    this.node.classList.toggle("news", this.unread > 0 && this.loud);
  }
}
