"""Counts over the events that meet a question, made by the database.

Each function gives a statement; its docstring names the columns of its rows. ``matching`` is the
database's text search. A *key* is an actor's (:func:`crisiswire.storing.records.actor_key`), or
a country on the level of countries. ``intensity`` is a sum, ``sample`` the pk of an event.
An actor that stands twice in one role of an event counts once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased, joinedload

from crisiswire.storing.queries import Matcher, article_filters, asks_articles, is_actor, narrowed
from crisiswire.storing.records import EventQuery, key_name
from crisiswire.storing.story_rows import StoryEventRow, StoryRow
from crisiswire.storing.tables import ArticleRow, EventRow, PartyRow, SectorRow

Level = Literal["country", "actor"]
Split = Literal["quad_class", "type", "none"]
Rows = Select[*tuple[Any, ...]]
PARTIES = ("actor", "recipient")


def latest(_: Matcher) -> Rows:
    """``day`` of the latest article, null without any."""
    return select(func.max(ArticleRow.date).label("day"))


def articles(
    published_from: dt.date | None, published_to: dt.date | None, outlet: str | None
) -> Rows:
    """``articles``."""
    filters = article_filters(published_from, published_to, outlet)
    return select(func.count(ArticleRow.pk).label("articles")).where(*filters)


def story_number(query: EventQuery, matching: Matcher) -> Rows:
    """``stories`` with an event that meets ``query``."""
    statement = select(func.count(distinct(StoryEventRow.story_pk)).label("stories")).join(
        EventRow, EventRow.pk == StoryEventRow.event_pk
    )
    return narrowed(statement, query, matching)


def story_ids(_: Matcher, events: Collection[str]) -> Rows:
    """``event_id``, ``document``, ``story`` of the events of these ids."""
    return (
        select(EventRow.event_id, ArticleRow.id.label("document"), StoryRow.id.label("story"))
        .join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
        .join(StoryEventRow, StoryEventRow.event_pk == EventRow.pk)
        .join(StoryRow, StoryRow.pk == StoryEventRow.story_pk)
        .where(EventRow.event_id.in_(events))
    )


def per_article(ids: Collection[str]) -> Rows:
    """``id``, ``events`` of these articles."""
    return (
        select(ArticleRow.id, func.count().label("events"))
        .join(EventRow, EventRow.article_pk == ArticleRow.pk)
        .where(ArticleRow.id.in_(ids))
        .group_by(ArticleRow.id)
    )


def number(query: EventQuery, matching: Matcher) -> Rows:
    """``events``."""
    return narrowed(select(func.count(EventRow.pk).label("events")), query, matching)


def days(query: EventQuery, matching: Matcher, split: Split) -> Rows:
    """``day``, ``precision``, ``key`` (by the split), ``events``, ``intensity``."""
    kinds = {"quad_class": EventRow.quad_class, "type": EventRow.event_type}
    keys = (
        EventRow.date_start.label("day"),
        EventRow.date_precision.label("precision"),
        kinds[split].label("key") if split in kinds else literal("all").label("key"),
    )
    sums = (func.count().label("events"), func.sum(EventRow.intensity).label("intensity"))
    return narrowed(select(*keys, *sums), query, matching).group_by(*keys)


def actors(query: EventQuery, matching: Matcher) -> Rows:
    """``key``, ``events`` (on either side), ``as_actor``, ``as_recipient``, ``intensity`` (mean),
    ``first``, ``last``, ``sample``."""
    key = _key(PartyRow)
    taking_part = (
        select(
            key.label("key"),
            func.count(distinct(PartyRow.event_pk)).label("events"),
            *(func.sum(_one(PartyRow.role == role)).label(f"as_{role}") for role in PARTIES),
            func.avg(EventRow.intensity).label("intensity"),
            func.min(EventRow.date_start).label("first"),
            func.max(EventRow.date_start).label("last"),
            func.max(PartyRow.event_pk).label("sample"),
        )
        .select_from(EventRow)
        .outerjoin(PartyRow, _beside(PartyRow, PARTIES))
        .where(_is_there(PartyRow), _first(PartyRow, _key))
    )
    return narrowed(taking_part, query, matching).group_by(key)


def dyads(
    query: EventQuery,
    matching: Matcher,
    level: Level,
    *,
    since: dt.date | None = None,
    around: str | None = None,
    among: Collection[str] = (),
) -> Rows:
    """``source``, ``target``, ``quad_class``, ``events``, ``intensity``, ``first``, ``last``,
    ``sample``, and with ``since`` ``lately``, whether they begin on that day or later. Each pair
    of actor and recipient counts; ``around`` a key those that it is one of, ``among`` keys those
    that have both in them."""
    actor, recipient = aliased(PartyRow), aliased(PartyRow)
    key = _country if level == "country" else _key
    source, target = key(actor), key(recipient)
    groups: list[ColumnElement[Any]] = [
        source.label("source"),
        target.label("target"),
        EventRow.quad_class.expression,
    ]
    if since is not None:
        groups.append((EventRow.date_start >= since).label("lately"))
    pairs = (
        select(
            *groups,
            func.count().label("events"),
            func.sum(EventRow.intensity).label("intensity"),
            func.min(EventRow.date_start).label("first"),
            func.max(EventRow.date_start).label("last"),
            func.max(EventRow.pk).label("sample"),
        )
        .select_from(EventRow)
        .outerjoin(actor, _beside(actor, ("actor",)))
        .outerjoin(recipient, _beside(recipient, ("recipient",)))
        .where(
            *(met for side in (actor, recipient) for met in (_is_there(side), _first(side, key)))
        )
    )
    if level == "country":
        pairs = pairs.where(source.is_not(None), target.is_not(None))
    if around is not None:
        sides = [_is_key(party, level, (around,)) for party in (actor, recipient)]
        pairs = pairs.where(EventRow.pk.in_(_with_key(level, (around,))), or_(*sides))
    if among:
        sides = [_is_key(party, level, among) for party in (actor, recipient)]
        pairs = pairs.where(EventRow.pk.in_(_with_key(level, among)), *sides)
    return narrowed(pairs, query, matching).group_by(*groups)


def roles(query: EventQuery, matching: Matcher, party: str) -> Rows:
    """``role`` (also speaker), ``event_type``, ``events``, ``intensity``, ``first``, ``last``,
    ``sample`` of an actor."""
    columns = (PartyRow.role, EventRow.pk, EventRow.event_type)
    taking_part = (
        select(*columns, EventRow.intensity, EventRow.date_start)
        .select_from(PartyRow)
        .join(EventRow, EventRow.pk == PartyRow.event_pk)
        .where(is_actor(party))
    )
    once = narrowed(taking_part, query, matching).distinct().subquery()
    return select(
        once.c.role,
        once.c.event_type,
        func.count().label("events"),
        func.sum(once.c.intensity).label("intensity"),
        func.min(once.c.date_start).label("first"),
        func.max(once.c.date_start).label("last"),
        func.max(once.c.pk).label("sample"),
    ).group_by(once.c.role, once.c.event_type)


def names(query: EventQuery, matching: Matcher, party: str) -> Rows:
    """``text``, ``times`` of the words that stand for an actor, each place in a text once."""
    spots = (
        select(PartyRow.text, EventRow.article_pk, PartyRow.start)
        .join(EventRow, EventRow.pk == PartyRow.event_pk)
        .where(is_actor(party))
    )
    once = narrowed(spots, query, matching).distinct().subquery()
    return select(once.c.text, func.count().label("times")).group_by(once.c.text)


def parties_of(_: Matcher, events: Collection[int]) -> Rows:
    """``event_pk``, ``key``, ``name``, ``country``, ``role``, ``position``, ``sector`` of the
    parties of the events of these pks, a row for each sector, the best first."""
    sectors = and_(
        SectorRow.event_pk == PartyRow.event_pk,
        SectorRow.role == PartyRow.role,
        SectorRow.party == PartyRow.position,
    )
    columns = (PartyRow.name, PartyRow.country, PartyRow.role, PartyRow.position, SectorRow.sector)
    return (
        select(PartyRow.event_pk, _key(PartyRow).label("key"), *columns)
        .outerjoin(SectorRow, sectors)
        .where(PartyRow.event_pk.in_(events))
        .order_by(PartyRow.event_pk, PartyRow.role, PartyRow.position, SectorRow.position)
    )


def values(query: EventQuery, matching: Matcher, name: str) -> Rows:
    """``value``, ``events`` of a column of the events, or of "outlet" or "party_country"."""
    if name == "party_country":
        statement: Rows = (
            select(PartyRow.country.label("value"), func.count(distinct(EventRow.pk)))
            .select_from(EventRow)
            .outerjoin(PartyRow, _beside(PartyRow, PARTIES))
            .where(_is_there(PartyRow))
        )
        column: ColumnElement[Any] = PartyRow.country.expression
    elif name == "outlet":
        told = aliased(ArticleRow)
        own = (
            select(told.outlet)
            .where(told.pk == EventRow.article_pk)
            .correlate(EventRow)
            .scalar_subquery()
        )
        statement = select(own.label("value"), func.count()).select_from(EventRow)
        return narrowed(statement, query, matching).group_by(own)
    else:
        column = getattr(EventRow, name).expression
        statement = select(column.label("value"), func.count())
    return narrowed(statement, query, matching).where(column.is_not(None)).group_by(column)


def _with_key(level: Level, keys: Collection[str]) -> Select[int]:
    """The pks of the events that one of the keys takes part in."""
    own = select(PartyRow.event_pk).where(PartyRow.role.in_(PARTIES))
    return own.where(_is_key(PartyRow, level, keys))


def _is_key(party: Any, level: Level, keys: Collection[str]) -> ColumnElement[bool]:
    """The party has one of the keys, said so that the indexes help."""
    if level == "country":
        return cast(ColumnElement[bool], party.country.in_(keys))
    names = [name for key in keys if (name := key_name(key)) is not None]
    known = party.entity_id.in_([key for key in keys if key_name(key) is None])
    return or_(known, and_(party.entity_id.is_(None), party.name.in_(names)))


def _key(party: Any) -> ColumnElement[str]:
    return func.coalesce(party.entity_id, literal("~") + party.name)


def _country(party: Any) -> ColumnElement[str | None]:
    found: ColumnElement[str | None] = party.country.expression
    return found


def _beside(party: Any, roles: Collection[str]) -> ColumnElement[bool]:
    """The party is the event's, in one of the roles.

    For an outer join with :func:`_is_there`, which together are an inner one. SQLite, which keeps
    no statistics here, would begin an inner join with an index of the parties and fetch each
    event from another place; it must begin an outer one with the events.
    """
    return and_(party.event_pk == EventRow.pk, party.role.in_(roles))


def _is_there(party: Any) -> ColumnElement[bool]:
    """The outer join has found a party."""
    return func.coalesce(party.role, "") != ""


def _first(party: Any, key: Callable[[Any], ColumnElement[Any]]) -> ColumnElement[bool]:
    """No party before it, in the same role of the same event, has the same key. (Cheaper than to
    sort all and leave out what is equal, for few events have two in one role.)"""
    before = aliased(PartyRow)
    same = exists().where(
        before.event_pk == party.event_pk,
        before.role == party.role,
        before.position < party.position,
        key(before) == key(party),
    )
    return or_(party.position == 0, not_(same))


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def statements(
    query: EventQuery, matching: Matcher, after: Sequence[Any], newest: bool, limit: int
) -> Rows:
    """``date``, ``document``, ``start``, ``end``, ``key`` of the sentences in which somebody says
    what the events that meet ``query`` tell, one row an event; the first ``limit`` beyond the
    key ``after``."""
    order = (
        ArticleRow.date.label("date"),
        ArticleRow.id.label("document"),
        EventRow.evidence_start.label("start"),
        EventRow.evidence_end.label("end"),
        _key(PartyRow).label("key"),
    )
    statement = (
        select(*order)
        .select_from(EventRow)
        .outerjoin(PartyRow, _beside(PartyRow, ("speaker",)))
        .where(_is_there(PartyRow))
    )
    if not asks_articles(query):
        statement = statement.join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
    statement = narrowed(statement, query, matching)
    if after:
        place = tuple_(*(label.element for label in order))
        statement = statement.where(place < after if newest else place > after)
    ordered = statement.order_by(*(column.desc() if newest else column for column in order))
    return ordered.limit(limit)


def attributions(query: EventQuery, matching: Matcher, documents: Collection[str]) -> Rows:
    """The events of these documents that meet ``query``, without their parts, and the articles:
    columns of both, ``document`` the article's id, and the speaker as ``PartyRow``."""
    speaker = and_(PartyRow.event_pk == EventRow.pk, PartyRow.role == "speaker")
    statement = (
        select(
            EventRow.event_id,
            EventRow.sentence,
            EventRow.attribution_kind,
            EventRow.attribution_verb,
            EventRow.attribution_quoted,
            EventRow.evidence_text,
            EventRow.evidence_start,
            EventRow.evidence_end,
            ArticleRow.id.label("document"),
            ArticleRow.date,
            ArticleRow.outlet,
            ArticleRow.title,
            ArticleRow.url,
            ArticleRow.language,
            PartyRow,
        )
        .select_from(EventRow)
        .join(PartyRow, speaker)
        .options(joinedload(PartyRow.sectors))
    )
    if not asks_articles(query):
        statement = statement.join(ArticleRow, ArticleRow.pk == EventRow.article_pk)
    statement = narrowed(statement, query, matching).where(ArticleRow.id.in_(documents))
    return statement.order_by(EventRow.trigger_start, EventRow.event_id)
