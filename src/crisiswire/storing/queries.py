"""The statements behind the store's questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased, load_only, selectinload

from crisiswire.storing.backends import Field
from crisiswire.storing.paging import Key
from crisiswire.storing.records import Dyad, EventQuery, country_codes, key_name, parse_dyad
from crisiswire.storing.searching import Search, parse_search
from crisiswire.storing.tables import ArticleRow, EventRow, PartyRow, SectorRow

Matcher = Callable[[Search, Field, bool], ColumnElement[bool]]
# Whether a statement gives so many keys that it is better to go through the events in their
# order and look at each, than to fetch and sort all those of the keys.
Frequent = Callable[[Select[int]], bool]
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
    statement = _matching_events(query, matching, _never).order_by(*_RECORD_ORDER)
    return _window(statement, query.limit, query.offset)


def event_page_statement(
    query: EventQuery,
    matching: Matcher,
    frequent: Frequent,
    after: Key | None,
    limit: int,
    newest_first: bool,
) -> Select[EventRow, ArticleRow]:
    """``limit`` events that meet ``query`` after the place ``after``, by date, id, document."""
    statement = _matching_events(query, matching, frequent)
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


def narrowed(statement: Selection, query: EventQuery, matching: Matcher) -> Selection:
    """``statement``, which reads from the events alone, for those that meet ``query``."""
    if asks_articles(query):
        statement = statement.join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
    return _filtered(statement, query, matching, _never)


def asks_articles(query: EventQuery) -> bool:
    """Whether a filter of ``query`` is on the articles."""
    asked = (query.published_from, query.published_to, query.outlet, query.document_id)
    return any(value is not None for value in (*asked, query.search))


def _never(keys: Select[int]) -> bool:  # noqa: ARG001
    return False


def _matching_events(
    query: EventQuery, matching: Matcher, frequent: Frequent
) -> Select[EventRow, ArticleRow]:
    return _filtered(_rows(), query, matching, frequent)


def _filtered(
    statement: Selection, query: EventQuery, matching: Matcher, frequent: Frequent
) -> Selection:
    statement = statement.where(
        *_event_filters(query), *_party_filters(query, frequent), *_told_once(query)
    )
    if query.text is not None:
        statement = statement.where(search_condition(query.text, "sentence", matching, frequent))
    if query.search is not None:
        statement = statement.where(search_condition(query.search, "article", matching, frequent))
    return statement


def search_condition(
    words: str, field: Field, matching: Matcher, frequent: Frequent
) -> ColumnElement[bool]:
    """The condition that a sentence, or an article, meets a search."""
    search = parse_search(words)
    keys: Select[int] = select(EventRow.pk if field == "sentence" else ArticleRow.pk)
    return matching(search, field, frequent(keys.where(matching(search, field, False))))


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
                ArticleRow.copy_of,
                raiseload=True,
            ),
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
    filters = article_filters(published_from, published_to, outlet)
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


def article_filters(
    published_from: dt.date | None, published_to: dt.date | None, outlet: str | None
) -> Iterator[ColumnElement[bool]]:
    """Conditions on the articles' dates, both included, and their outlet."""
    if published_from is not None:
        yield ArticleRow.date >= published_from
    if published_to is not None:
        yield ArticleRow.date <= published_to
    if outlet is not None:
        yield ArticleRow.outlet == outlet


def _event_filters(query: EventQuery) -> Iterator[ColumnElement[bool]]:
    yield from article_filters(query.published_from, query.published_to, query.outlet)
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
    if query.begins_from is not None:
        yield EventRow.date_start >= query.begins_from
    if query.date_precisions:
        yield EventRow.date_precision.in_(query.date_precisions)
    if countries := country_codes(query.place_country):
        yield EventRow.place_country.in_(countries)
    if query.geonames_id is not None:
        yield EventRow.place_geonames_id == query.geonames_id
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


def _party_filters(query: EventQuery, frequent: Frequent) -> Iterator[ColumnElement[bool]]:
    for role, asked, sector in (
        ("actor", query.actor_country, query.actor_sector),
        ("recipient", query.recipient_country, query.recipient_sector),
    ):
        countries = country_codes(asked)
        if countries or sector is not None:
            yield _has_party(role, countries, sector, frequent)
    if query.party is not None and query.counterpart is not None:
        yield _has_both(query.party, query.counterpart, query.party_role)
    elif query.party is not None:
        roles = ("actor", "recipient") if query.party_role is None else (query.party_role,)
        keys: Select[int] = select(PartyRow.event_pk).where(
            PartyRow.role.in_(roles), is_actor(query.party)
        )
        yield _among(keys, frequent(keys))
    dyad = parse_dyad(query.dyad)
    if dyad is not None:
        yield _has_dyad(dyad, frequent)


def _has_both(party: str, counterpart: str, role: str | None) -> ColumnElement[bool]:
    """One acts and the other is acted on; ``role`` is that of the first, else either."""
    acting = [(party, counterpart), (counterpart, party)]
    ways = acting if role is None else acting[:1] if role == "actor" else acting[1:]
    return or_(
        *(
            and_(
                EventRow.pk.in_(_of_role("actor", actor)),
                EventRow.pk.in_(_of_role("recipient", recipient)),
            )
            for actor, recipient in ways
        )
    )


def _of_role(role: str, key: str) -> Select[int]:
    return select(PartyRow.event_pk).where(PartyRow.role == role, is_actor(key))


def is_actor(key: str) -> ColumnElement[bool]:
    """The party is the actor of this key."""
    name = key_name(key)
    if name is None:
        return PartyRow.entity_id == key
    return and_(PartyRow.entity_id.is_(None), PartyRow.name == name)


def _has_party(
    role: str, countries: Sequence[str], sector: str | None, frequent: Frequent
) -> ColumnElement[bool]:
    """One party of ``role`` has both one of the countries and the sector, where given."""
    keys: Select[int]
    if sector is None:
        keys = select(PartyRow.event_pk).where(PartyRow.role == role)
    else:
        keys = (
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
    if countries:
        keys = keys.where(PartyRow.country.in_(countries))
    return _among(keys, frequent(keys))


def _among(keys: Select[int], checked: bool) -> ColumnElement[bool]:
    """The event's key is among ``keys``: ``checked`` event by event, or fetched by them."""
    if not checked:
        return EventRow.pk.in_(keys)
    key = next(iter(keys.selected_columns))
    return keys.where(key == EventRow.pk).correlate(EventRow).exists()


def _has_dyad(dyad: Dyad, frequent: Frequent) -> ColumnElement[bool]:
    forward = _has_pair("actor", dyad.first, "recipient", dyad.second, frequent)
    if dyad.directed:
        return forward
    return or_(
        forward,
        _has_pair("actor", dyad.second, "recipient", dyad.first, frequent),
        _has_pair("actor", dyad.first, "actor", dyad.second, frequent),
    )


def _has_pair(
    first_role: str, first: str, second_role: str, second: str, frequent: Frequent
) -> ColumnElement[bool]:
    """Two different parties of one event, of these roles and countries."""
    one, other = aliased(PartyRow), aliased(PartyRow)
    with_first: Select[int] = select(one.event_pk).where(
        one.role == first_role, one.country == first
    )
    with_second: Select[int] = select(other.event_pk).where(
        other.role == second_role, other.country == second
    )
    second_here = with_second.where(
        other.event_pk == one.event_pk,
        or_(one.role != other.role, one.position != other.position),
    ).correlate(one)
    many = frequent(with_first)
    if many and not frequent(with_second):  # begin with the rarer of the two
        first_here = with_first.where(
            one.event_pk == other.event_pk,
            or_(one.role != other.role, one.position != other.position),
        ).correlate(other)
        return _among(with_second.where(first_here.exists()), False)
    return _among(with_first.where(second_here.exists()), many)
