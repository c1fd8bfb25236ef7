"""The statements behind the store's questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased, load_only, selectinload

from crisiswire.storing.backends import Field
from crisiswire.storing.paging import Key
from crisiswire.storing.records import Dyad, EventQuery, parse_dyad
from crisiswire.storing.searching import Search, parse_search
from crisiswire.storing.tables import ArticleRow, EventRow, PartyRow, SectorRow

Matcher = Callable[[Search, Field], ColumnElement[bool]]
Column = InstrumentedAttribute[Any]
Selection = TypeVar("Selection", bound="Select[*tuple[Any, ...]]")
_LAST_CHARACTER = "\U0010ffff"
_RECORD_ORDER = (
    EventRow.date_start,
    ArticleRow.date,
    EventRow.sentence,
    ArticleRow.id,
    EventRow.trigger_start,
    EventRow.event_id,
)
_ARTICLE_ORDER = (ArticleRow.date, ArticleRow.id)


def events_statement(query: EventQuery, matching: Matcher) -> Select[EventRow, ArticleRow]:
    """Events that meet ``query`` with their articles, in the order of the record.

    ``matching`` turns a search into a condition in the database's own language.
    """
    statement = _matching_events(query, matching).order_by(*_RECORD_ORDER)
    return _window(statement, query.limit, query.offset)


def event_page_statement(
    query: EventQuery, matching: Matcher, after: Key | None, limit: int, newest_first: bool
) -> Select[EventRow, ArticleRow]:
    """``limit`` events that meet ``query`` after the place ``after``, by date, id, document."""
    statement = _matching_events(query, matching)
    if after is not None:
        place = tuple_(EventRow.date_start, EventRow.event_id)
        key = (after.date, after.id)
        document = ArticleRow.id
        # The first condition is the index's; ids rarely stand in two documents.
        if newest_first:
            beyond = or_(place < key, document < after.document_id)
            statement = statement.where(place <= key, beyond)
        else:
            beyond = or_(place > key, document > after.document_id)
            statement = statement.where(place >= key, beyond)
    order = (EventRow.date_start, EventRow.event_id, ArticleRow.id)
    return statement.order_by(*_directed(order, newest_first)).limit(limit)


def event_rows() -> Select[EventRow, ArticleRow]:
    """All events with their articles, in the order of the record."""
    return _rows().order_by(*_RECORD_ORDER)


def _matching_events(query: EventQuery, matching: Matcher) -> Select[EventRow, ArticleRow]:
    statement = _rows().where(*_event_filters(query), *_party_filters(query))
    if query.text is not None:
        statement = statement.where(matching(parse_search(query.text), "sentence"))
    if query.search is not None:
        statement = statement.where(matching(parse_search(query.search), "article"))
    return statement


def _rows() -> Select[EventRow, ArticleRow]:
    """All events with their articles; a fixed number of statements loads their parts."""
    return (
        select(EventRow, ArticleRow)
        .join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
        .options(
            selectinload(EventRow.contexts),
            selectinload(EventRow.parties).joinedload(PartyRow.sectors),
            selectinload(EventRow.quantities),
            load_only(
                ArticleRow.id,
                ArticleRow.date,
                ArticleRow.outlet,
                ArticleRow.title,
                ArticleRow.url,
                ArticleRow.language,
                raiseload=True,
            ),
        )
    )


def unresolved_statement() -> Select[PartyRow, EventRow, str]:
    """Actors and recipients without country or entity of their own, with their events and
    articles' ids. An entity such as ``sdn-mil`` is only the country's and sector's."""
    return (
        select(PartyRow, EventRow, ArticleRow.id)
        .join(EventRow, EventRow.pk == PartyRow.event_pk)
        .join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
        .where(
            PartyRow.role.in_(("actor", "recipient")),
            or_(
                PartyRow.country.is_(None),
                PartyRow.entity_id.is_(None),
                PartyRow.entity_id.like("___-___"),
            ),
        )
        .options(selectinload(PartyRow.sectors))
        .order_by(ArticleRow.id, EventRow.event_id, PartyRow.role, PartyRow.position)
    )


def articles_statement(
    published_from: dt.date | None,
    published_to: dt.date | None,
    outlet: str | None,
    limit: int | None,
    offset: int,
) -> Select[ArticleRow]:
    """Articles by date, then id."""
    statement = _matching_articles(published_from, published_to, outlet)
    return _window(statement.order_by(*_ARTICLE_ORDER), limit, offset)


def article_page_statement(
    published_from: dt.date | None,
    published_to: dt.date | None,
    outlet: str | None,
    after: Key | None,
    limit: int,
    newest_first: bool,
    found: ColumnElement[bool] | None = None,
) -> Select[ArticleRow]:
    """``limit`` articles after the place ``after``, by date, id; ``found``: of these only."""
    statement = _matching_articles(published_from, published_to, outlet)
    if found is not None:
        statement = statement.where(found)
    if after is not None:
        place, key = tuple_(*_ARTICLE_ORDER), (after.date, after.id)
        statement = statement.where(place < key if newest_first else place > key)
    return statement.order_by(*_directed(_ARTICLE_ORDER, newest_first)).limit(limit)


def _matching_articles(
    published_from: dt.date | None, published_to: dt.date | None, outlet: str | None
) -> Select[ArticleRow]:
    filters = _article_filters(published_from, published_to, outlet)
    return select(ArticleRow).options(selectinload(ArticleRow.masked)).where(*filters)


def _directed(columns: Sequence[Column], newest_first: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if newest_first else column.asc() for column in columns]


def named(event_id: str) -> ColumnElement[bool]:
    """The event's id is ``event_id``."""
    return EventRow.event_id == event_id


def begins_with(prefix: str) -> ColumnElement[bool]:
    """The event's id begins with ``prefix``, by the index in either database."""
    return and_(EventRow.event_id >= prefix, EventRow.event_id < prefix + _LAST_CHARACTER)


def _window(statement: Selection, limit: int | None, offset: int) -> Selection:
    if limit is not None:
        statement = statement.limit(limit)
    return statement.offset(offset) if offset else statement


def _article_filters(
    published_from: dt.date | None, published_to: dt.date | None, outlet: str | None
) -> Iterator[ColumnElement[bool]]:
    if published_from is not None:
        yield ArticleRow.date >= published_from
    if published_to is not None:
        yield ArticleRow.date <= published_to
    if outlet is not None:
        yield ArticleRow.outlet == outlet


def _event_filters(query: EventQuery) -> Iterator[ColumnElement[bool]]:
    yield from _article_filters(query.published_from, query.published_to, query.outlet)
    if query.document_id is not None:
        yield ArticleRow.id == query.document_id
    if query.event_types:
        yield EventRow.event_type.in_(query.event_types)
    if query.quad_classes:
        yield EventRow.quad_class.in_(query.quad_classes)
    if query.statuses:
        yield EventRow.status.in_(query.statuses)
    if query.date_from is not None:
        yield EventRow.date_end >= query.date_from
    if query.date_to is not None:
        yield EventRow.date_start <= query.date_to
    if query.place_country is not None:
        yield EventRow.place_country == query.place_country.upper()
    if query.min_confidence is not None:
        yield EventRow.confidence >= query.min_confidence


def _party_filters(query: EventQuery) -> Iterator[ColumnElement[bool]]:
    for role, country, sector in (
        ("actor", query.actor_country, query.actor_sector),
        ("recipient", query.recipient_country, query.recipient_sector),
    ):
        if country is not None or sector is not None:
            yield _has_party(role, country, sector)
    dyad = parse_dyad(query.dyad)
    if dyad is not None:
        yield _has_dyad(dyad)


def _has_party(role: str, country: str | None, sector: str | None) -> ColumnElement[bool]:
    """One party of ``role`` has both the country and the sector, where given."""
    if sector is None:
        statement = select(PartyRow.event_pk).where(PartyRow.role == role)
    else:
        statement = (
            select(SectorRow.event_pk)
            .join(
                PartyRow,
                and_(
                    PartyRow.event_pk == SectorRow.event_pk,
                    PartyRow.role == SectorRow.role,
                    PartyRow.position == SectorRow.party,
                ),
            )
            .where(SectorRow.role == role, SectorRow.sector == sector.upper())
        )
    if country is not None:
        statement = statement.where(PartyRow.country == country.upper())
    return EventRow.pk.in_(statement)


def _has_dyad(dyad: Dyad) -> ColumnElement[bool]:
    forward = _has_pair("actor", dyad.first, "recipient", dyad.second)
    if dyad.directed:
        return forward
    return or_(
        forward,
        _has_pair("actor", dyad.second, "recipient", dyad.first),
        _has_pair("actor", dyad.first, "actor", dyad.second),
    )


def _has_pair(first_role: str, first: str, second_role: str, second: str) -> ColumnElement[bool]:
    """Two different parties of one event, of these roles and countries."""
    other = aliased(PartyRow)
    return EventRow.pk.in_(
        select(PartyRow.event_pk)
        .join(other, other.event_pk == PartyRow.event_pk)
        .where(
            PartyRow.role == first_role,
            PartyRow.country == first,
            other.role == second_role,
            other.country == second,
            or_(PartyRow.role != other.role, PartyRow.position != other.position),
        )
    )
