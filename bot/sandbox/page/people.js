// Who is in the play, which phones stand on the page, and what people do outside a conversation.
import * as api from "./api.js";
import { ask, openMenu } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { t } from "./words.js";

/** A cast entry, or a bare person or chat of the sandbox → what a Phone needs. */
function spec(world, { person = null, chat = null, name, role_id: role, ...rest }) {
  const id = person ?? world.successor(chat);
  return { ...rest, id, person, role, name: name ?? world.name(id) };
}

/** The phones to show at first, and those on demand. Without a cast everybody is shown. */
export function casting(world, cast) {
  if (cast) return { first: cast.phones.map((one) => spec(world, one)), more: (cast.more ?? []).map((one) => spec(world, one)) };
  const people = [...world.people.keys()].map((person) => spec(world, { person }));
  const groups = [...world.chats.values()].filter((chat) => chat.type !== "private" && !chat.migrated_to).map(({ id }) => spec(world, { chat: id }));
  return { first: [...people, ...groups], more: [] };
}

/** The buttons that bring more phones: from the cast, or new people and groups in a bare sandbox. */
export function tools(page) {
  const button = (label, run, data = {}) => el("button", { type: "button", class: "tool", "aria-label": label, onclick: run, ...data }, icon("plus"), el("span", {}, label));
  if (!page.cast) {
    return [button(t("new person"), () => addPerson(page), { "data-new-person": "" }), button(t("new group"), () => addGroup(page), { "data-new-group": "" })];
  }
  const closed = page.closed();
  if (!closed.length) return [];
  const items = closed.map((one) => ({ label: one.name, note: [one.position, one.unit].filter(Boolean).join(" · "), data: { "data-open": one.id }, run: () => page.open(one) }));
  return [button(t("other phones"), (event) => openMenu(event.currentTarget, items, t("other phones")), { "data-more": "" })];
}

async function addPerson(page) {
  const filled = await ask(t("add person"), [{ name: "first_name", label: t("first name") }], t("add"));
  if (filled) await page.attempt(api.act("new", filled));
}

async function addGroup(page) {
  const options = [...page.world.people.values()].map((person) => [person.id, person.first_name]);
  const filled = await ask(t("add group"), [{ name: "title", label: t("title") }, { name: "creator", label: t("creator"), options }], t("add"));
  if (filled) await page.attempt(api.act("group", { title: filled.title, creator: Number(filled.creator) }));
}

/** The entries of a phone's own menu. */
export function phoneOptions(page, phone) {
  const act = (label, name, body) => ({ label, run: () => phone.attempt(api.act(name, body)) });
  const acts = phone.private ? personActs(page, phone, act) : groupActs(page.world, phone, act);
  return [...acts, page.cast && { label: t("hide phone"), run: () => page.close(phone) }];
}

function personActs(page, phone, act) {
  const blocked = page.world.people.get(phone.id)?.blocked;
  return [blocked ? act(t("unblock"), "unblock", { person: phone.id }) : act(t("block"), "block", { person: phone.id })];
}

function groupActs(world, phone, act) {
  const { id: chat, chat: state, speaker: person } = phone;
  const members = new Set(state.members);
  const outside = [...world.people.values()].filter(({ id }) => !members.has(id));
  const name = person && world.name(person);
  return [
    members.has(world.bot.id) ? act(t("remove bot"), "remove_bot", { person, chat }) : act(t("add bot"), "add_bot", { person, chat }),
    ...outside.map(({ id, first_name: label }) => act(t("join", { name: label }), "join", { person: id, chat })),
    person && act(t("leave", { name }), "leave", { person, chat }),
    person && !state.admins.includes(person) && act(t("promote", { name }), "promote", { person, chat }),
    state.type === "group" && act(t("migrate"), "migrate", { chat }),
  ];
}

/** Follows a link to our own bot as Telegram's clients do. Answers whether it did. */
export function deepLink(page, url, phone) {
  const { world } = page;
  if (url.hostname !== "t.me" || url.pathname.slice(1).toLowerCase() !== world.bot.username?.toLowerCase()) return false;
  const start = url.searchParams.get("start");
  const group = url.searchParams.get("startgroup");
  if (group !== null) chooseGroup(world, phone, group);
  else phone.send(start ? `/start ${start}` : "/start");
  return true;
}

async function chooseGroup(world, phone, startgroup) {
  const mine = [...world.chats.values()].filter((chat) => chat.type !== "private" && !chat.migrated_to && chat.members.includes(phone.speaker));
  if (!mine.length) return;
  const filled = await ask(t("which group"), [{ name: "chat", label: t("title"), options: mine.map(({ id, title }) => [id, title]) }], t("add"));
  if (filled) await phone.attempt(api.act("add_bot", { person: phone.speaker, chat: Number(filled.chat), startgroup }));
}
