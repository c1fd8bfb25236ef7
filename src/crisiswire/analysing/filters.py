"""The filters by which commands and the API choose among stored events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from crisiswire.analysing.series import Bar, bar_of
from crisiswire.errors import StoreError
from crisiswire.model import QuadClass, Status
from crisiswire.storing import EventQuery
from crisiswire.storing.records import Role, parse_dyad
from crisiswire.storing.searching import parse_search

_LONGEST = 1000  # characters of a value
_LARGEST = 2**53  # beyond it JSON's numbers are not exact


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date; write YYYY-MM-DD ({error})") from error


Day = Annotated[dt.date, BeforeValidator(_day, json_schema_input_type=dt.date)]
Word = Annotated[str, Field(max_length=_LONGEST)]


@contextmanager
def _as_value_error() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise ValueError(str(error)) from error


def fault_of(error: ValidationError) -> tuple[str, str]:
    """The name of the first bad filter and what is wrong with it."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    return name, reason_of(first)


def reason_of(fault: Mapping[str, Any]) -> str:
    """What is wrong, in the validator's own words where it has some."""
    told = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        return f"{fault['input']!r} is not known; one of {told['expected'].replace(chr(39), '')}"
    if fault["type"] == "extra_forbidden":
        return "is no name that is known here"
    own = told.get("error")
    return str(own) if isinstance(own, ValueError) else str(fault["msg"])


def _bar(text: str | None) -> Bar | None:
    return None if text is None else bar_of(text)


class Filters(BaseModel):
    """Which events to give; every filter that is set must hold. See docs/api.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dyad: Word | None = Field(None, description="USA-VEN (who to whom) or USA~VEN (either way).")
    type: tuple[Word, ...] = Field((), description="Event types.")
    quad_class: tuple[QuadClass, ...] = Field((), description="Quad classes.")
    status: tuple[Status, ...] = Field((), description="Statuses.")
    since: Day | None = Field(None, description="First day on which it may be going on.")
    until: Day | None = Field(None, description="Last day on which it may be going on.")
    actor: tuple[Word, ...] = Field((), description="Country codes of the actor.")
    recipient: tuple[Word, ...] = Field((), description="Country codes of the recipient.")
    bucket: Word | None = Field(None, description="A bar of the series: week.2019-05-13.")
    actor_sector: Word | None = Field(None, description="Sector of that actor.")
    recipient_sector: Word | None = Field(None, description="Sector of that recipient.")
    party: Word | None = Field(None, description="Key of an actor that takes part.")
    role: Role | None = Field(None, description="In this role; else actor or recipient.")
    counterpart: Word | None = Field(None, description="Key of who faces that party.")
    country: tuple[Word, ...] = Field((), description="Countries where it happened.")
    place: int | None = Field(None, ge=0, le=_LARGEST, description="GeoNames id of the place.")
    outlet: Word | None = Field(None, description="Outlet that told it.")
    document: Word | None = Field(None, description="Article that tells it.")
    text: Word | None = Field(None, description='Words of the sentence, "a phrase", or sanction*.')
    search: Word | None = Field(None, description="Words of the article or its title, as in text.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="Least confidence.")
    reviewed: bool | None = Field(None, description="Only what people judged, or nobody.")
    copies: bool = Field(False, description="Also what copies of a report tell again.")

    @field_validator("type")
    @classmethod
    def _known_types(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        from crisiswire.knowledge.files import ontology

        types = ontology()["types"]
        names = tuple(name.upper() for name in value)
        unknown = sorted(set(names) - set(types))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no PLOVER type; choose from {' '.join(types)}")
        return names

    @field_validator("dyad")
    @classmethod
    def _dyad(cls, value: str | None) -> str | None:
        with _as_value_error():
            parse_dyad(value)
        return value

    @field_validator("text", "search")
    @classmethod
    def _words(cls, value: str | None) -> str | None:
        if value is not None:
            with _as_value_error():
                parse_search(value)
        return value

    @field_validator("bucket")
    @classmethod
    def _bucket(cls, value: str | None) -> str | None:
        _bar(value)
        return value

    @field_validator("counterpart")
    @classmethod
    def _faces_a_party(cls, value: str | None, others: ValidationInfo) -> str | None:
        with _as_value_error():
            EventQuery(
                party=others.data.get("party"),
                party_role=others.data.get("role"),
                counterpart=value,
            )
        return value

    def query(self, limit: int | None = None) -> EventQuery:
        """The question to the store."""
        bar = _bar(self.bucket)
        return EventQuery(
            dyad=self.dyad,
            event_types=self.type,
            quad_classes=self.quad_class,
            statuses=self.status,
            date_from=self.since,
            date_to=bar.until(self.until) if bar else self.until,
            date_precisions=bar.precisions if bar else (),
            begins_from=bar.first if bar else None,
            actor_country=self.actor or None,
            recipient_country=self.recipient or None,
            actor_sector=self.actor_sector,
            recipient_sector=self.recipient_sector,
            party=self.party,
            party_role=self.role,
            counterpart=self.counterpart,
            place_country=self.country or None,
            geonames_id=self.place,
            outlet=self.outlet,
            document_id=self.document,
            text=self.text,
            search=self.search,
            min_confidence=self.min_confidence,
            reviewed=self.reviewed,
            copies=self.copies,
            limit=limit,
        )
