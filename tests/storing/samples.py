"""Articles and events for the tests: made by hand, and by hypothesis."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

from hypothesis import strategies as st

from crisiswire.model import (
    Actor,
    Article,
    Attribution,
    AttributionKind,
    Event,
    EventType,
    Evidence,
    Place,
    Precision,
    QuadClass,
    Quantity,
    Span,
    Status,
    When,
)

DAY = dt.date(2019, 5, 20)


def article(name: str = "a", **fields: Any) -> Article:
    """An article with id ``name``."""
    plain: dict[str, Any] = {"text": f"The text of {name}.", "date": DAY, "id": name}
    return Article(**plain | fields)


def party(country: str | None = "RUS", *sectors: str) -> Actor:
    """A party of a country and sectors."""
    return Actor("the party", 0, 9, "Party", country, sectors)


def when(start: dt.date, end: dt.date | None = None) -> When:
    """A day, or the days from ``start`` to ``end``."""
    return When(None, start, end or start, "day" if end is None else "week")


def place(country: str) -> Place:
    """A place without coordinates."""
    return Place("there", 1, 6, "There", country, None, None, None, None, "city")


def event(document: str = "a", event_id: str = "event-1", **fields: Any) -> Event:
    """An event of a document; ``sentence_text`` sets the words of its sentence."""
    words = fields.pop("sentence_text", "Russia sent aid to Venezuela.")
    plain: dict[str, Any] = {
        "event_id": event_id,
        "document_id": document,
        "sentence": 0,
        "event_type": "AID",
        "mode": None,
        "contexts": (),
        "quad_class": "material cooperation",
        "intensity": 10.0,
        "cameo": "072",
        "actors": (party("RUS"),),
        "recipients": (party("VEN"),),
        "date": when(DAY),
        "place": None,
        "status": "actual",
        "attribution": Attribution("outlet"),
        "quantities": (),
        "evidence": Evidence(words, 0, len(words), Span(words[:4], 0, 4)),
        "confidence": 0.5,
        "coder": "test",
    }
    return Event(**plain | fields)


_TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        "",
        "\x00",
        "a\x00b",
        "\ud800",
        "\ufdd0",
        "\ufdd00000",
        "\ufdd0\x00",
        "🇻🇪 عدن \u202e",
        "\x01\x1b",
    ]
)
_MAYBE = st.none() | _TEXTS
_OFFSETS = st.integers(0, 2**31 - 1)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_DAYS = st.dates()
_CODES = st.lists(st.sampled_from(["MIL", "GOV", "military", "x\x00"]), max_size=4).map(tuple)
_ACTORS = st.builds(
    Actor, _TEXTS, _OFFSETS, _OFFSETS, _TEXTS, country=_MAYBE, sectors=_CODES, entity_id=_MAYBE
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _FLOATS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_PLACES = st.builds(
    Place,
    text=_TEXTS,
    start=_OFFSETS,
    end=_OFFSETS,
    name=_TEXTS,
    country=_MAYBE,
    admin1=_MAYBE,
    latitude=st.none() | _FLOATS,
    longitude=st.none() | _FLOATS,
    geonames_id=st.none() | _OFFSETS,
    kind=_TEXTS,
)

ARTICLES = st.builds(
    Article,
    text=_TEXTS,
    date=_DAYS,
    id=st.just("made") | _TEXTS,
    title=_MAYBE,
    outlet=_MAYBE,
    url=_MAYBE,
    language=_MAYBE,
    masked=st.lists(st.tuples(_OFFSETS, _OFFSETS), max_size=3).map(tuple),
    date_known=st.booleans(),
)


def events_of(document: str) -> st.SearchStrategy[list[Event]]:
    """Lists of any events of a document, each with an id of its own."""
    made = st.builds(
        Event,
        event_id=_TEXTS,
        document_id=st.just(document),
        sentence=_OFFSETS,
        event_type=st.sampled_from(get_args(EventType)),
        mode=_MAYBE,
        contexts=_CODES,
        quad_class=st.sampled_from(get_args(QuadClass)),
        intensity=_FLOATS,
        cameo=_TEXTS,
        actors=st.lists(_ACTORS, max_size=3).map(tuple),
        recipients=st.lists(_ACTORS, max_size=3).map(tuple),
        date=st.builds(
            When,
            _MAYBE,
            _DAYS,
            _DAYS,
            st.sampled_from(get_args(Precision)),
            st.none() | _OFFSETS,
            st.none() | _OFFSETS,
        ),
        place=st.none() | _PLACES,
        status=st.sampled_from(get_args(Status)),
        attribution=st.builds(
            Attribution,
            st.sampled_from(get_args(AttributionKind)),
            st.none() | _ACTORS,
            _MAYBE,
            st.booleans(),
            st.none() | _OFFSETS,
            st.none() | _OFFSETS,
        ),
        quantities=st.lists(
            st.builds(
                Quantity,
                _TEXTS,
                _FLOATS,
                st.booleans(),
                _TEXTS,
                _OFFSETS,
                _OFFSETS,
                unit=_MAYBE,
                minimum=st.none() | _FLOATS,
                maximum=st.none() | _FLOATS,
                designation=_MAYBE,
            ),
            max_size=3,
        ).map(tuple),
        evidence=st.builds(
            Evidence, _TEXTS, _OFFSETS, _OFFSETS, st.builds(Span, _TEXTS, _OFFSETS, _OFFSETS)
        ),
        confidence=st.floats(0, 1),
        coder=_TEXTS,
        explanation=st.dictionaries(_TEXTS, _JSON, max_size=3),
    )
    return st.lists(made, max_size=3, unique_by=lambda event: event.event_id)
