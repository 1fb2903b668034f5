// What opens over the page: menus, the enlarged photo, small forms.
import { el, icon } from "./dom.js";
import { t } from "./words.js";

let closeOpen = null;

/** A menu at `anchor`; items are {label, note?, icon?, run} and false ones are left out. */
export function openMenu(anchor, items, title = null) {
  closeOpen?.();
  const entries = items.filter(Boolean).map((item) => entry(item));
  const menu = el("div", { class: "menu", role: "menu", "aria-label": title }, title && el("p", { class: "menu-title" }, title), entries);
  const close = (refocus) => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    closeOpen = null;
    if (refocus) anchor.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target)) close(false);
  };
  menu.addEventListener("keydown", (event) => steer(event, entries, close));
  menu.addEventListener("click", () => close(true), true);
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  document.body.append(menu);
  place(menu, anchor);
  entries[0]?.focus();
  closeOpen = close;
}

function entry(item) {
  return el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: item.run, ...item.data },
    item.icon && icon(item.icon), el("span", {}, item.label, item.note && el("small", {}, item.note)));
}

function steer(event, entries, close) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close(true);
  } else if (step) {
    event.preventDefault();
    const at = entries.indexOf(document.activeElement);
    entries[(at + step + entries.length) % entries.length].focus();
  }
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = box.bottom + 6 + height <= window.innerHeight;
  const left = Math.min(Math.max(8, box.left), window.innerWidth - width - 8);
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - height - 6)}px`;
}

export function enlarge(source, alternative) {
  const dialog = el("dialog", { class: "lightbox", "aria-label": alternative, onclick: () => dialog.close() },
    el("img", { src: source, alt: alternative }),
    el("button", { type: "button", class: "round", "aria-label": t("close") }, icon("close")));
  show(dialog);
}

/** Asks for the fields [{name, label, options?: [[value, label]…]}]; answers an object, or null when given up. */
export function ask(title, fields, confirm) {
  return new Promise((resolve) => {
    const form = el("form", { method: "dialog" },
      el("h2", {}, title),
      fields.map((field) => el("label", {}, field.label, field.options ? choice(field) : el("input", { name: field.name, required: true, maxlength: "60", autocomplete: "off" }))),
      el("p", { class: "form-actions" },
        el("button", { type: "button", onclick: () => dialog.close() }, t("cancel")),
        el("button", { class: "primary", value: "done" }, confirm)));
    const dialog = el("dialog", { class: "form", "aria-label": title }, form);
    dialog.addEventListener("close", () => resolve(dialog.returnValue ? Object.fromEntries(new FormData(form)) : null));
    show(dialog);
  });
}

function choice(field) {
  return el("select", { name: field.name }, field.options.map(([value, label]) => el("option", { value }, label)));
}

function show(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
