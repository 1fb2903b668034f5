// One message as one node, as the phone's owner sees it.
import { el, icon } from "./dom.js";
import { rich } from "./entities.js";
import { keyboard } from "./keyboards.js";
import { media, oneLine } from "./media.js";
import { time } from "./times.js";
import { t } from "./words.js";

/** The name above a bubble: an anonymous administrator speaks as the chat. */
export function sender(message, world) {
  if (message.sender_chat) return message.sender_chat.title;
  return message.from ? world.name(message.from.id) : "";
}

/** `view`: own, named (show the sender), world, and what taps do; see Phone.view. */
export function messageNode(message, view) {
  const words = service(message, view.world);
  if (words) return el("p", { class: "service", "data-message": message.message_id }, words);
  const classes = ["message", view.own ? "own" : "theirs", message.from_bot && "from-bot", message.sticker && "bare"];
  const bubble = el("div", { class: "bubble", onclick: (event) => menuUnlessControl(event, message, view) },
    view.named && el("p", { class: `sender hue-${Math.abs(message.from?.id * 47) % 6}` }, sender(message, view.world)),
    message.reply_to_message && quote(message.reply_to_message, view),
    body(message, view),
    el("p", { class: "stamp" }, message.edit_date && el("span", {}, t("edited")), el("time", {}, time(message.date))),
    actionsButton(message, view));
  return el("article", { class: classes.filter(Boolean).join(" "), "data-message": message.message_id },
    bubble,
    keyboard(message, view),
    message.reaction && el("span", { class: "reaction" }, message.reaction));
}

function body(message, view) {
  const text = message.text ?? message.caption;
  const attached = media(message);
  const content = text && el("div", { class: "text" }, rich(text, message.entities ?? message.caption_entities, view));
  return message.show_caption_above_media ? [content, attached] : [attached, content];
}

function quote(original, view) {
  const go = () => view.show(original.message_id);
  return el("button", { type: "button", class: "quote", onclick: go },
    el("b", {}, sender(original, view.world)), el("span", {}, oneLine(original)));
}

function actionsButton(message, view) {
  const open = (event) => view.menu(message, event.currentTarget);
  return el("button", { type: "button", class: "actions", "aria-label": t("message actions"), "aria-haspopup": "menu", onclick: open }, icon("down"));
}

function menuUnlessControl(event, message, view) {
  if (event.target.closest("a, button, video, audio, [role=button]")) return;
  if (!document.getSelection().isCollapsed) return; // somebody is marking words to copy
  view.menu(message, event.currentTarget.querySelector(".actions"));
}

/** The sentence of a service message, or null for an ordinary one. */
export function service(message, world) {
  const name = message.from ? world.name(message.from.id) : "";
  const names = (people) => people.map((person) => world.name(person.id)).join(", ");
  if (message.new_chat_members) return t("joined", { name: names(message.new_chat_members) });
  if (message.left_chat_member) return t("left", { name: names([message.left_chat_member]) });
  if (message.group_chat_created || message.supergroup_chat_created) return t("created", { name });
  if (message.new_chat_title) return t("renamed", { title: message.new_chat_title });
  if (message.pinned_message) return t("did pin", { name });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("migrated");
  return null;
}
