// Text and its entities → nodes. Offsets count UTF-16 units, as JavaScript's strings do.
import { el } from "./dom.js";
import { t } from "./words.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** `act` has command(text) and link(url): what a tap on those does. */
export function rich(text, entities = [], act) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return pieces(text, 0, text.length, sorted, act);
}

function pieces(text, start, end, entities, act) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    const inner = [];
    while (index + 1 < entities.length && entities[index + 1].offset < to) inner.push(entities[(index += 1)]);
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    nodes.push(wrap(entity, text.slice(from, to), pieces(text, from, to, inner, act), act));
    at = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to; // a block ends its line by itself
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function wrap(entity, text, children, act) {
  switch (entity.type) {
    case "bold": case "italic": case "underline": case "strikethrough": case "code":
      return el(TAGS[entity.type], {}, children);
    case "pre":
      return el("pre", {}, el("code", {}, children));
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => act.command(text) }, children);
    case "url":
      return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children, act);
    case "text_link":
      return link(entity.url, children, act);
    case "email":
      return link(`mailto:${text}`, children, act);
    case "mention": case "hashtag": case "cashtag": case "phone_number": case "text_mention":
      return el("span", { class: "mention" }, children);
    default:
      return el("span", {}, children);
  }
}

/** A message may carry any URL; only those a browser should follow become links. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:", "tg:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function link(address, children, act) {
  const url = safeUrl(address);
  if (!url) return el("span", {}, children);
  const follow = (event) => {
    if (act.link(url)) event.preventDefault();
  };
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick: follow }, children);
}

function expandable(children) {
  const content = el("span", { class: "fold" }, children);
  const toggle = el("button", { type: "button", class: "unfold", "aria-expanded": "false" }, t("more"));
  toggle.addEventListener("click", () => {
    const open = content.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = t(open ? "less" : "more");
  });
  return el("blockquote", { class: "expandable" }, content, toggle);
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, children);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    hidden.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", reveal);
  return hidden;
}
