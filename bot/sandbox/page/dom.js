// Building and updating nodes. Text always enters as text nodes: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes named on… are listeners, false and null leave an attribute or a child out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Makes `wanted` the children of `parent`, moving only what differs: focus, scroll and animations stay. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

/** A round picture of initials, in a colour that stays with the id. */
export function avatar(name, id, kind = "") {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("");
  const hue = Math.abs(Number(id) * 47) % 6;
  return el("span", { class: `avatar hue-${hue} ${kind}`, "aria-hidden": "true" }, initials.toUpperCase());
}

/** Scrolls a node into view, gliding unless the person asked for less motion. */
export function glideTo(node, place) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ ...place, behavior: still ? "instant" : "smooth" });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "offscreen", "aria-hidden": "true" }, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy"); // the clipboard API is refused outside secure contexts
    area.remove();
  }
}
