"""Where an event's time and words of saying stand in the article; the bounds of quantities and the
types of arms they count. Not known of events kept so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
OFFSETS = ("date_text_start", "date_text_end", "attribution_verb_start", "attribution_verb_end")
BOUNDS = ("minimum", "maximum")


def upgrade() -> None:
    for name in OFFSETS:
        op.add_column("events", sa.Column(name, sa.Integer()))
    for name in BOUNDS:
        op.add_column("quantities", sa.Column(name, sa.Double()))
    op.add_column("quantities", sa.Column("designation", TEXT))


def downgrade() -> None:
    for name in ("designation", *BOUNDS):
        op.drop_column("quantities", name)
    for name in OFFSETS:
        op.drop_column("events", name)
