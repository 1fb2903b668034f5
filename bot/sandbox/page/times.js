// Dates as the office's people read them: in the office's zone, in the page's language.
import { language, t } from "./words.js";

const LOCALES = { id: "id-ID", en: "en-GB" };
let zone; // undefined: the browser's own

export function useZone(name) {
  zone = name;
}

function format(date, options, locale = LOCALES[language()]) {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(date);
}

const moment = (when) => (when instanceof Date ? when : new Date(typeof when === "number" ? when * 1000 : when));

export const time = (when) => format(moment(when), { hour: "2-digit", minute: "2-digit" });
export const weekday = (when) => format(moment(when), { weekday: "long" });
export const date = (when) => format(moment(when), { day: "numeric", month: "long", year: "numeric" });
export const shortDate = (when) => format(moment(when), { weekday: "short", day: "numeric", month: "short" });
/** The local calendar date, as a key that sorts. */
export const day = (when) => format(moment(when), { year: "numeric", month: "2-digit", day: "2-digit" }, "sv-SE");

/** The words of a day separator; `now` may be null when no clock is known. */
export function dayName(when, now) {
  if (now && day(when) === day(now)) return t("today");
  return format(moment(when), { weekday: "long", day: "numeric", month: "long" });
}

export function size(bytes) {
  if (!bytes) return "";
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), 3);
  return `${new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 1 }).format(bytes / 1024 ** power)} ${units[power]}`;
}
