"""The event store: open it, save what was coded, ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Row, Select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing import tallies
from crisiswire.storing.backends import Backend, backend_of
from crisiswire.storing.copies import Copies, sketch_of
from crisiswire.storing.paging import Page, check_page_limit, parse_cursor
from crisiswire.storing.queries import Matcher
from crisiswire.storing.records import (
    EventQuery,
    FoundArticle,
    PartyMention,
    StoreCounts,
    StoredEvent,
    UncodedArticle,
    Upgrade,
    check_window,
)
from crisiswire.storing.repositories import Articles, Events
from crisiswire.storing.review_rows import ReviewRows
from crisiswire.storing.reviews import ReviewRepository
from crisiswire.storing.schema import HEAD, ensure_current
from crisiswire.storing.stories import StoredReport, Stories
from crisiswire.storing.writing import check_belonging

_ALL = EventQuery()
_STORIES = "\0stories"  # no article has this id
_COPIES = "\0copies"


class Store:
    """Articles and the events coded from them, in SQLite or PostgreSQL.

    Threads may share a store; a process opens its own. Every method raises
    StoreLocked, StoreReadOnly or StoreError when the database refuses. ``upgraded``
    says that opening it brought older tables up to date, and where a copy is.
    """

    def __init__(self, backend: Backend, upgraded: Upgrade | None = None) -> None:
        self.upgraded = upgraded
        self._backend = backend
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        if not self._closed:
            self._closed = True
            self._backend.close()

    @property
    def place(self) -> str:
        """The store in words: a path, or a database and its host."""
        return self._backend.place

    @property
    def url(self) -> str:
        """The URL that :func:`open_store` takes for this store; it may hold a password."""
        return self._backend.url.render_as_string(hide_password=False)

    @property
    def readonly(self) -> bool:
        """Whether nothing can be saved here."""
        return self._backend.readonly

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for statements of one's own."""
        self._check_open()
        return self._backend.engine

    def save(
        self, article: Article, events: Sequence[Event], *, not_coded: str | None = None
    ) -> str | None:
        """Write an article and its events in one transaction, in place of earlier ones.

        What people have judged of the article's events is laid over the new ones. Gives the id of
        the first article that told the same report, to which this one is linked as a copy, or
        None. ``not_coded`` says why an article has no events. Saving the same again changes
        nothing and keeps the article's place among those that came. Raises StoreError, and
        writes nothing, when an event belongs to another document or comes twice.
        """
        check_belonging(article, events)
        action = f"saving article {article.id}"
        sketch = sketch_of(article)
        with self._session(self._backend.writing(), action) as session, session.begin():
            self._lock_links(session)
            self._backend.lock_article(session.connection(), article.id)
            articles, copies = self._articles(session), Copies(session)
            before = articles.key(article.id)
            articles.delete(article.id)
            pk = articles.add(article, before and before[0], not_coded)
            self._events(session).add(pk, events)
            rows = ReviewRows(session, self._backend.matching)
            if rows.about(article.id):
                rows.bring_up(article.id)
            first = copies.link(pk, sketch)
            if before and before[1:] != (article.text, article.date):
                copies.link_all_anew(article.id)
            return first

    @property
    def reviews(self) -> ReviewRepository:
        """The judgements of people about the events."""
        return ReviewRepository(self._backend, self._transaction)

    def delete_article(self, article_id: str) -> bool:
        """Delete an article and its events. False when the store has no such article."""
        action = f"deleting article {article_id}"
        with self._session(self._backend.writing(), action) as session, session.begin():
            self._lock_links(session)
            deleted = self._articles(session).delete(article_id)
            Copies(session).link_all_anew(article_id)
            return deleted

    def events(self, query: EventQuery = _ALL) -> Iterator[StoredEvent]:
        """Events that meet ``query``, by the day they begin, the article's date, the sentence.

        They stream from one state of the store: what is saved meanwhile is not seen.
        """
        with self._session(self._backend.reading(), "reading events") as session:
            yield from self._events(session).find(query)

    def event_page(
        self,
        query: EventQuery = _ALL,
        *,
        after: str | None = None,
        limit: int = 100,
        newest_first: bool = False,
    ) -> Page[StoredEvent]:
        """At most ``limit`` events that meet ``query``, by the day they begin, then id.

        ``after`` is the ``next`` of the page before; the query and the direction must stay
        the same. Raises StoreError for text that is no cursor, a limit out of range, and a
        query with a limit or offset of its own.
        """
        check_page_limit(limit)
        key = parse_cursor(after)
        if query.limit is not None or query.offset:
            raise StoreError("a page's query has no limit and no offset; give limit and after")
        with self._session(self._backend.reading(), "reading events") as session:
            return self._events(session).page(query, key, limit, newest_first)

    def unresolved_parties(self) -> Iterator[PartyMention]:
        """Actors and recipients without country or entity of their own, article by article."""
        with self._session(self._backend.reading(), "reading parties") as session:
            yield from self._events(session).unresolved()

    def event(self, event_id: str) -> StoredEvent | None:
        """The event of this id, or the only one whose id begins so (6 characters or more).

        Raises StoreError, listing them, when several are meant.
        """
        with self._session(self._backend.reading(), f"reading event {event_id}") as session:
            return self._events(session).get(event_id)

    def has_article(self, article_id: str) -> bool:
        """Whether the store has an article of this id."""
        with self._session(self._backend.reading(), f"looking for {article_id}") as session:
            return self._articles(session).has(article_id)

    def not_coded(self) -> Iterator[UncodedArticle]:
        """Articles that were kept but not coded, by date, then id."""
        with self._session(self._backend.reading(), "reading articles") as session:
            yield from self._articles(session).not_coded()

    def article(self, article_id: str) -> Article | None:
        """The article of this id."""
        with self._session(self._backend.reading(), f"reading article {article_id}") as session:
            return self._articles(session).get(article_id)

    def articles(
        self,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Article]:
        """Articles by date, then id. Both ends of the range of dates are included."""
        check_window(limit, offset)
        with self._session(self._backend.reading(), "reading articles") as session:
            yield from self._articles(session).find(
                published_from, published_to, outlet, limit, offset
            )

    def article_page(
        self,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        outlet: str | None = None,
        after: str | None = None,
        limit: int = 100,
        newest_first: bool = False,
    ) -> Page[Article]:
        """At most ``limit`` articles by date, then id; ``after`` as in :meth:`event_page`."""
        check_page_limit(limit)
        key = parse_cursor(after)
        with self._session(self._backend.reading(), "reading articles") as session:
            return self._articles(session).page(
                published_from, published_to, outlet, key, limit, newest_first
            )

    def search(
        self,
        words: str,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        outlet: str | None = None,
        after: str | None = None,
        limit: int = 20,
        newest_first: bool = True,
    ) -> Page[FoundArticle]:
        """Articles whose text and title meet ``words``, the newest first, with the places
        where they stand; ``after`` as in :meth:`event_page`.

        ``words`` are as in :class:`EventQuery`. Raises StoreError when they hold none.
        """
        check_page_limit(limit)
        key = parse_cursor(after)
        with self._session(self._backend.reading(), "searching articles") as session:
            return self._articles(session).search(
                words, published_from, published_to, outlet, key, limit, newest_first
            )

    def number(self, query: EventQuery = _ALL) -> int:
        """How many events meet ``query``; its limit and offset do not count."""
        return int(self.tally(lambda matching: tallies.number(query, matching))[0].events)

    def number_of_stories(self, query: EventQuery = _ALL) -> int:
        """How many stories have an event that meets ``query``."""
        found = self.tally(lambda matching: tallies.story_number(query, matching))
        return int(found[0].stories)

    def story_ids(self, events: Sequence[StoredEvent]) -> list[str | None]:
        """The ids of the events' stories, None for one that is in no story yet."""
        ids = [stored.event.event_id for stored in events]
        rows = self.tally(lambda matching: tallies.story_ids(matching, ids)) if ids else ()
        found = {(row.event_id, row.document): row.story for row in rows}
        return [found.get((s.event.event_id, s.event.document_id)) for s in events]

    def number_of_articles(
        self,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        outlet: str | None = None,
    ) -> int:
        """How many articles there are of these days and this outlet."""
        found = self.tally(lambda _: tallies.articles(published_from, published_to, outlet))
        return int(found[0].articles)

    def events_of_articles(self, ids: Sequence[str]) -> dict[str, int]:
        """Article id to the number of its events, for those that have any."""
        return {row.id: row.events for row in self.tally(lambda _: tallies.per_article(ids))}

    def latest(self) -> dt.date | None:
        """The day of the latest article, None in an empty store."""
        found: dt.date | None = self.tally(tallies.latest)[0].day
        return found

    def tally(
        self, make: Callable[[Matcher], Select[*tuple[Any, ...]]]
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows of the statement that ``make`` gives for the database's text search."""
        with self._session(self._backend.reading(), "counting") as session:
            return session.execute(make(self._backend.matching)).unique().all()

    def state(self) -> str:
        """A word that stays the same while nothing is written, in this process."""
        self._check_open()
        with _explained(self._backend, "reading the state of the store"):
            return self._backend.state()

    def counts(self) -> StoreCounts:
        """How much the store holds."""
        with self._session(self._backend.reading(), "counting") as session:
            events, first, last = self._events(session).span()
            articles, copies, not_coded = self._articles(session).count()
            return StoreCounts(articles, events, first, last, HEAD, copies, not_coded)

    def stories(self, query: EventQuery = _ALL) -> Iterator[list[StoredReport]]:
        """Stories with an event that meets ``query``, each with all its reports in the order they
        came; by the day on which the first event that meets it begins. ``limit`` and ``offset``
        of the query count stories."""
        with self._session(self._backend.reading(), "reading stories") as session:
            yield from Stories(session, self._backend.matching).find(query)

    def story(self, story_id: str) -> list[StoredReport]:
        """The reports of the story of this id, or of the only one whose id begins so (6 characters
        or more), in the order they came; none where there is no such story.

        Raises StoreError, listing them, when several are meant.
        """
        with self._session(self._backend.reading(), f"reading story {story_id}") as session:
            return Stories(session, self._backend.matching).get(story_id)

    def unplaced_articles(self) -> list[int]:
        """Keys, for :meth:`placing`, of the articles with events that are in no story yet."""
        with self._session(self._backend.reading(), "reading stories") as session:
            return Stories(session, self._backend.matching).waiting_articles()

    @contextmanager
    def placing(self) -> Iterator[Stories]:
        """The stories, to be written in one transaction; others who place events wait."""
        action = "placing events into stories"
        with self._session(self._backend.writing(), action) as session, session.begin():
            self._backend.lock_article(session.connection(), _STORIES)
            yield Stories(session, self._backend.matching)

    @contextmanager
    def _session(self, engine: Engine, action: str) -> Iterator[Session]:
        self._check_open()
        with _explained(self._backend, action), Session(engine, expire_on_commit=False) as session:
            yield session

    def _lock_links(self, session: Session) -> None:
        """One writer at a time: linking copies reads and writes what other articles have."""
        self._backend.lock_article(session.connection(), _COPIES)

    def _articles(self, session: Session) -> Articles:
        return Articles(session, self._backend.matching)

    def _events(self, session: Session) -> Events:
        return Events(session, self._backend.matching)

    @contextmanager
    def _transaction(self, action: str, writes: bool) -> Iterator[Session]:
        engine = self._backend.writing() if writes else self._backend.reading()
        with self._session(engine, action) as session, session.begin():
            yield session

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self.place}: the store was closed; open it again")


def open_store(url: str | Path | None = None, *, create: bool = True) -> Store:
    """Open the store at a URL or at the path of a SQLite file; None is the user's own.

    A new one is made where there is none and ``create`` is True; tables of an older
    crisiswire are brought up to date, a SQLite file after it was copied. A SQLite
    file that may not be written, or whose URL says ``?mode=ro``, is opened for reading.

    Raises StoreLocked, StoreReadOnly, StoreVersion or StoreError.
    """
    backend = backend_of(url)
    try:
        with _explained(backend, "opening the store"):
            backend.prepare(create=create)
            upgraded = ensure_current(backend, create=create)
    except BaseException:
        backend.engine.dispose()
        raise
    return Store(backend, upgraded)


@contextmanager
def _explained(backend: Backend, action: str) -> Iterator[None]:
    """Turn a database's error into one that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise backend.failure(error.orig or error, action) from error
    except SQLAlchemyError as error:
        raise StoreError(f"{backend.place}: {action} failed ({error})") from error
