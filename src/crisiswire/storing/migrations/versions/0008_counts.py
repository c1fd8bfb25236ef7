"""Indexes from which events are counted, by day and by place, without reading their rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BY_DAY = [
    "date_start", "date_precision", "quad_class", "event_type", "status", "copied", "intensity",
]  # fmt: skip
_BY_PLACE = [
    "place_geonames_id", "quad_class", "place_precision", "copied", "intensity", "date_start",
]  # fmt: skip


def upgrade() -> None:
    op.create_index("ix_events_counts", "events", _BY_DAY)
    # Of places alone: SQLite would take an index of all to count what has nothing to do with them.
    known = sa.text("place_geonames_id IS NOT NULL")
    op.create_index(
        "ix_events_place_counts", "events", _BY_PLACE, sqlite_where=known, postgresql_where=known
    )


def downgrade() -> None:
    for name in ("ix_events_counts", "ix_events_place_counts"):
        op.drop_index(name, "events")
