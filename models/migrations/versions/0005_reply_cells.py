"""A reply's fields: the cell of each. Replies published before know the cell of their status only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reply", sa.Column("cells", sa.String(), nullable=False, server_default=""))
