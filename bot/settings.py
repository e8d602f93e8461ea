"""Settings: the only reader of the environment (and of `.env`)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.shards import Shards, read_ids
from bot.errors import StartupError


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    """Which log lines are written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Settings(BaseSettings):
    """
    What can be set from outside; each field is the environment variable of the same name, upper-cased.

    An empty variable counts as unset, but for FACT_BASE: an empty one means that servers begin with an empty base.
    `.env.example` explains every one.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    discord_token: SecretStr | None = None
    database_url: str = "sqlite:///var/caveat.db"
    command_prefix: Annotated[str, StringConstraints(min_length=1, max_length=10, pattern=r"^\S+$")] = "!"
    fact_base: Path | None = Path("data")
    discord_api_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE
    commands_per_minute: Annotated[int, Field(ge=0, le=10_000)] = 30
    intake_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    intake_model: Annotated[str, Field(validate_default=True)] = ""
    intake_key: SecretStr | None = None
    metrics_addr: Annotated[str, StringConstraints(pattern=r"^(\S*:)?\d{1,5}$")] | None = None
    backup_dir: Path | None = None
    backup_keep: Annotated[int, Field(ge=1, le=3650)] = 14
    refresh_seconds: Annotated[int, Field(ge=0, le=3600)] = 10
    snapshot_megabytes: Annotated[int, Field(ge=16, le=1_000_000)] = 512
    shard_count: Annotated[int, Field(ge=1, le=100_000)] | None = None
    shard_ids: Annotated[str, Field(validate_default=True)] = ""

    @property
    def shards(self) -> Shards:
        """Which servers this process is for."""
        return Shards(read_ids(self.shard_ids), self.shard_count or 1) if self.shard_ids else Shards()

    @field_validator("shard_ids")
    @classmethod
    def _shards_of_so_many(cls, text: str, info: ValidationInfo) -> str:
        count = info.data.get("shard_count")
        if not text:
            if count is not None:
                raise ValueError("SHARD_COUNT is set, so SHARD_IDS has to say which of them are of this process")
            return text
        try:
            ids = read_ids(text)
        except ValueError:
            raise ValueError("write numbers and ranges, such as 0,2-5") from None
        if count is None:
            raise ValueError("SHARD_IDS is set, so SHARD_COUNT has to say how many there are in all")
        if not ids or max(ids) >= count:
            raise ValueError(f"of {count} shards the first is 0 and the last is {count - 1}")
        return text

    @field_validator("intake_model")
    @classmethod
    def _named_model(cls, model: str, info: ValidationInfo) -> str:
        if info.data.get("intake_url") and not model:
            raise ValueError("INTAKE_URL is set, so the model to ask there needs its name")
        return model

    @model_validator(mode="before")
    @classmethod
    def _unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in values.items() if value != ""}
        return {**given, "fact_base": None} if values.get("fact_base") == "" else given


def read_settings() -> Settings:
    """The settings in force; raises `StartupError` naming the first variable that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        raise StartupError(f"{name} is not usable: {first['msg']}. See .env.example.") from None
