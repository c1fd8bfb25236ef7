"""Counts of events by place; see :mod:`crisiswire.storing.tallies`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, func, select

from crisiswire.storing.queries import Matcher, narrowed
from crisiswire.storing.records import EventQuery
from crisiswire.storing.tables import EventRow
from crisiswire.storing.tallies import Rows


def places(query: EventQuery, matching: Matcher) -> Rows:
    """``geonames_id``, ``quad_class``, ``precision``, ``events``, ``intensity``, ``first``,
    ``last``, ``sample`` of the places that the gazetteer knows."""
    keys = (
        EventRow.place_geonames_id.label("geonames_id"),
        EventRow.quad_class,
        EventRow.place_precision.label("precision"),
    )
    statement = select(*keys, *_place_sums()).where(EventRow.place_geonames_id.is_not(None))
    return narrowed(statement, query, matching).group_by(*keys)


def other_places(query: EventQuery, matching: Matcher) -> Rows:
    """The columns of :func:`place_columns`, then as in :func:`places`, of the others."""
    keys = (*_place_columns(), EventRow.quad_class, EventRow.place_precision.label("precision"))
    statement = select(*keys, *_place_sums()).where(
        EventRow.place_geonames_id.is_(None), EventRow.place_name.is_not(None)
    )
    return narrowed(statement, query, matching).group_by(*keys)


def place_columns(_: Matcher, events: Collection[int]) -> Rows:
    """``geonames_id``, ``name``, ``country``, ``admin1``, ``latitude``, ``longitude``, ``kind``
    of the places of the events of these pks."""
    return select(*_place_columns()).where(EventRow.pk.in_(events))


def _place_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        EventRow.place_geonames_id.label("geonames_id"),
        EventRow.place_name.label("name"),
        EventRow.place_country.label("country"),
        EventRow.place_admin1.label("admin1"),
        EventRow.place_latitude.label("latitude"),
        EventRow.place_longitude.label("longitude"),
        EventRow.place_kind.label("kind"),
    )


def _place_sums() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count().label("events"),
        func.sum(EventRow.intensity).label("intensity"),
        func.min(EventRow.date_start).label("first"),
        func.max(EventRow.date_start).label("last"),
        func.max(EventRow.pk).label("sample"),
    )
