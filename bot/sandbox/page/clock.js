// The clock bar: what time it is in the office, what happens next, and skipping there.
import * as api from "./api.js";
import { openMenu } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { date, day, shortDate, time, useZone, weekday } from "./times.js";
import { t } from "./words.js";

const DESTINATIONS = ["next", "morning", "afternoon", "workday", "friday", "summary"];
const REFRESH_MS = 20000;

export class Clock {
  /** Moves `world.now`. `onSkipped(to)` runs after the sweeps have run. */
  constructor(bar, world, onSkipped) {
    Object.assign(this, { bar, world, onSkipped, state: null, busy: false });
    setInterval(() => document.hidden || this.busy || this.refresh().catch(() => null), REFRESH_MS);
  }

  /** Reads the clock; stays hidden where the server has none. */
  async refresh() {
    if (this.absent) return;
    const state = await api.clock();
    this.absent = state === null;
    if (state) this.show(state);
  }

  show(state) {
    const changed = JSON.stringify(state) !== JSON.stringify(this.state);
    this.state = state;
    this.world.now = new Date(state.now);
    useZone(state.zone);
    if (changed) this.draw();
  }

  move(now) {
    if (this.state) this.show({ ...this.state, now });
  }

  draw() {
    if (!this.state) return;
    const { now, next } = this.state;
    const busy = this.busy;
    this.bar.hidden = false;
    this.bar.setAttribute("aria-busy", String(busy));
    this.bar.setAttribute("aria-label", t("now"));
    const focused = document.activeElement?.dataset?.skip;
    this.bar.replaceChildren(
      el("p", { class: "now" }, el("b", { "data-now": now }, time(now)), el("span", {}, el("i", {}, weekday(now)), el("span", { class: "long" }, date(now)), el("span", { class: "short" }, shortDate(now)))),
      el("p", { class: "coming", role: "status" }, busy ? el("span", {}, t("skipping")) : this.#coming(now, next)),
      el("div", { class: "skips", role: "group", "aria-label": t("skip to") }, DESTINATIONS.map((to) => this.#button(to))),
      el("button", { type: "button", class: "skip-menu", "data-skip-menu": "", disabled: busy, "aria-haspopup": "menu", onclick: (event) => this.#openMenu(event.currentTarget) }, icon("next"), t("skip")),
      el("span", { class: "progress", "aria-hidden": "true" }));
    if (focused) this.bar.querySelector(`[data-skip="${focused}"]`)?.focus();
    this.#point();
  }

  #coming(now, next) {
    if (!next) return el("span", {}, t("nothing next"));
    const when = day(next.at) === day(now) ? time(next.at) : `${shortDate(next.at)} ${time(next.at)}`;
    return [el("i", {}, t("next")), " ", el("b", {}, when), " ", el("span", { title: next.what }, next.what)];
  }

  #button(to) {
    const unreachable = to === "next" && !this.state.next;
    return el("button", { type: "button", "data-skip": to, disabled: this.busy || unreachable, onclick: () => this.skip(to) }, to === "next" && icon("next"), t(`to ${to}`));
  }

  #openMenu(anchor) {
    const item = (to) => ({ label: t(`to ${to}`), note: to === "next" ? this.state.next?.what : null, data: { "data-skip": to }, run: () => this.skip(to) });
    openMenu(anchor, DESTINATIONS.map(item), t("skip to"));
  }

  async skip(to) {
    if (this.busy) return;
    this.#setBusy(true);
    this.error = null;
    try {
      this.show(await api.skip(to));
      this.onSkipped(to);
    } catch (error) {
      this.error = error.message;
    }
    this.#setBusy(false);
    if (this.error) this.bar.querySelector(".coming").replaceChildren(el("span", { class: "failed" }, this.error));
  }

  #setBusy(on) {
    this.busy = on;
    this.draw();
  }

  /** The button the guide recommends, or null for none. */
  point(to) {
    this.recommended = to;
    this.#point();
  }

  #point() {
    for (const button of this.bar.querySelectorAll("[data-skip]")) button.classList.toggle("hinted", button.dataset.skip === this.recommended);
    this.bar.querySelector("[data-skip-menu]")?.classList.toggle("hinted", Boolean(this.recommended));
  }
}
