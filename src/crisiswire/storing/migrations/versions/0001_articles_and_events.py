"""Articles, events and their parts; full-text search over the sentences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _create_articles()
    _create_events()
    _create_parties()
    _create_parts()
    if op.get_bind().dialect.name == "sqlite":
        _create_sqlite_search()
    else:
        op.execute(
            "CREATE INDEX ix_events_search ON events "
            "USING gin (to_tsvector('simple'::regconfig, evidence_text))"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE event_search")
    for name in (
        "quantities",
        "party_sectors",
        "parties",
        "event_contexts",
        "events",
        "masked_ranges",
        "articles",
    ):
        op.drop_table(name)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=nullable)


def _integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _parent(name: str, parent: str) -> sa.Column[int]:
    return sa.Column(name, KEY, sa.ForeignKey(parent, ondelete="CASCADE"), nullable=False)


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("pk", KEY, primary_key=True),
        _text("id"),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("date_known", sa.Boolean, nullable=False),
        _text("title", nullable=True),
        _text("outlet", nullable=True),
        _text("url", nullable=True),
        _text("language", nullable=True),
        _text("text"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
    )
    op.create_index("ix_articles_date", "articles", ["date"])
    op.create_index("ix_articles_outlet", "articles", ["outlet"])
    op.create_table(
        "masked_ranges",
        _parent("article_pk", "articles.pk"),
        _integer("position"),
        _integer("start"),
        _integer("end"),
        sa.PrimaryKeyConstraint("article_pk", "position"),
        sqlite_with_rowid=False,
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("pk", KEY, primary_key=True),
        _parent("article_pk", "articles.pk"),
        _text("event_id"),
        _integer("sentence"),
        _text("event_type"),
        _text("mode", nullable=True),
        _text("quad_class"),
        sa.Column("intensity", sa.Double, nullable=False),
        _text("cameo"),
        _text("status"),
        sa.Column("confidence", sa.Double, nullable=False),
        _text("coder"),
        _text("date_text", nullable=True),
        sa.Column("date_start", sa.Date, nullable=False),
        sa.Column("date_end", sa.Date, nullable=False),
        _text("date_precision"),
        *_place_columns(),
        _text("attribution_kind"),
        _text("attribution_verb", nullable=True),
        sa.Column("attribution_quoted", sa.Boolean, nullable=False),
        _text("evidence_text"),
        _integer("evidence_start"),
        _integer("evidence_end"),
        _text("trigger_text"),
        _integer("trigger_start"),
        _integer("trigger_end"),
        _text("explanation"),
        sa.UniqueConstraint("article_pk", "event_id", name="uq_events_article_event"),
    )
    op.create_index("ix_events_event_id", "events", ["event_id"])
    op.create_index("ix_events_dates", "events", ["date_start", "date_end"])
    op.create_index("ix_events_type", "events", ["event_type"])
    op.create_index("ix_events_place_country", "events", ["place_country"])


def _place_columns() -> tuple[sa.Column[str] | sa.Column[int] | sa.Column[float], ...]:
    return (
        _text("place_text", nullable=True),
        _integer("place_start", nullable=True),
        _integer("place_end", nullable=True),
        _text("place_name", nullable=True),
        _text("place_country", nullable=True),
        _text("place_admin1", nullable=True),
        sa.Column("place_latitude", sa.Double),
        sa.Column("place_longitude", sa.Double),
        sa.Column("place_geonames_id", sa.BigInteger),
        _text("place_kind", nullable=True),
    )


def _create_parties() -> None:
    op.create_table(
        "parties",
        _parent("event_pk", "events.pk"),
        _text("role"),
        _integer("position"),
        _text("text"),
        _integer("start"),
        _integer("end"),
        _text("name"),
        _text("country", nullable=True),
        _text("entity_id", nullable=True),
        sa.PrimaryKeyConstraint("event_pk", "role", "position"),
        sa.CheckConstraint("role IN ('actor', 'recipient', 'speaker')", name="ck_parties_role"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_parties_country", "parties", ["country", "role", "event_pk"])
    op.create_table(
        "party_sectors",
        sa.Column("event_pk", KEY, nullable=False),
        _text("role"),
        _integer("party"),
        _integer("position"),
        _text("sector"),
        sa.PrimaryKeyConstraint("event_pk", "role", "party", "position"),
        sa.ForeignKeyConstraint(
            ["event_pk", "role", "party"],
            ["parties.event_pk", "parties.role", "parties.position"],
            ondelete="CASCADE",
            name="fk_party_sectors_party",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_party_sectors_sector", "party_sectors", ["sector", "role", "event_pk"])


def _create_parts() -> None:
    op.create_table(
        "event_contexts",
        _parent("event_pk", "events.pk"),
        _integer("position"),
        _text("context"),
        sa.PrimaryKeyConstraint("event_pk", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quantities",
        _parent("event_pk", "events.pk"),
        _integer("position"),
        _text("kind"),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("approximate", sa.Boolean, nullable=False),
        _text("text"),
        _integer("start"),
        _integer("end"),
        _text("unit", nullable=True),
        sa.PrimaryKeyConstraint("event_pk", "position"),
        sqlite_with_rowid=False,
    )


def _create_sqlite_search() -> None:
    """An FTS5 index that reads the sentences from ``events``, kept up by triggers."""
    op.execute(
        "CREATE VIRTUAL TABLE event_search USING fts5(evidence_text, content='events', "
        "content_rowid='pk', tokenize='unicode61 remove_diacritics 2')"
    )
    remove = (
        "INSERT INTO event_search(event_search, rowid, evidence_text) "
        "VALUES ('delete', old.pk, old.evidence_text);"
    )
    add = "INSERT INTO event_search(rowid, evidence_text) VALUES (new.pk, new.evidence_text);"
    for moment, name, body in (
        ("AFTER INSERT", "events_search_insert", add),
        ("AFTER DELETE", "events_search_delete", remove),
        ("AFTER UPDATE OF evidence_text", "events_search_update", f"{remove} {add}"),
    ):
        op.execute(f"CREATE TRIGGER {name} {moment} ON events BEGIN {body} END")
