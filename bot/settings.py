"""Settings, from the environment or a `.env` file."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names as in `.env.example`, where each is explained."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///harian.db")
    secret_key: SecretStr = SecretStr("")
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_port: int = 8443
    transcribe_command: str = ""
    log_format: str = "text"
