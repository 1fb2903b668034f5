// Photos, files and the other things a message may carry besides text.
import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { enlarge } from "./dialogs.js";
import { size } from "./times.js";
import { t } from "./words.js";

const BUBBLE_WIDTH = 320; // CSS pixels; the smallest photo at least this wide is shown in the chat

export function media(message) {
  if (message.photo) return photo(message);
  if (message.document) return file(message.document);
  if (message.video) return el("video", { class: "media", controls: true, preload: "metadata", src: fileUrl(message.video.file_id) });
  const sound = message.voice ?? message.audio;
  if (sound) return el("audio", { class: "sound", controls: true, preload: "metadata", src: fileUrl(sound.file_id) });
  if (message.sticker) return el("p", { class: "sticker" }, message.sticker.emoji ?? t("sticker"));
  if (message.location) return place(message.location);
  return null;
}

function photo(message) {
  const sizes = [...message.photo].sort((one, other) => one.width - other.width);
  const largest = sizes.at(-1);
  const shown = sizes.find(({ width }) => width >= BUBBLE_WIDTH) ?? largest;
  const alternative = message.caption ?? t("photo");
  const image = el("img", { src: fileUrl(shown.file_id), alt: alternative, width: shown.width, height: shown.height });
  const open = () => enlarge(fileUrl(largest.file_id), alternative);
  return el("button", { type: "button", class: "photo", "aria-label": t("enlarge"), onclick: open }, image);
}

function file(document) {
  const name = document.file_name ?? t("file");
  return el("a", { class: "file", href: fileUrl(document.file_id), download: name },
    el("span", { class: "file-icon" }, icon("file")),
    el("span", { class: "file-text" }, el("b", {}, name), el("small", {}, size(document.file_size))));
}

function place({ latitude, longitude }) {
  return el("p", { class: "place" }, icon("place"), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
}

/** A message in one line: for quotes, the pinned bar and screen readers. */
export function oneLine(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 120);
  if (message.sticker?.emoji) return message.sticker.emoji;
  if (message.document) return message.document.file_name ?? t("file");
  const kind = ["photo", "video", "voice", "sticker", "location"].find((name) => message[name]);
  return t(kind ?? "message");
}
