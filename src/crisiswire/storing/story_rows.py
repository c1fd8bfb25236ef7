"""The tables of stories: events of several reports that are one event."""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crisiswire.storing.tables import Base, Key


class StoryRow(Base):
    """A story. What it holds is told by its events; one that has lost all of them waits to be
    begun anew by the event that it is named after."""

    __tablename__ = "stories"
    __table_args__ = (UniqueConstraint("id", name="uq_stories_id"),)

    pk: Mapped[int] = mapped_column(Key, primary_key=True)
    id: Mapped[str]


class StoryEventRow(Base):
    """An event's place in a story. ``score`` and ``reasons`` (JSON) say why it was put there:
    how it compares with event ``like_event`` of document ``like_document``; null, null and ``[]``
    where it opened the story."""

    __tablename__ = "story_events"
    __table_args__ = (
        Index("ix_story_events_story", "story_pk", "position"),
        {"sqlite_with_rowid": False},
    )

    event_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("events.pk", ondelete="CASCADE"), primary_key=True
    )
    story_pk: Mapped[int] = mapped_column(Key, ForeignKey("stories.pk", ondelete="CASCADE"))
    position: Mapped[int]
    score: Mapped[float | None] = mapped_column(Double)
    like_event: Mapped[str | None]
    like_document: Mapped[str | None]
    reasons: Mapped[str]


class StoryKeyRow(Base):
    """A key under which events that may be the same as this one look for it."""

    __tablename__ = "story_keys"
    __table_args__ = (
        Index("ix_story_keys_event", "event_pk"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    event_pk: Mapped[int] = mapped_column(
        Key, ForeignKey("story_events.event_pk", ondelete="CASCADE"), primary_key=True
    )
