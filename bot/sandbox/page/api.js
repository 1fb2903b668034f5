// The people side of the sandbox, over HTTP.
import { language } from "./words.js";

/** Answers the JSON of a route; a refusal throws an Error with the server's sentence and `status`. */
async function call(path, body) {
  const options = { headers: { "Accept-Language": language() } };
  if (body instanceof FormData) Object.assign(options, { method: "POST", body });
  else if (body) {
    options.method = "POST";
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.error ?? `${response.status} ${response.statusText}`), { status: response.status });
}

/** The same, but null where the server does not have the route: the demo's routes are not in a bare sandbox. */
async function optional(path) {
  try {
    return await call(path);
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

export const state = () => call("/people/state");
export const cast = () => optional("/demo/cast");
export const clock = () => optional("/clock");
export const skip = (to) => call("/clock/skip", { to });
/** One of the routes under /people, by its name: act("send", {person, chat, text}). */
export const act = (name, body) => call(`/people/${name}`, body);
export const fileUrl = (id) => `/people/file/${encodeURIComponent(id)}`;

export function attach(person, chat, kind, files, caption) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ person, chat, kind, caption })) if (value) form.set(name, value);
  for (const file of files) form.append("file", file);
  return call("/people/attach", form);
}

/** Server-sent events. `onOpen` runs at every (re)connection: what was missed in between must be read anew. */
export function listen({ onOpen, onEvent, onLost }) {
  const source = new EventSource("/people/events");
  source.onopen = onOpen;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => listen({ onOpen, onEvent, onLost }), 2000);
  };
}
