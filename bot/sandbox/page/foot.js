// Under the conversation: what stands around, or instead of, the composer.
import * as api from "./api.js";
import { el } from "./dom.js";
import { openPrompt } from "./prompts.js";
import { t } from "./words.js";

const MOST_EXAMPLES = 3;

/** Draws the foot of `phone` into `foot`, leaving the composer (and what is being typed) where it is. */
export function drawFoot(foot, phone, messages) {
  const closed = phone.private && gate(phone, messages);
  if (closed) {
    foot.replaceChildren(closed);
    return;
  }
  const { node } = phone.composer;
  if (node.parentNode !== foot) foot.replaceChildren(node);
  phone.composer.refresh();
  const extra = phone.private ? examples(phone, messages) : speakers(phone);
  const before = foot.firstElementChild === node ? null : foot.firstElementChild;
  if (before && extra && before.textContent === extra.textContent && before.className === "examples") return;
  before?.remove();
  if (extra) foot.prepend(extra);
}

// A person who has not started the bot, or has blocked it, cannot write.
function gate(phone, messages) {
  const wide = (label, run) => el("button", { type: "button", class: "wide", "data-start": "", onclick: run }, label);
  if (phone.world.people.get(phone.id)?.blocked) {
    return wide(t("blocked"), () => phone.attempt(api.act("unblock", { person: phone.id })));
  }
  return messages.length ? null : wide(t("start"), () => phone.send("/start"));
}

function examples(phone, messages) {
  const texts = phone.spec.suggestions ?? [];
  if (!texts.length || !openPrompt(messages)) return null;
  const chip = (text) => el("button", { type: "button", "data-suggestion": "", onclick: () => phone.composer.say(text) }, text);
  return el("div", { class: "examples" }, el("p", {}, t("examples")), texts.slice(0, MOST_EXAMPLES).map(chip));
}

function speakers(phone) {
  const chip = (id) => el("button", { type: "button", "data-speaker": id, "aria-pressed": String(id === phone.speaker), onclick: () => phone.speakAs(id) }, phone.world.name(id));
  return el("div", { class: "speakers", role: "group", "aria-label": t("speak as") }, phone.world.members(phone.id).map(chip));
}
