"""How exact an event's place is; places kept so far were all stated by their sentence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("events", sa.Column("place_precision", TEXT))
    op.execute("UPDATE events SET place_precision = 'at' WHERE place_text IS NOT NULL")


def downgrade() -> None:
    op.drop_column("events", "place_precision")
