"""What somebody has begun on the upload desk. Not append-only: a draft is changed and deleted, and no backup holds one
(models.backup.LEFT_OUT)."""

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Column, Field, SQLModel


class Draft(SQLModel, table=True):
    """One file with what its owner has chosen and written about it so far, see loaders.drafts."""

    __table_args__ = (
        UniqueConstraint("owner", "sha256", name="draft_of_owner"),
        CheckConstraint("length(owner) > 0", name="draft_owner"),
        CheckConstraint("length(sha256) = 64", name="draft_sha256"),
    )
    id: int | None = Field(default=None, primary_key=True)
    owner: str = Field(description="access.Actor.key")
    sha256: str = Field(description="hex digest of content")
    file: str = Field(description="file name as handed in, without any folder")
    reading: str = Field(default="", description="how the owner wants it read: a layout's key, or empty: as recognised")
    mapping: str = Field(default="", description="JSON, see loaders.mapping.Mapping, or empty")
    answers: str = Field(default="{}", description="JSON: what the owner has written")
    created_at: str = Field(description="UTC, ISO 8601")
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
