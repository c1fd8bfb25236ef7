"""The schema is what the classes say, and it refuses what they do not allow.

That every event coded in any test meets it is checked in conftest.py.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crisiswire import Article, Coder
from crisiswire.exporting.schema import build_event_schema, event_schema
from crisiswire.model import Actor, Event, Evidence, Place, Quantity, Span, When
from crisiswire.model import Attribution as Said
from helpers import check_spans

TEXT = "Russia sent aid to Venezuela."
RUSSIA = Actor("Russia", 0, 6, "Russia", "RUS", ("GOV",), "rus")
DAY = dt.date(2019, 5, 20)
EVENT = Event(
    event_id="90eeb5951797d9a1",
    document_id="a",
    sentence=0,
    event_type="CONSULT",
    mode="visit",
    contexts=("military",),
    quad_class="verbal cooperation",
    intensity=4.0,
    cameo="042",
    actors=(RUSSIA,),
    recipients=(Actor("Venezuela", 19, 28, "Venezuela"),),
    date=When(None, DAY, DAY, "article"),
    place=Place("Venezuela", 19, 28, "Venezuela", "VEN", None, 8.0, -66.0, 3625428, "country"),
    status="actual",
    attribution=Said("statement", RUSSIA, "says"),
    quantities=(Quantity("personnel", 100, True, "sent", 7, 11),),
    evidence=Evidence(TEXT, 0, len(TEXT), Span("sent", 7, 11)),
    confidence=0.83,
    coder="crisiswire",
    explanation={"entry": "test"},
)


def validator() -> Draft202012Validator:
    return Draft202012Validator(event_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_shipped_schema_is_up_to_date() -> None:
    """If this fails, run: python scripts/make_schema.py"""
    assert build_event_schema() == event_schema()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(event_schema())


def test_a_full_record_is_valid() -> None:
    record = json.loads(json.dumps(EVENT.to_record()))
    validator().validate(record)
    assert set(record) == set(event_schema()["properties"])


WRONG: list[tuple[tuple[str | int, ...], Any]] = [
    (("event_id",), ""),
    (("sentence",), -1),
    (("event_type",), "FIGHT"),
    (("mode",), "aerial"),  # a mode, but not of CONSULT
    (("contexts",), ["weather"]),
    (("contexts",), ["military", "military"]),
    (("quad_class",), "neutral"),
    (("intensity",), 10.5),
    (("cameo",), 42),
    (("cameo",), "4"),
    (("actors",), {}),
    (("actors", 0, "country"), "Russia"),
    (("actors", 0, "country"), "ru"),
    (("actors", 0, "sectors"), ["XYZ"]),
    (("actors", 0, "start"), -1),
    (("actors", 0, "start"), 0.5),
    (("actors", 0, "role"), "actor"),
    (("date", "start"), "20 May 2019"),
    (("date", "start"), "2019-02-30"),
    (("date", "precision"), "hour"),
    (("place", "latitude"), 91),
    (("place", "longitude"), -181),
    (("status",), "likely"),
    (("attribution", "kind"), "rumour"),
    (("attribution", "quoted"), None),
    (("quantities", 0, "value"), "100"),
    (("evidence", "trigger", "end"), None),
    (("confidence",), 1.01),
    (("confidence",), None),
    (("explanation",), {}),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda x: str(x)[:40])
def test_a_wrong_value_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    record = copy.deepcopy(json.loads(json.dumps(EVENT.to_record())))
    part = record
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert not validator().is_valid(record)


@pytest.mark.parametrize("field", sorted(EVENT.to_record()))
def test_every_field_is_required(field: str) -> None:
    record = EVENT.to_record()
    del record[field]
    assert not validator().is_valid(record)


def test_events_of_a_real_article_are_checked(coder: Coder) -> None:
    """The check of conftest.py sees what the coder codes, and it can fail."""
    article = Article("Russia imposed sanctions on Turkey on Monday.", DAY, "a")
    (event, *_) = coder.code(article)
    with pytest.raises(AssertionError):
        check_spans(event, Article("X" + article.text, DAY, "a"))
