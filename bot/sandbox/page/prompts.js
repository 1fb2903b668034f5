// What a conversation waits for, as one sees it on the screen.
import { callbacks } from "./keyboards.js";

function asked(messages) {
  const last = messages.at(-1);
  return last?.from_bot && !last.reply_markup?.force_reply && (last.text ?? "").includes("?") ? last : null;
}

// Buttons that only save typing: the question wants one's own words all the same.
const SHORTCUT = /^(same|again):/;

function choices(message) {
  return callbacks(message).filter((button) => !SHORTCUT.test(button.callback_data));
}

/** The bot's open question that stands last and wants an answer in one's own words, or null. */
export function openPrompt(messages) {
  const last = asked(messages);
  return last && !choices(last).length ? last : null;
}

/** The bot's question that stands last and offers its answers as buttons, or null. */
export function openQuestion(messages) {
  const last = asked(messages);
  return last && choices(last).length ? last : null;
}

export function hasWritten(message, owner) {
  const command = message.text?.startsWith("/");
  return message.from?.id === owner && !command && Boolean(message.text ?? message.caption);
}

/** Whether a message offers a button whose data look like `pattern`. */
export function offers(messages, pattern) {
  return messages.some((message) => callbacks(message).some((button) => pattern.test(button.callback_data)));
}
