"""Reading and writing stories within one session."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session, selectinload

from crisiswire.errors import StoreError
from crisiswire.model import Article
from crisiswire.storing.copies import Copies
from crisiswire.storing.mapping import article_of, stored_event
from crisiswire.storing.queries import Matcher, event_rows, events_statement
from crisiswire.storing.records import EventQuery, StoredEvent
from crisiswire.storing.story_rows import StoryEventRow, StoryKeyRow, StoryRow
from crisiswire.storing.tables import ArticleRow, EventRow

PREFIX_LENGTH = 6
_LISTED = 10  # stories named in a message
_ASKED = 5000  # values of one IN
_READ = 200  # stories read at a time
_LAST_CHARACTER = "\U0010ffff"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class StoryReason:
    """What a feature of two reports adds to the score (log-odds), and the facts in words."""

    name: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Where an event belongs: a story's id and the event's number in it, from 0. ``score``
    compares it with event ``like_event`` of document ``like_document``, None where it opened
    the story. ``keys``: under which events that may be the same look for it."""

    story_id: str
    position: int
    score: float | None = None
    like_event: str | None = None
    like_document: str | None = None
    reasons: tuple[StoryReason, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReport:
    """An event and its place in its story (without the keys)."""

    stored: StoredEvent
    place: StoryPlace


@dataclass(frozen=True, slots=True)
class WaitingArticle:
    """An article with all its events; those without a place yet have their key in ``waiting``."""

    article: Article
    events: tuple[StoredEvent, ...]
    waiting: dict[str, int]


@dataclass(frozen=True, slots=True)
class BegunStory:
    """A story of the store: its size, which of the keys asked for lead to it, and by their
    position the events that a new one is compared with."""

    id: str
    size: int
    keys: tuple[str, ...]
    events: tuple[tuple[Article, StoredEvent], ...]


class Stories:
    """The stories of a store. ``matching`` is the database's text search."""

    def __init__(self, session: Session, matching: Matcher) -> None:
        self._session = session
        self._matching = matching

    def waiting_articles(self) -> list[int]:
        """Keys of the articles with events that have no place yet, by date, then id. What a copy
        tells again has none."""
        placed = exists().where(StoryEventRow.event_pk == EventRow.pk)
        waiting = select(EventRow.article_pk).where(~placed, EventRow.copied.is_(False))
        statement = select(ArticleRow.pk).where(ArticleRow.pk.in_(waiting))
        return list(self._session.scalars(statement.order_by(ArticleRow.date, ArticleRow.id)))

    def waiting(self, article_pks: Sequence[int]) -> list[WaitingArticle]:
        """These articles, in this order, as far as they have events without a place still."""
        articles = self._articles(article_pks)
        placed = set(self._placed(article_pks))
        events: dict[int, list[tuple[int, StoredEvent]]] = defaultdict(list)
        statement = event_rows().where(EventRow.copied.is_(False))
        for row, article in self._in(statement, EventRow.article_pk, article_pks):
            events[row.article_pk].append((row.pk, stored_event(row, article)))
        out = []
        for article_pk in article_pks:
            waiting = {s.event.event_id: pk for pk, s in events[article_pk] if pk not in placed}
            if waiting:
                told = sorted((s for _, s in events[article_pk]), key=_text_order)
                out.append(WaitingArticle(articles[article_pk], tuple(told), waiting))
        return out

    def begun(self, keys: Iterable[str], ids: Iterable[str], latest: int) -> list[BegunStory]:
        """The stories that one of ``keys`` leads to or that have one of ``ids``, each with its
        first event and the ``latest`` ones."""
        led = self._led(sorted(set(keys)))
        named = select(StoryRow.pk, StoryRow.id)
        pks = {pk for pk, _ in self._in(named, StoryRow.id, sorted(set(ids)))}
        wanted = sorted(pks | set(led))
        names = dict(self._in(named, StoryRow.pk, wanted))
        size = func.max(StoryEventRow.position) + 1
        sized = select(StoryEventRow.story_pk, size).group_by(StoryEventRow.story_pk)
        sizes = dict(self._in(sized, StoryEventRow.story_pk, wanted))
        members = self._compared(wanted, latest)
        return [
            BegunStory(names[pk], sizes[pk], tuple(led.get(pk, ())), tuple(members[pk]))
            for pk in wanted
            if pk in sizes
        ]

    def add(self, placed: Sequence[tuple[int, StoryPlace]]) -> None:
        """Write the places of events, given by their keys; opens the stories that are new."""
        wanted = list(dict.fromkeys(place.story_id for _, place in placed))
        known = select(StoryRow.id, StoryRow.pk)
        have = {name for name, _ in self._in(known, StoryRow.id, wanted)}
        new = [{"id": name} for name in wanted if name not in have]
        if new:
            self._session.execute(insert(StoryRow), new)
        pks = dict(self._in(known, StoryRow.id, wanted))
        rows = [_row(event_pk, pks[place.story_id], place) for event_pk, place in placed]
        keys = [{"key": k, "event_pk": pk} for pk, place in placed for k in place.keys]
        for table, values in ((StoryEventRow, rows), (StoryKeyRow, keys)):
            if values:
                self._session.execute(insert(table), values)

    def forget(self) -> None:
        """Take all stories apart."""
        self._session.execute(delete(StoryKeyRow))
        self._session.execute(delete(StoryEventRow))
        self._session.execute(delete(StoryRow))

    def find(self, query: EventQuery) -> Iterator[list[StoredReport]]:
        """Stories with an event that meets ``query``, each with all its reports in the order they
        came; by the day on which the first of the events that meet it begins."""
        events = events_statement(query, self._matching).order_by(None).limit(None).offset(None)
        met = events.with_only_columns(EventRow.pk.label("pk")).subquery()
        statement = (
            select(StoryEventRow.story_pk)
            .join(met, met.c.pk == StoryEventRow.event_pk)
            .join(EventRow, EventRow.pk == StoryEventRow.event_pk)
            .join(StoryRow, StoryRow.pk == StoryEventRow.story_pk)
            .group_by(StoryEventRow.story_pk, StoryRow.id)
            .order_by(func.min(EventRow.date_start), StoryRow.id)
            .limit(query.limit)
            .offset(query.offset or None)
        )
        for part in _parts(list(self._session.scalars(statement)), _READ):
            reports = self._reports(part)
            yield from (reports[pk] for pk in part)

    def get(self, story_id: str) -> list[StoredReport]:
        """The reports of the story with this id, or whose id begins so; none where there is no
        such story. Raises StoreError when several are meant."""
        begins = [StoryRow.id == story_id]
        if len(story_id) >= PREFIX_LENGTH:
            begins.append(StoryRow.id.between(story_id, story_id + _LAST_CHARACTER))
        told = exists().where(StoryEventRow.story_pk == StoryRow.pk)
        statement = select(StoryRow.pk, StoryRow.id).where(or_(*begins), told).order_by(StoryRow.id)
        found = self._session.execute(statement.limit(_LISTED)).all()
        exact = [row for row in found if row.id == story_id] or found
        if len(exact) > 1:
            raise StoreError(
                f"story {story_id}: several are meant: {', '.join(row.id for row in exact)}; "
                "give more of the id"
            )
        return self._reports([exact[0].pk])[exact[0].pk] if exact else []

    def id_of(self, event_pks: Sequence[int]) -> dict[int, str]:
        """The stories of these events."""
        statement = select(StoryEventRow.event_pk, StoryRow.id).join(
            StoryRow, StoryRow.pk == StoryEventRow.story_pk
        )
        return dict(self._in(statement, StoryEventRow.event_pk, event_pks))

    def _led(self, keys: list[str]) -> dict[int, list[str]]:
        statement = select(StoryEventRow.story_pk, StoryKeyRow.key).join(
            StoryKeyRow, StoryKeyRow.event_pk == StoryEventRow.event_pk
        )
        out: dict[int, dict[str, None]] = defaultdict(dict)
        for story_pk, key in self._in(statement, StoryKeyRow.key, keys):
            out[story_pk][key] = None
        return {pk: list(found) for pk, found in out.items()}

    def _compared(
        self, story_pks: Sequence[int], latest: int
    ) -> dict[int, list[tuple[Article, StoredEvent]]]:
        back = func.row_number().over(
            partition_by=StoryEventRow.story_pk, order_by=StoryEventRow.position.desc()
        )
        ranked = select(
            StoryEventRow.event_pk,
            StoryEventRow.story_pk,
            StoryEventRow.position,
            back.label("back"),
            func.row_number()
            .over(partition_by=StoryEventRow.story_pk, order_by=StoryEventRow.position)
            .label("ahead"),
        )
        places: list[tuple[int, int]] = []
        for part in _parts(story_pks, _ASKED):
            near = ranked.where(StoryEventRow.story_pk.in_(part)).subquery()
            kept = select(near.c.event_pk, near.c.story_pk).where(
                or_(near.c.ahead == 1, near.c.back <= latest)
            )
            kept = kept.order_by(near.c.story_pk, near.c.position)
            places += [(event_pk, story_pk) for event_pk, story_pk in self._session.execute(kept)]
        rows = list(self._events([event_pk for event_pk, _ in places]))
        events = {pk: (article_pk, stored) for pk, article_pk, stored in rows}
        articles = self._articles(sorted({article_pk for _, article_pk, _ in rows}))
        out: dict[int, list[tuple[Article, StoredEvent]]] = defaultdict(list)
        for event_pk, story_pk in places:
            article_pk, stored = events[event_pk]
            out[story_pk].append((articles[article_pk], stored))
        return out

    def _reports(self, story_pks: Sequence[int]) -> dict[int, list[StoredReport]]:
        statement = (
            select(StoryEventRow, StoryRow.id)
            .join(StoryRow, StoryRow.pk == StoryEventRow.story_pk)
            .where(StoryEventRow.story_pk.in_(story_pks))
            .order_by(StoryEventRow.story_pk, StoryEventRow.position)
        )
        rows = self._session.execute(statement).all()
        pks = [row.event_pk for row, _ in rows]
        events = {pk: stored for pk, _, stored in self._events(pks)}
        return {
            pk: [StoredReport(events[row.event_pk], _place(row, name)) for row, name in group]
            for pk, group in groupby(rows, key=lambda pair: pair[0].story_pk)
        }

    def _articles(self, pks: Sequence[int]) -> dict[int, Article]:
        statement = select(ArticleRow).options(selectinload(ArticleRow.masked))
        return {row.pk: article_of(row) for (row,) in self._in(statement, ArticleRow.pk, pks)}

    def _placed(self, article_pks: Sequence[int]) -> Iterator[int]:
        statement = select(StoryEventRow.event_pk).join(
            EventRow, EventRow.pk == StoryEventRow.event_pk
        )
        yield from (pk for (pk,) in self._in(statement, EventRow.article_pk, article_pks))

    def _events(self, pks: Sequence[int]) -> Iterator[tuple[int, int, StoredEvent]]:
        """Key, article's key and record of the events with these keys."""
        rows = list(self._in(event_rows(), EventRow.pk, pks))
        ran = Copies(self._session).ran({article.id for _, article in rows})
        for row, article in rows:
            yield row.pk, row.article_pk, stored_event(row, article, ran.get(article.id, ()))

    def _in(self, statement: Any, column: Any, values: Sequence[Any]) -> Iterator[Any]:
        """Rows of the statement where ``column`` is one of ``values``."""
        for part in _parts(values, _ASKED):
            yield from self._session.execute(statement.where(column.in_(part)))


def _parts(values: Sequence[_Value], size: int) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _text_order(stored: StoredEvent) -> tuple[int, int, str]:
    event = stored.event
    return event.sentence, event.evidence.trigger.start, event.event_id


def _row(event_pk: int, story_pk: int, place: StoryPlace) -> dict[str, Any]:
    return {
        "event_pk": event_pk,
        "story_pk": story_pk,
        "position": place.position,
        "score": place.score,
        "like_event": place.like_event,
        "like_document": place.like_document,
        "reasons": json.dumps([[r.name, r.points, r.words] for r in place.reasons]),
    }


def _place(row: StoryEventRow, story_id: str) -> StoryPlace:
    return StoryPlace(
        story_id,
        row.position,
        row.score,
        row.like_event,
        row.like_document,
        tuple(StoryReason(*reason) for reason in json.loads(row.reasons)),
    )
