// The page: reads the sandbox's state, follows its events, and puts the phones on the screen.
import * as api from "./api.js";
import { Clock } from "./clock.js";
import { el } from "./dom.js";
import { Guide } from "./guide.js";
import { casting, deepLink, phoneOptions, tools } from "./people.js";
import { Phones } from "./phones.js";
import { language, setLanguage, t } from "./words.js";
import { World } from "./world.js";

const find = (selector) => document.querySelector(selector);

class Page {
  constructor() {
    this.world = new World();
    this.waiting = []; // events that came before the state they belong to
    this.ready = false;
    this.cast = null;
    this.phones = new Phones(find("[data-phones]"), find("[data-tabs]"), this.world, {
      deepLink: (url, phone) => deepLink(this, url, phone),
      options: (phone) => phoneOptions(this, phone),
    });
    this.clock = new Clock(find("[data-clock]"), this.world, (to) => this.#skipped(to));
    this.guide = new Guide(this.world, this.phones, this.clock);
  }

  run() {
    setLanguage(language());
    api.listen({ onOpen: () => this.#load(), onEvent: (event) => this.#take(event), onLost: () => this.#lost() });
  }

  // At every connection: events of the time without one are in the state.
  async #load() {
    try {
      this.ready = false;
      this.cast = await api.cast();
      await this.clock.refresh();
      this.world.load(await api.state());
      find("[data-offline]").hidden = true;
      this.#showAll();
      this.ready = true;
      for (const event of this.waiting.splice(0)) this.#take(event);
      document.body.dataset.ready = "";
    } catch (error) {
      this.#lost();
      setTimeout(() => this.#load(), 2000);
    }
  }

  #lost() {
    find("[data-offline]").textContent = t("offline");
    find("[data-offline]").hidden = false;
  }

  #showAll() {
    const { first, more } = casting(this.world, this.cast);
    this.known = [...first, ...more];
    if (this.cast && this.shown) this.shown = new Set([...this.shown].map((id) => this.world.successor(id)));
    else this.shown = new Set(first.map(({ id }) => id));
    this.#arrange();
    this.phones.update();
    this.guide.draw();
  }

  #arrange() {
    this.phones.show(this.known.filter(({ id }) => this.shown.has(id)));
    find("[data-tools]").replaceChildren(...tools(this), this.#languageSwitch());
    this.guide.draw();
  }

  #languageSwitch() {
    const other = language() === "id" ? "en" : "id";
    return el("button", { type: "button", class: "tool", "data-language": other, title: t("switch"), onclick: () => this.#speak(other) }, other.toUpperCase());
  }

  #speak(code) {
    setLanguage(code);
    this.phones.redraw();
    this.#arrange();
    this.clock.draw();
    this.clock.refresh();
  }

  closed() {
    return this.known.filter(({ id }) => !this.shown.has(id));
  }

  open({ id }) {
    this.shown.add(id);
    this.#arrange();
    this.phones.reveal(id);
  }

  close({ id }) {
    this.shown.delete(id);
    this.#arrange();
  }

  async attempt(promise) {
    try {
      await promise;
    } catch (error) {
      find("[data-hint]").textContent = error.message;
    }
  }

  #skipped(to) {
    this.guide.skipped(to);
    this.phones.update();
    this.guide.draw();
  }

  #take(event) {
    if (!this.ready) {
      this.waiting.push(event);
      return;
    }
    const isNew = event.type === "message" && !this.world.chat(event.chat).messages.has(event.message.message_id);
    const touched = this.world.apply(event);
    if (event.type === "toast") this.phones.answerTap(event);
    else if (event.type === "typing") this.phones.get(event.chat)?.typing();
    else if (event.type === "clock") this.clock.move(event.now);
    else if (event.type === "person" || event.type === "chat") this.#showAll();
    else if (touched !== null) this.phones.get(touched)?.update(isNew ? event.message : null);
    if (isNew) this.phones.arrived(event.chat, event.message);
    this.guide.draw();
  }
}

new Page().run();
