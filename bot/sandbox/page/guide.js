// The newcomer's way through one week: a sentence, four steps, and where to look. It follows the play and never blocks it.
import { el } from "./dom.js";
import { hasWritten, offers, openPrompt, openQuestion } from "./prompts.js";
import { day } from "./times.js";
import { t } from "./words.js";

const STEPS = ["report", "approve", "mark", "summary"];
// The verbs with which the bot's buttons for approving and marking begin.
const APPROVE = /^approve:/;
const MARK = /^mark:/;

export class Guide {
  constructor(world, phones, clock) {
    Object.assign(this, { world, phones, clock, did: new Set() });
    this.sentence = document.querySelector("[data-hint]");
    this.steps = document.querySelector("[data-steps]");
  }

  /** The play went on: `skipped` names where the clock went, if it did. */
  skipped(to) {
    if (to === "friday" || to === "summary") this.did.add(to);
    if (to === "summary") this.did.add("friday").add("marked").add("approved").add("reported");
  }

  draw() {
    if (!this.clock.state) {
      this.sentence.textContent = t("hint sandbox");
      return;
    }
    this.#remember();
    const at = this.#step();
    const hint = this.#hint(at);
    const count = this.phones.all.length;
    const number = t("numbers").split(" ")[count] ?? count;
    const words = t(`hint ${hint.key}`, { name: hint.phone?.spec.name.split(" ")[0] ?? t("role atasan").toLowerCase() });
    const sentence = at === 0 && hint.phone ? `${t("hint day", { count: number })} ${words}` : words;
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    this.#drawSteps(at);
    this.clock.point(hint.skip ?? null);
    this.phones.point(hint.phone, hint.at);
  }

  #drawSteps(at) {
    this.steps.hidden = false;
    this.steps.replaceChildren(...STEPS.map((name, index) => el("li", { class: index < at ? "done" : null, "aria-current": index === at && "step" }, t(`step ${name}`))));
  }

  #remember() {
    const today = day(this.world.now);
    const reported = ({ phone, messages }) => messages.some((message) => hasWritten(message, phone.id) && day(message.date) === today);
    if (this.#role("pegawai").some(reported)) this.did.add("reported");
    if (this.#approval()) this.waited = true;
    else if (this.waited) this.did.add("approved");
    if (this.#marking()) this.asked = true;
    else if (this.asked) this.did.add("marked");
  }

  #step() {
    const undone = ["reported", "approved", "marked", "summary"].findIndex((name) => !this.did.has(name));
    return undone === -1 ? STEPS.length : undone;
  }

  #hint(step) {
    if (step === 0) return this.#reporting();
    const supervisor = this.#role("atasan")[0]?.phone;
    if (step === 1) return this.#approving(supervisor);
    if (step === 2) return this.#marking() ? { key: "mark", phone: supervisor, at: "keys" } : { key: "friday", skip: "friday" };
    if (step === 3) return { key: "summary", skip: "summary" };
    return { key: "done", phone: this.#role("pegawai")[0]?.phone };
  }

  #reporting() {
    const employees = this.#role("pegawai");
    const silent = employees.find(({ messages }) => !messages.length);
    if (silent) return { key: "start", phone: silent.phone, at: "input" };
    const asked = employees.find(({ messages }) => openPrompt(messages));
    if (asked) return { key: "answer", phone: asked.phone, at: "input" };
    const choosing = employees.find(({ messages }) => openQuestion(messages));
    if (choosing) return { key: "focus", phone: choosing.phone, at: "keys", skip: "afternoon" };
    return { key: "afternoon", skip: "afternoon" };
  }

  #approving(supervisor) {
    if (this.#approval()) return { key: "approve", phone: supervisor, at: "keys" };
    const asked = this.#role("pegawai").find(({ messages }) => openQuestion(messages));
    return asked ? { key: "choose", phone: asked.phone, at: "keys" } : { key: "wait", phone: supervisor, skip: "next" };
  }

  #approval() {
    return this.#role("atasan").some(({ messages }) => offers(messages, APPROVE));
  }

  #marking() {
    return this.did.has("friday") && this.#role("atasan").some(({ messages }) => offers(messages, MARK));
  }

  #role(name) {
    return this.phones.all.filter((phone) => phone.spec.role === name).map((phone) => ({ phone, messages: this.world.messages(phone.id) }));
  }
}
