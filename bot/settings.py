"""Settings, from the environment or a `.env` file; the secret ones also from files of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import roles
from models.database import POOL

IN_FILES = ("telegram_bot_token", "telegram_bot_tokens", "database_url", "secret_key", "webhook_secret")
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


def bot_id_of(token: str) -> int:
    """Telegram's number of a bot, which its token begins with; 0 when it does not."""
    number = token.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) <= 18 else 0


@dataclass(frozen=True, slots=True)
class Token:
    """One bot's, and whose it is: agencies by their codes; none for the default bot's, which all others share."""

    value: SecretStr
    agencies: tuple[str, ...] = ()

    @property
    def bot_id(self) -> int:
        return bot_id_of(self.value.get_secret_value())


class Settings(BaseSettings):
    """Names as in `.env.example`, where each is explained."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_bot_token_file: str = ""
    telegram_bot_tokens: SecretStr = SecretStr("")
    telegram_bot_tokens_file: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///harian.db")
    database_url_file: str = ""
    database_pool: int = Field(default=POOL, ge=2)
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

    @property
    def tokens(self) -> tuple[Token, ...]:
        """One for each bot, the default one first. Raises: Unusable."""
        of: dict[str, list[str]] = {}
        default = self.telegram_bot_token.get_secret_value()
        if default:
            of[default] = []
        for code, value in _pairs(self.telegram_bot_tokens.get_secret_value()):
            of.setdefault(value, []).append(code)
        return tuple(Token(SecretStr(value), tuple(codes)) for value, codes in of.items())

    def token_of(self, agency: str) -> Token | None:
        """The token by which an agency's bot speaks; None when there is none here."""
        tokens = self.tokens
        own = next((token for token in tokens if agency in token.agencies), None)
        return own or next((token for token in tokens if self.is_default(token)), None)

    def is_default(self, token: Token) -> bool:
        return token.value == self.telegram_bot_token


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`KODE=token`, divided by commas or lines. Raises: Unusable, which names the entry but not its value."""
    entries = [entry.strip() for entry in re.split(r"[,\n]", text)]
    seen: set[str] = set()
    for number, entry in enumerate((one for one in entries if one and not one.startswith("#")), 1):
        code, _, value = (part.strip() for part in entry.partition("="))
        if not code or not re.fullmatch(r"\d{1,18}:\S+", value) or PLACEHOLDER.fullmatch(value):
            raise Unusable(f"TELEGRAM_BOT_TOKENS, entry {number}, is not KODE=token, with the token of @BotFather.")
        if code in seen:
            raise Unusable(f"TELEGRAM_BOT_TOKENS names the agency {code} twice.")
        seen.add(code)
        yield code, value


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
    if len({token.bot_id for token in settings.tokens}) < len(settings.tokens):
        raise Unusable("Two different tokens are of one bot: keep the newer, which @BotFather shows.")
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
