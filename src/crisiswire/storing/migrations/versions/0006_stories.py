"""Stories: which events of several reports are one event, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "stories",
        sa.Column("pk", KEY, primary_key=True),
        sa.Column("id", TEXT, nullable=False),
        sa.UniqueConstraint("id", name="uq_stories_id"),
    )
    op.create_table(
        "story_events",
        _parent("event_pk", "events.pk", primary_key=True),
        _parent("story_pk", "stories.pk"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("score", sa.Double),
        sa.Column("like_event", TEXT),
        sa.Column("like_document", TEXT),
        sa.Column("reasons", TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_events_story", "story_events", ["story_pk", "position"])
    op.create_table(
        "story_keys",
        sa.Column("key", TEXT, primary_key=True),
        _parent("event_pk", "story_events.event_pk", primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_keys_event", "story_keys", ["event_pk"])


def downgrade() -> None:
    for name in ("story_keys", "story_events", "stories"):
        op.drop_table(name)


def _parent(name: str, parent: str, *, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(parent, ondelete="CASCADE")
    return sa.Column(name, KEY, key, nullable=False, primary_key=primary_key)
