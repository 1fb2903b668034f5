// A phone's nodes around the conversation.
import { openMenu } from "./dialogs.js";
import { avatar, el, icon } from "./dom.js";
import { t } from "./words.js";

export function frame(phone) {
  const { spec } = phone;
  const badge = el("span", { class: "badge", hidden: true });
  const under = el("p", { class: "under" });
  const pinned = el("button", { type: "button", class: "pinned", hidden: true, onclick: () => phone.log.show(phone.chat.pinned) });
  const foot = el("footer", { class: "foot" });
  const options = (event) => openMenu(event.currentTarget, phone.hooks.options(phone), t("phone actions"));
  const head = el("header", { class: "head" },
    avatar(spec.name, spec.id, spec.person ? "" : "group"),
    el("div", { class: "who" }, el("h2", {}, spec.name), under),
    badge,
    el("button", { type: "button", class: "round", "aria-label": t("phone actions"), "aria-haspopup": "menu", onclick: options }, icon("more")));
  const toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
  const device = el("div", { class: "device" }, head, pinned, toasts, phone.log.node, foot);
  const node = el("section", { class: "phone", "data-phone": spec.id, "data-role": spec.role, "aria-label": t("phone of", { name: spec.name }) }, role(spec), device);
  return { node, device, under, badge, pinned, foot };
}

// One line that says what this phone is for: together the lines explain the product.
function role({ role: id }) {
  return id && el("p", { class: "role" }, el("b", {}, t(`role ${id}`)), " ", el("span", {}, t(`does ${id}`)));
}

/** Under the name: the post and unit, the username, or how many are in the group. */
export function subtitle(phone) {
  const { spec, world } = phone;
  if (!phone.private) return t("members", { count: phone.chat.members.length });
  const post = [spec.position, spec.unit].filter(Boolean).join(" · ");
  const username = world.people.get(phone.id)?.username;
  return post || (username ? `@${username}` : `id ${phone.id}`);
}
