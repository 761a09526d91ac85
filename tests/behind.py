"""A store changed with other tools than ours, on either engine."""

from sqlalchemy import create_engine

from models.settings import store_url


def guard_off(table: str, against: str = "update") -> str:
    """The statement that takes away what keeps a table append-only."""
    if store_url().startswith("sqlite"):
        return f"DROP TRIGGER {table}_no_{against}"
    return f"ALTER TABLE {table} DISABLE TRIGGER ALL"


def behind_its_back(*statements: str) -> None:
    engine = create_engine(store_url())
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
