"""The demo: an invented office on a machine without Telegram, with a page of phones and a clock that can skip."""
