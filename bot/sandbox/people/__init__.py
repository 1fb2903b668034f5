"""The other side of the bot: what people do on their phones, and what they see there."""
