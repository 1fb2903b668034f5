"""Settings, from the environment or a `.env` file; the secret ones also from files of their own."""

import re
from pathlib import Path

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import roles

IN_FILES = ("telegram_bot_token", "database_url", "secret_key", "webhook_secret")
"""What a file may hold, named by the variable with `_FILE` at its end (Docker's and Kubernetes' way with secrets)."""
PLACEHOLDER = re.compile(
    r"(change|replace|insert|put|enter|your|ganti|isi|tulis|masukkan)([ _-]?[a-z]+){0,5}|"
    r"123456(789)?:abc.*|<.*>|\{.*\}|\.+|"
    r"(secret|secret[ _-]?key|webhook[ _-]?secret|token|bot[ _-]?token|password|rahasia|kunci|placeholder|example|"
    r"contoh|todo|test|x+|0+)",
    re.IGNORECASE,
)
"""What stands in examples. It counts when a value begins so with a verb, or is nothing else."""
SHORTEST_KEY = 16
"""Characters of SECRET_KEY; a shorter one could be guessed from a sealed row."""


class Unusable(Exception):
    """A setting cannot be used; its words say which and what to do, and never the value."""


class Settings(BaseSettings):
    """Names as in `.env.example`, where each is explained."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_bot_token_file: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///harian.db")
    database_url_file: str = ""
    secret_key: SecretStr = SecretStr("")
    secret_key_file: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_secret_file: str = ""
    webhook_port: int = 8443
    transcribe_command: str = ""
    log_format: str = "text"
    log_level: str = "warning"
    health_port: int = 0
    health_host: str = "127.0.0.1"
    roles: str = ",".join(roles.ALL)


def bot_id_of(token: str) -> int:
    """Telegram's number of a bot, which its token begins with; 0 when it does not."""
    number = token.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) <= 18 else 0


def load() -> Settings:
    """The settings, with what stands in files. Raises: Unusable."""
    try:
        given = Settings()
    except ValidationError as error:
        names = ", ".join(sorted({str(one["loc"][0]).upper() for one in error.errors() if one["loc"]}))
        raise Unusable(f"{names} cannot be used: compare with .env.example.") from None
    found = {name: SecretStr(_read(given, name)) for name in IN_FILES if getattr(given, f"{name}_file")}
    settings = given.model_copy(update=found)
    _refuse_placeholders(settings)
    return settings


def _read(given: Settings, name: str) -> str:
    label, path = name.upper(), Path(getattr(given, f"{name}_file"))
    if name in given.model_fields_set and getattr(given, name).get_secret_value():
        raise Unusable(f"{label} and {label}_FILE are both set: keep one of them.")
    try:
        content = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Unusable(f"{label}_FILE names {path}, which cannot be read ({why}).") from None
    if not content:
        raise Unusable(f"{label}_FILE names {path}, which is empty.")
    return content


def _refuse_placeholders(settings: Settings) -> None:
    remedies = {
        "telegram_bot_token": "copy it from @BotFather",
        "secret_key": "make one with `openssl rand -hex 32`",
        "webhook_secret": "make one with `openssl rand -hex 32`",
    }
    for name, remedy in remedies.items():
        value = getattr(settings, name).get_secret_value().strip()
        if PLACEHOLDER.fullmatch(value):
            raise Unusable(f"{name.upper()} is still the placeholder of an example: {remedy}.")
    key = settings.secret_key.get_secret_value()
    if 0 < len(key) < SHORTEST_KEY:
        raise Unusable(f"SECRET_KEY has fewer than {SHORTEST_KEY} characters: {remedies['secret_key']}.")
