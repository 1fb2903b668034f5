"""A local Telegram for demos and tests: a strict Bot API over real HTTP, and the people on the other side of it."""
