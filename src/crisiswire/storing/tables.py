"""The tables of the event store, typed.

One article has many events; an event has parties (actors, recipients and the
speaker it is attributed to), their sectors, contexts and quantities. Tables are
made by the migrations alone; a test holds these classes and the migrations equal.

Text is kept exactly. PostgreSQL cannot hold NUL, nor any UTF-8 database a lone
surrogate, so :class:`StoredText` writes each of these (and the mark itself) as
the mark U+FDD0, a code point that Unicode keeps free of characters, and four hex
digits, on both databases alike. Offsets count the characters of the text as the
library gives it back.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from crisiswire.model import (
    AttributionKind,
    EventType,
    PlacePrecision,
    Precision,
    QuadClass,
    Reviewed,
    Status,
)

_MARK = "\ufdd0"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_MARKED = re.compile("\ufdd0([0-9a-f]{4})")


class StoredText(TypeDecorator[str]):
    """Text that comes back character for character, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or not _UNSTORABLE.search(value):
            return value
        return _UNSTORABLE.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or _MARK not in value:
            return value
        return _MARKED.sub(lambda found: chr(int(found[1], 16)), value)


Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Registry of the tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: StoredText(),
        float: Double(),
        dt.date: Date(),
        bool: Boolean(),
    }


class ArticleRow(Base):
    """One report as it was read. ``copy_of``: id of the first article that told the same report,
    of those in ``pk``'s order, null for one that was the first; ``not_coded``: why it has no
    events, null when it was coded."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("id", name="uq_articles_id"),
        Index("ix_articles_date_id", "date", "id"),
        Index("ix_articles_outlet_date", "outlet", "date", "id"),
        Index("ix_articles_copy_of", "copy_of"),
        Index("ix_articles_not_coded", "not_coded"),
    )

    pk: Mapped[int] = mapped_column(Key, primary_key=True)
    id: Mapped[str]
    date: Mapped[dt.date]
    date_known: Mapped[bool]
    title: Mapped[str | None]
    outlet: Mapped[str | None]
    url: Mapped[str | None]
    language: Mapped[str | None]
    copy_of: Mapped[str | None]
    not_coded: Mapped[str | None]
    text: Mapped[str]

    masked: Mapped[list[MaskedRow]] = relationship(order_by="MaskedRow.position", lazy="raise")


class MaskedRow(Base):
    """A range of an article's characters that is kept but not coded."""

    __tablename__ = "masked_ranges"
    __table_args__ = ({"sqlite_with_rowid": False},)

    article_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("articles.pk", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]


class ArticleKeyRow(Base):
    """What articles with nearly the same beginning have in common: keys drawn from their words;
    ``day`` is the article's date as a number."""

    __tablename__ = "article_keys"
    __table_args__ = (
        Index("ix_article_keys_article", "article_pk"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True)
    article_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("articles.pk", ondelete="CASCADE"), primary_key=True
    )


class EventRow(Base):
    """One event; what it has one of stands in its columns. ``copied``: the article is a copy, and
    what it was copied from tells the sentence too."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("article_pk", "event_id", name="uq_events_article_event"),
        Index("ix_events_event_id", "event_id"),
        Index("ix_events_date_id", "date_start", "event_id", "date_end"),
        # Of copies alone: SQLite would take an index of all for one that tells much.
        Index(
            "ix_events_copied",
            "pk",
            sqlite_where=text("copied IS 1"),
            postgresql_where=text("copied IS true"),
        ),
        Index("ix_events_type_date", "event_type", "date_start", "event_id"),
        Index("ix_events_place_date", "place_country", "date_start", "event_id"),
        # These hold all that is counted by day or by place.
        Index(
            "ix_events_counts",
            "date_start",
            "date_precision",
            "quad_class",
            "event_type",
            "status",
            "copied",
            "intensity",
        ),
        Index(
            "ix_events_place_counts",
            "place_geonames_id",
            "quad_class",
            "place_precision",
            "copied",
            "intensity",
            "date_start",
            sqlite_where=text("place_geonames_id IS NOT NULL"),
            postgresql_where=text("place_geonames_id IS NOT NULL"),
        ),
    )

    pk: Mapped[int] = mapped_column(Key, primary_key=True)
    article_pk: Mapped[int] = mapped_column(Key, ForeignKey("articles.pk", ondelete="CASCADE"))
    event_id: Mapped[str]
    sentence: Mapped[int]
    event_type: Mapped[EventType] = mapped_column(StoredText)
    mode: Mapped[str | None]
    quad_class: Mapped[QuadClass] = mapped_column(StoredText)
    intensity: Mapped[float]
    cameo: Mapped[str]
    status: Mapped[Status] = mapped_column(StoredText)
    confidence: Mapped[float]
    coder: Mapped[str]
    reviewed: Mapped[Reviewed | None] = mapped_column(StoredText)
    copied: Mapped[bool] = mapped_column(default=False)

    date_text: Mapped[str | None]
    date_text_start: Mapped[int | None]
    date_text_end: Mapped[int | None]
    date_start: Mapped[dt.date]
    date_end: Mapped[dt.date]
    date_precision: Mapped[Precision] = mapped_column(StoredText)

    # All null when the event has no place; place_text is null only then.
    place_text: Mapped[str | None]
    place_start: Mapped[int | None]
    place_end: Mapped[int | None]
    place_name: Mapped[str | None]
    place_country: Mapped[str | None]
    place_admin1: Mapped[str | None]
    place_latitude: Mapped[float | None]
    place_longitude: Mapped[float | None]
    place_geonames_id: Mapped[int | None] = mapped_column(BigInteger)
    place_kind: Mapped[str | None]
    place_precision: Mapped[PlacePrecision | None] = mapped_column(StoredText)

    attribution_kind: Mapped[AttributionKind] = mapped_column(StoredText)
    attribution_verb: Mapped[str | None]
    attribution_quoted: Mapped[bool]
    attribution_verb_start: Mapped[int | None]
    attribution_verb_end: Mapped[int | None]

    evidence_text: Mapped[str]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    trigger_text: Mapped[str]
    trigger_start: Mapped[int]
    trigger_end: Mapped[int]

    explanation: Mapped[str]

    contexts: Mapped[list[ContextRow]] = relationship(order_by="ContextRow.position", lazy="raise")
    parties: Mapped[list[PartyRow]] = relationship(order_by="PartyRow.position", lazy="raise")
    quantities: Mapped[list[QuantityRow]] = relationship(
        order_by="QuantityRow.position", lazy="raise"
    )


class ContextRow(Base):
    """A PLOVER context of an event."""

    __tablename__ = "event_contexts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    event_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("events.pk", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    context: Mapped[str]


class PartyRow(Base):
    """A party of an event. ``role`` is actor, recipient or speaker."""

    __tablename__ = "parties"
    __table_args__ = (
        Index("ix_parties_country", "country", "role", "event_pk"),
        Index("ix_parties_entity", "entity_id", "role", "event_pk"),
        {"sqlite_with_rowid": False},
    )

    event_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("events.pk", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    name: Mapped[str]
    country: Mapped[str | None]
    entity_id: Mapped[str | None]

    sectors: Mapped[list[SectorRow]] = relationship(order_by="SectorRow.position", lazy="raise")


class SectorRow(Base):
    """A PLOVER sector of a party, best first."""

    __tablename__ = "party_sectors"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_pk", "role", "party"],
            ["parties.event_pk", "parties.role", "parties.position"],
            ondelete="CASCADE",
            name="fk_party_sectors_party",
        ),
        Index("ix_party_sectors_sector", "sector", "role", "event_pk"),
        {"sqlite_with_rowid": False},
    )

    event_pk: Mapped[int] = mapped_column(Key, primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    party: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sector: Mapped[str]


class QuantityRow(Base):
    """A number told with an event."""

    __tablename__ = "quantities"
    __table_args__ = ({"sqlite_with_rowid": False},)

    event_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("events.pk", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    value: Mapped[float]
    approximate: Mapped[bool]
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    unit: Mapped[str | None]
    minimum: Mapped[float | None]
    maximum: Mapped[float | None]
    designation: Mapped[str | None]


class JudgementRow(Base):
    """What a person said of an event or an article; rows are added, never changed or deleted.

    It refers to document and event by id, not by key, since both are deleted and made anew when
    the article is coded again. ``changes`` and ``record`` are JSON.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        UniqueConstraint("id", name="uq_judgements_id"),
        Index("ix_judgements_document", "document_id"),
        Index("ix_judgements_event", "event_id"),
        Index("ix_judgements_subject", "subject"),
    )

    pk: Mapped[int] = mapped_column(Key, primary_key=True)
    id: Mapped[str]
    document_id: Mapped[str]
    event_id: Mapped[str | None]
    subject: Mapped[str | None]
    verdict: Mapped[str]
    changes: Mapped[str]
    record: Mapped[str | None]
    judge: Mapped[str]
    at: Mapped[str]
    why: Mapped[str | None]
    blind: Mapped[bool]
    undoes: Mapped[str | None]


class ReviewedRow(Base):
    """Where the judgements about one subject stand in the article as it is coded now.

    ``coded`` is the coder's own record with its explanation, as JSON, null for an event that
    only people have found; the row in ``events`` is as the judgement has it, or gone.
    """

    __tablename__ = "reviewed_events"
    __table_args__ = (Index("ix_reviewed_events_event", "event_id"), {"sqlite_with_rowid": False})

    article_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("articles.pk", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str]
    judgement_id: Mapped[str]
    coded: Mapped[str | None]
