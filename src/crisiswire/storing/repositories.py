"""Reading and writing articles and events within one session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import CursorResult, Row, Select, delete, func, select
from sqlalchemy.orm import Session

from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing.copies import Copies
from crisiswire.storing.mapping import actor_of, article_of, article_row, stored_event
from crisiswire.storing.paging import Key, Page
from crisiswire.storing.queries import (
    Matcher,
    article_page_statement,
    articles_statement,
    begins_with,
    event_page_statement,
    event_rows,
    events_statement,
    named,
    search_condition,
    unresolved_statement,
)
from crisiswire.storing.records import (
    EventQuery,
    FoundArticle,
    PartyMention,
    StoredEvent,
    UncodedArticle,
)
from crisiswire.storing.searching import Search, matches, parse_search, snippet
from crisiswire.storing.tables import ArticleRow, EventRow
from crisiswire.storing.writing import write_events

PREFIX_LENGTH = 6
_BATCH = 500  # rows held at a time
_MANY = 20_000  # keys whose events are fetched and sorted in about a tenth of a second
_LISTED = 10  # events named in a message


class Articles:
    """The articles of a store. ``matching`` is the database's text search."""

    def __init__(self, session: Session, matching: Matcher) -> None:
        self._session = session
        self._matching = matching

    def add(self, article: Article, pk: int | None = None, not_coded: str | None = None) -> int:
        """Write a new article and give its key: ``pk``, if it takes the place of an older one."""
        row = article_row(article, pk, not_coded)
        self._session.add(row)
        self._session.flush()
        return row.pk

    def delete(self, article_id: str) -> bool:
        """Delete an article with its events. False when there is none of this id."""
        statement = delete(ArticleRow).where(ArticleRow.id == article_id)
        result = self._session.connection().execute(statement)
        assert isinstance(result, CursorResult)
        return result.rowcount > 0

    def key(self, article_id: str) -> tuple[int, str, dt.date] | None:
        """Key, text and date of the article of this id."""
        columns = select(ArticleRow.pk, ArticleRow.text, ArticleRow.date)
        found = self._session.execute(columns.where(ArticleRow.id == article_id)).one_or_none()
        return None if found is None else found._tuple()

    def has(self, article_id: str) -> bool:
        """Whether there is an article of this id."""
        statement = select(ArticleRow.pk).where(ArticleRow.id == article_id)
        return self._session.scalar(statement) is not None

    def not_coded(self) -> Iterator[UncodedArticle]:
        """Those that were kept but not coded, by date, then id."""
        columns = (
            ArticleRow.id,
            ArticleRow.date,
            ArticleRow.language,
            ArticleRow.outlet,
            ArticleRow.title,
            ArticleRow.not_coded,
        )
        statement = select(*columns).where(ArticleRow.not_coded.is_not(None))
        ordered = statement.order_by(ArticleRow.date, ArticleRow.id)
        for row in self._session.execute(ordered, execution_options={"yield_per": _BATCH}):
            name, day, language, outlet, title, reason = row
            yield UncodedArticle(name, day, language, outlet, title, reason or "")

    def get(self, article_id: str) -> Article | None:
        """The article of this id."""
        statement = articles_statement(None, None, None, None, 0)
        row = self._session.scalar(statement.where(ArticleRow.id == article_id))
        return None if row is None else article_of(row)

    def find(
        self,
        published_from: dt.date | None,
        published_to: dt.date | None,
        outlet: str | None,
        limit: int | None,
        offset: int,
    ) -> Iterator[Article]:
        """Articles by date, then id."""
        statement = articles_statement(published_from, published_to, outlet, limit, offset)
        streaming = {"yield_per": _BATCH}
        for row in self._session.scalars(statement, execution_options=streaming):
            yield article_of(row)

    def page(
        self,
        published_from: dt.date | None,
        published_to: dt.date | None,
        outlet: str | None,
        after: Key | None,
        limit: int,
        newest_first: bool,
    ) -> Page[Article]:
        """At most ``limit`` articles by date, then id, after the place ``after``."""
        statement = article_page_statement(
            published_from, published_to, outlet, after, limit + 1, newest_first
        )
        return self._page(statement, limit)

    def search(
        self,
        words: str,
        published_from: dt.date | None,
        published_to: dt.date | None,
        outlet: str | None,
        after: Key | None,
        limit: int,
        newest_first: bool,
    ) -> Page[FoundArticle]:
        """At most ``limit`` articles whose text and title meet ``words``, by date, then id,
        after the place ``after``. Raises StoreError when they hold no word."""
        search = parse_search(words)
        condition = search_condition(words, "article", self._matching, _Frequent(self._session))
        statement = article_page_statement(
            published_from, published_to, outlet, after, limit + 1, newest_first, condition
        )
        page = self._page(statement, limit)
        return Page(tuple(_found(article, search) for article in page.items), page.next)

    def _page(self, statement: Select[ArticleRow], limit: int) -> Page[Article]:
        found = [article_of(row) for row in self._session.scalars(statement)]
        last = found[limit - 1] if len(found) > limit else None
        return Page(tuple(found[:limit]), Key(last.date, last.id).cursor() if last else None)

    def count(self) -> tuple[int, int, int]:
        """How many there are, how many of them are copies, and how many were not coded."""
        # Each is counted in an index: the articles themselves are long.
        every = select(func.count()).select_from(ArticleRow)
        counts = (
            every,
            every.where(ArticleRow.copy_of.is_not(None)),
            every.where(ArticleRow.not_coded.is_not(None)),
        )
        return self._session.execute(select(*(c.scalar_subquery() for c in counts))).one()._tuple()


class _Frequent:
    """Whether a statement gives more than :data:`_MANY` keys. It stops counting there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, keys: Select[int]) -> bool:
        some = keys.limit(_MANY + 1).subquery()
        return (self._session.scalar(select(func.count()).select_from(some)) or 0) > _MANY


def _found(article: Article, search: Search) -> FoundArticle:
    within = matches(article.text, search)
    start, end = snippet(article.text, within)
    return FoundArticle(
        article,
        tuple((one.start, one.end) for one in within),
        tuple((one.start, one.end) for one in matches(article.title or "", search)),
        article.text[start:end],
        start,
    )


class Events:
    """The events of a store. ``matching`` is the database's text search."""

    def __init__(self, session: Session, matching: Matcher) -> None:
        self._session = session
        self._matching = matching

    def add(self, article_pk: int, events: Sequence[Event]) -> None:
        """Write the events of the article with this key."""
        write_events(self._session, article_pk, events)

    def find(self, query: EventQuery) -> Iterator[StoredEvent]:
        """Events that meet ``query``, by date of event, date of article, sentence."""
        statement = events_statement(query, self._matching)
        streaming = {"yield_per": _BATCH}
        found = self._session.execute(statement, execution_options=streaming)
        for batch in found.partitions():
            yield from self._stored(batch)

    def _stored(self, rows: Sequence[Row[EventRow, ArticleRow]]) -> list[StoredEvent]:
        ran = Copies(self._session).ran({article.id for _, article in rows})
        return [stored_event(row, article, ran.get(article.id, ())) for row, article in rows]

    def page(
        self, query: EventQuery, after: Key | None, limit: int, newest_first: bool
    ) -> Page[StoredEvent]:
        """At most ``limit`` events that meet ``query`` by the day they begin, id, document,
        after the place ``after``."""
        statement = event_page_statement(
            query, self._matching, _Frequent(self._session), after, limit + 1, newest_first
        )
        found = self._stored(self._session.execute(statement).all())
        last = found[limit - 1].event if len(found) > limit else None
        key = Key(last.date.start, last.event_id, last.document_id) if last else None
        return Page(tuple(found[:limit]), key.cursor() if key else None)

    def unresolved(self) -> Iterator[PartyMention]:
        """Actors and recipients without country or entity of their own, article by article."""
        streaming = {"yield_per": _BATCH}
        rows = self._session.execute(unresolved_statement(), execution_options=streaming)
        for party, event, document in rows:
            yield PartyMention(
                actor_of(party),
                document,
                event.evidence_text,
                event.evidence_start,
                event.place_country,
            )

    def get(self, event_id: str) -> StoredEvent | None:
        """The one event with this id, or whose id begins so (6 characters or more).

        Raises StoreError when several do, and lists them.
        """
        conditions = [named(event_id)]
        if len(event_id) >= PREFIX_LENGTH:
            conditions.append(begins_with(event_id))
        for condition in conditions:
            statement = event_rows().where(condition).limit(_LISTED + 1)
            found = self._stored(self._session.execute(statement).all())
            if len(found) == 1:
                return found[0]
            if found:
                raise StoreError(_ambiguous(event_id, [stored.event for stored in found]))
        return None

    def span(self) -> tuple[int, dt.date | None, dt.date | None]:
        """How many events there are, copies left out, and the first and last day on which one
        begins."""
        # An index answers each by itself.
        every = select(func.count()).select_from(EventRow)
        days = select(EventRow.date_start).where(EventRow.copied.is_(False)).limit(1)
        parts = (
            every,
            every.where(EventRow.copied.is_(True)),
            days.order_by(EventRow.date_start),
            days.order_by(EventRow.date_start.desc()),
        )
        row = self._session.execute(select(*(part.scalar_subquery() for part in parts))).one()
        return row[0] - row[1], row[2], row[3]


def _ambiguous(event_id: str, events: Sequence[Event]) -> str:
    listed = ", ".join(
        f"{event.event_id} ({event.event_type} in {event.document_id})"
        for event in events[:_LISTED]
    )
    more = " and more" if len(events) > _LISTED else ""
    return (
        f"event {event_id}: several are meant: {listed}{more}; "
        "give more of the id, or ask by document"
    )
