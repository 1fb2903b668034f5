// What the server told us: people, chats, messages. Events change it; views read it.

export class World {
  constructor() {
    Object.assign(this, { bot: null, now: null, people: new Map(), chats: new Map() });
  }

  load(state) {
    this.bot = state.bot;
    this.now = new Date(state.now);
    this.people = new Map(state.people.map((person) => [person.id, person]));
    const before = this.chats;
    this.chats = new Map();
    for (const chat of state.chats) this.#keep(chat, before.get(chat.id));
  }

  /** Applies one event. Answers the id of the chat it touched, or null when no chat's view changes. */
  apply(event) {
    switch (event.type) {
      case "message":
        this.#chatOf(event).messages.set(event.message.message_id, event.message);
        return event.chat;
      case "deleted":
        this.#chatOf(event).messages.delete(event.message_id);
        return event.chat;
      case "pinned":
        this.#chatOf(event).pinned = event.message_id;
        return event.chat;
      case "reaction":
        this.#react(event);
        return event.chat;
      case "chat":
        this.#keep(event.chat, this.chats.get(event.chat.id));
        return event.chat.id;
      case "person":
        this.people.set(event.person.id, event.person);
        return event.person.id;
      case "clock":
        this.now = new Date(event.now);
        return null;
      default:
        return null;
    }
  }

  chat(id) {
    return this.chats.get(id) ?? { id, type: id > 0 ? "private" : "group", members: [], admins: [], commands: [], messages: new Map() };
  }

  messages(id) {
    return [...this.chat(id).messages.values()].sort((one, other) => one.message_id - other.message_id);
  }

  /** The id a group goes by now: one that became a supergroup goes on under another. */
  successor(id) {
    const next = this.chats.get(id)?.migrated_to;
    return next ? this.successor(next) : id;
  }

  name(id) {
    if (id === this.bot?.id) return this.bot.first_name;
    return this.people.get(id)?.first_name ?? this.chats.get(id)?.title ?? String(id);
  }

  members(id) {
    return this.chat(id).members.filter((member) => this.people.has(member));
  }

  #chatOf(event) {
    if (!this.chats.has(event.chat)) this.chats.set(event.chat, { ...this.chat(event.chat), ...event.message?.chat });
    return this.chats.get(event.chat);
  }

  // An event may bring a chat without its messages: those we know then stay.
  #keep(chat, before) {
    const known = before?.messages ?? new Map();
    const messages = chat.messages ? new Map(chat.messages.map((message) => [message.message_id, settled(message, known)])) : known;
    this.chats.set(chat.id, { members: [], admins: [], commands: [], ...chat, messages });
  }

  #react({ chat, message_id: id, emoji }) {
    const { messages } = this.chat(chat);
    if (messages.has(id)) messages.set(id, { ...messages.get(id), reaction: emoji });
  }
}

// The object we have already, when nothing in it changed: views draw anew what is another object.
function settled(message, known) {
  const before = known.get(message.message_id);
  return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
}
