"""Settings: `DATABASE_URL` names the store, `DASHBOARD_*` the rest (documented in README)."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT: Final = Path(__file__).parent.parent
DEFAULT_STORE: Final = "sqlite:///data/dashboard.sqlite3"
_OURS: Final = ("DASHBOARD_", "DATABASE_URL")
Variables = tuple[tuple[str, str], ...]


class Settings(BaseSettings):
    """The environment's at each call of `settings()`, so that a test or a service unit can change them."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", extra="ignore", frozen=True)

    database_url: str = Field(default=DEFAULT_STORE, validation_alias="DATABASE_URL")
    sqlite_journal: str = Field(
        default="wal",
        pattern="^(wal|delete)$",
        description="SQLite's journal; delete where the folder is a network share",
    )
    language: str = Field(default="sv", pattern="^(sv|en)$")
    read_memory_mb: int = Field(default=2048, ge=256, description="address space of the process that reads a workbook")
    read_seconds: int = Field(
        default=60,
        ge=1,
        description="wall clock and CPU for reading a workbook, and for checking a file for the pages",
    )
    check_memory_mb: int = Field(
        default=8192, ge=1024, description="address space of the process that checks a file for the pages"
    )
    max_file_mb: int = Field(default=500, ge=1, description="largest file the loaders accept")
    hide_below: int = Field(default=10, ge=0, description="survey estimates with fewer answers are hidden")
    uncertain_below: int = Field(default=30, ge=0, description="survey estimates with fewer answers are marked u")
    kolada_url: str = Field(
        default="https://api.kolada.se/v3", pattern=r"^https?://[^\s/]+", description="Kolada's API, version 3"
    )
    public_url: str = Field(
        default="",
        pattern=r"^$|^https?://[^\s/?#]+$",
        description="the site's address in links that leave it; unset: the one each reader has written",
    )
    log_format: str = Field(
        default="text", pattern="^(text|json)$", description="the server's log: for people, or a line of JSON an event"
    )
    stop_seconds: int = Field(
        default=30, ge=1, description="time to finish what is under way when the server is stopped"
    )
    api_calls_a_minute: int = Field(default=600, ge=1, description="calls to open data from one address")
    publisher: str = Field(default="Regionjämförelse 1177", min_length=1, description="who publishes the open data")
    publisher_url: str = Field(default="", pattern=r"^$|^https?://\S+$", description="the publisher's own address")
    contact_email: str = Field(default="", pattern=r"^$|^[^@\s]+@[^@\s]+$", description="who answers about the data")
    licence_url: str = Field(
        default="https://creativecommons.org/licenses/by/4.0/",
        pattern=r"^https?://\S+$",
        description="the licence of the open data",
    )
    embed_origins: str = Field(
        default="",
        pattern=r"^(https?://[^\s,;/]+(,https?://[^\s,;/]+)*)?$",
        description="sites that may show our embedded charts, with commas between",
    )
    accounts: str = Field(
        default="none",
        pattern="^(none|(local|oidc|proxy)(,(local|oidc|proxy))*)$",
        description="ways of signing in; none is local mode: loopback only, one person",
    )
    clock_was_ahead_until: str = Field(
        default="",
        pattern=r"^$|^\d{4}-\d\d-\d\dT\d\d:\d\d",
        description="publications up to this moment (UTC) were dated by a clock that was ahead",
    )
    four_eyes: bool | None = Field(
        default=None, description="another person publishes than the one who uploaded; unset: on with accounts"
    )

    @property
    def four_eyes_in_force(self) -> bool:
        return self.accounts != "none" if self.four_eyes is None else self.four_eyes


def variables() -> Variables:
    """The environment's variables that settings are read from: what was read from the same ones still holds."""
    return tuple(one for one in os.environ.items() if one[0].upper().startswith(_OURS))


def settings() -> Settings:
    return _read(variables())


@lru_cache(maxsize=16)
def _read(_given: Variables) -> Settings:
    """Reading takes a millisecond, and a page asks a dozen times."""
    return Settings()


def shown_url(url: str) -> str:
    """A server's URL for a person: without its password, the driver's name and the query, which can hold one too.

    >>> shown_url("postgresql+psycopg://bo:hemligt@db/x?sslmode=require")
    'postgresql://bo:***@db/x'
    """
    from sqlalchemy import make_url  # half a second of every command's start

    return make_url(url).set(drivername="postgresql", query={}).render_as_string()


def store_url(url: str | None = None) -> str:
    """The store's SQLAlchemy URL: relative SQLite paths resolve from the project root, PostgreSQL means psycopg 3.

    >>> store_url("postgresql://x/y")
    'postgresql+psycopg://x/y'
    """
    chosen = url or settings().database_url
    for plain in ("postgresql://", "postgres://"):
        if chosen.startswith(plain):
            return "postgresql+psycopg://" + chosen.removeprefix(plain)
    if chosen.startswith("sqlite:///") and not chosen.startswith("sqlite:////"):
        path = chosen.removeprefix("sqlite:///")
        if path and path != ":memory:":
            return f"sqlite:///{(PROJECT / path).resolve()}"
    return chosen
