"""What people have judged of events: the judgements, and where they stand among the events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("events", sa.Column("reviewed", TEXT))
    op.create_table(
        "judgements",
        sa.Column("pk", KEY, primary_key=True),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("event_id", TEXT),
        sa.Column("subject", TEXT),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("changes", TEXT, nullable=False),
        sa.Column("record", TEXT),
        sa.Column("judge", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("why", TEXT),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.Column("undoes", TEXT),
        sa.UniqueConstraint("id", name="uq_judgements_id"),
    )
    op.create_index("ix_judgements_document", "judgements", ["document_id"])
    op.create_index("ix_judgements_event", "judgements", ["event_id"])
    op.create_index("ix_judgements_subject", "judgements", ["subject"])
    op.create_table(
        "reviewed_events",
        sa.Column(
            "article_pk", KEY, sa.ForeignKey("articles.pk", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("event_id", TEXT, nullable=False),
        sa.Column("judgement_id", TEXT, nullable=False),
        sa.Column("coded", TEXT),
        sa.PrimaryKeyConstraint("article_pk", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reviewed_events_event", "reviewed_events", ["event_id"])


def downgrade() -> None:
    op.drop_table("reviewed_events")
    op.drop_table("judgements")
    op.drop_column("events", "reviewed")
