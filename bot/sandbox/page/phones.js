// The row of phones, their tabs on a narrow screen, and which one is being looked at.
import { arrange, avatar, el, glideTo } from "./dom.js";
import { Phone } from "./phone.js";
import { t } from "./words.js";

export class Phones {
  constructor(row, tabs, world, hooks) {
    Object.assign(this, { row, tabs, world, hooks, all: [], current: null });
    this.observer = new IntersectionObserver((entries) => this.#seen(entries), { root: row, threshold: 0.6 });
    document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.#attend(event.target));
    document.addEventListener("pointerdown", (event) => this.#attend(event.target));
    document.addEventListener("focusin", (event) => this.#attend(event.target));
  }

  /** Shows these phones, in this order; those already there keep their state. */
  show(specs) {
    const same = (spec) => this.all.find((phone) => phone.id === spec.id && phone.spec.name === spec.name);
    this.all = specs.map((spec) => same(spec) ?? this.#open(spec));
    arrange(this.row, this.all.map((phone) => phone.node));
    this.row.dataset.count = this.all.length;
    this.#drawTabs();
    if (!this.all.includes(this.current)) this.#select(this.all[0]);
  }

  /** Draws every phone anew, in another language. */
  redraw() {
    const specs = this.all.map((phone) => phone.spec);
    this.all = [];
    this.current = null;
    this.show(specs);
  }

  get(id) {
    return this.all.find((phone) => phone.id === id);
  }

  update() {
    for (const phone of this.all) phone.update();
  }

  /** A toast belongs to the phone on which its person tapped. */
  answerTap(event) {
    const phone = this.all.find((one) => one.speaker === event.person && one.taps.size) ?? this.get(event.person);
    phone?.answerTap(event);
  }

  arrived(id, message) {
    const phone = this.get(id);
    if (!phone) return;
    phone.arrived(message);
    this.#drawTabs();
  }

  reveal(id) {
    glideTo(this.get(id)?.node, { inline: "start", block: "nearest" });
  }

  /** Marks what the guide speaks of: "input" or "keys" of one phone, or nothing. */
  point(target, at) {
    for (const phone of this.all) {
      const here = phone === target && at;
      if (here) phone.node.dataset.hinted = at;
      else delete phone.node.dataset.hinted;
      this.tabs.querySelector(`[data-tab="${phone.id}"]`).classList.toggle("hinted", Boolean(here));
    }
  }

  #open(spec) {
    const phone = new Phone(spec, this.world, this.hooks);
    this.observer.observe(phone.node);
    phone.update();
    return phone;
  }

  get #narrow() {
    return getComputedStyle(this.tabs).display !== "none";
  }

  // Looking means pointing at, or typing in; on a narrow screen, having it in front.
  #attend(target) {
    if (this.#narrow || !(target instanceof Element)) return;
    const id = Number(target.closest("[data-phone]")?.dataset.phone);
    if (id && this.get(id)) this.#select(this.get(id));
  }

  #seen(entries) {
    if (!this.#narrow) return;
    const front = entries.find((entry) => entry.isIntersecting);
    if (front) this.#select(this.get(Number(front.target.dataset.phone)));
  }

  #select(phone) {
    if (phone === this.current && !phone?.unread) return;
    this.current = phone;
    for (const one of this.all) one.attend(one === phone);
    this.#drawTabs();
  }

  #drawTabs() {
    if (this.tabs.children.length !== this.all.length || this.all.some((phone, at) => this.tabs.children[at].dataset.tab !== String(phone.id))) {
      this.tabs.replaceChildren(...this.all.map((phone) => this.#tab(phone)));
    }
    this.all.forEach((phone, at) => {
      const tab = this.tabs.children[at];
      tab.setAttribute("aria-current", String(phone === this.current));
      tab.querySelector(".badge").textContent = String(phone.unread || "");
      tab.querySelector(".badge").hidden = !phone.unread;
    });
  }

  #tab(phone) {
    const { id, name, person, role } = phone.spec;
    const label = role === "grup" ? t("role grup") : name.split(" ")[0];
    return el("button", { type: "button", "data-tab": id, onclick: () => this.reveal(id) },
      avatar(name, id, person ? "" : "group"), el("span", {}, label), el("span", { class: "badge", hidden: true }));
  }
}
