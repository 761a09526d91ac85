"""Alembic from the first table: bring a store of any earlier release to this one, in one transaction."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.errors import StoreRefused

_SCRIPTS: Final = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def newest_revision() -> str:
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def revision_of(connection: Connection) -> str | None:
    """The revision a store stands at; None for one without our tables."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the store is at this release. A store of a later release raises StoreRefused."""
    with engine.connect() as connection:
        found = revision_of(connection)
    if found is None:
        return False
    if found not in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise StoreRefused("newer_release", revision=found)
    return found == newest_revision()


def upgrade(connection: Connection) -> None:
    """Run every missing migration on an open connection, inside its transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
