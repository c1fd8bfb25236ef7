"""The statements behind the store's questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import aliased, load_only, selectinload

from crisiswire.storing.records import Dyad, EventQuery, Term, parse_dyad, parse_text
from crisiswire.storing.tables import ArticleRow, EventRow, PartyRow, SectorRow

Matcher = Callable[[Sequence[Term]], ColumnElement[bool]]
Selection = TypeVar("Selection", bound="Select[*tuple[Any, ...]]")
_LAST_CHARACTER = "\U0010ffff"


def events_statement(query: EventQuery, matching: Matcher) -> Select[EventRow, ArticleRow]:
    """Events that meet ``query`` with their articles, in the order of the record.

    ``matching`` turns search terms into a condition in the database's own language.
    """
    statement = event_rows().where(
        *_event_filters(query), *_party_filters(query), *_told_once(query)
    )
    terms = parse_text(query.text)
    if terms:
        statement = statement.where(matching(terms))
    return _window(statement, query.limit, query.offset)


def event_rows() -> Select[EventRow, ArticleRow]:
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
                ArticleRow.copy_of,
                raiseload=True,
            ),
        )
        .order_by(
            EventRow.date_start,
            ArticleRow.date,
            EventRow.sentence,
            ArticleRow.id,
            EventRow.trigger_start,
            EventRow.event_id,
        )
    )


def unresolved_statement() -> Select[PartyRow, EventRow, str]:
    """Actors and recipients without country or entity of their own, with their events and
    articles' ids, copies left out. An entity such as ``sdn-mil`` is only the country's and
    sector's."""
    return (
        select(PartyRow, EventRow, ArticleRow.id)
        .join(EventRow, EventRow.pk == PartyRow.event_pk)
        .join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
        .where(
            EventRow.copied.is_(False),
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
    filters = _article_filters(published_from, published_to, outlet)
    statement = (
        select(ArticleRow)
        .options(selectinload(ArticleRow.masked))
        .where(*filters)
        .order_by(ArticleRow.date, ArticleRow.id)
    )
    return _window(statement, limit, offset)


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
    if query.reviewed is not None:
        judged = EventRow.reviewed.is_not(None)
        yield judged if query.reviewed else ~judged


def _told_once(query: EventQuery) -> Iterator[ColumnElement[bool]]:
    """Leaves out what another article, that the query also gives, told first."""
    if query.copies or query.document_id is not None:
        return
    if query.outlet is None:
        yield EventRow.copied.is_(False)
        return
    first = aliased(ArticleRow)
    theirs = exists().where(first.id == ArticleRow.copy_of, first.outlet == query.outlet)
    yield or_(EventRow.copied.is_(False), not_(theirs))


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
