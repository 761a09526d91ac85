"""Alembic's entry: runs on the connection, and in the transaction, that models.migrate hands over."""

from alembic import context
from sqlmodel import SQLModel

import models.store  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # the caller's transaction is the only one
)
context.run_migrations()
