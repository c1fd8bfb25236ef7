"""What people write for a field becomes a value of the record, or is refused by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crisiswire import Article, Coder
from crisiswire.errors import ReviewError
from crisiswire.model import Evidence, Span
from crisiswire.reviewing.values import Setting, date_of, party_of, place_of
from crisiswire.reviewing.words import trigger_at

SENTENCE = "Norwegian medics treated villagers near Misrata on Monday."
TEXT = f"The gunmen came first. {SENTENCE} Then the gunmen fled to Springfield."
START = TEXT.index(SENTENCE)
AT = TEXT.index("treated")


@pytest.fixture
def setting() -> Setting:
    evidence = Evidence(SENTENCE, START, START + len(SENTENCE), Span("treated", AT, AT + 7))
    return Setting(Article(TEXT, dt.date(2020, 8, 12)), evidence)


PARTIES: list[tuple[Any, tuple[str, str | None, tuple[str, ...]]]] = [
    ("Norwegian medics", ("Norwegian medics", "NOR", ("MED",))),
    ("norwegian  medics", ("Norwegian medics", "NOR", ("MED",))),
    ("villagers [LBY CVL]", ("villagers", "LBY", ("CVL",))),
    ("the gunmen [lby reb·uaf]", ("the gunmen", "LBY", ("REB", "UAF"))),
    ("villagers [CVL]", ("villagers", None, ("CVL",))),
    ({"text": "villagers", "country": "LBY"}, ("villagers", "LBY", ("CVL",))),
    ({"name": "Red Crescent", "country": "NGO", "sectors": ["MED"]}, ("treated", "NGO", ("MED",))),
    ({"name": "Norway"}, ("treated", "NOR", ())),
    ("=Red Crescent [NGO MED]", ("treated", "NGO", ("MED",))),
    ("=Norway", ("treated", "NOR", ())),
]


@pytest.mark.parametrize(("value", "expected"), PARTIES, ids=[str(v) for v, _ in PARTIES])
def test_parties(coder: Coder, setting: Setting, value: Any, expected: Any) -> None:
    found = party_of(value, "actors", setting, coder)
    assert (found.text, found.country, found.sectors) == expected
    assert TEXT[found.start : found.end] == found.text


def test_a_party_that_the_event_has_keeps_what_the_coder_knows(
    coder: Coder, setting: Setting
) -> None:
    own = party_of("villagers [LBY REF]", "actors", setting, coder)
    beside = Setting(setting.article, setting.evidence, (own,))
    assert party_of("villagers", "recipients", beside, coder) == own


def test_the_nearest_of_the_same_words_in_the_sentence_first(
    coder: Coder, setting: Setting
) -> None:
    assert party_of("the gunmen", "actors", setting, coder).start == TEXT.index("the gunmen")


WRONG_PARTIES: list[tuple[Any, str]] = [
    ("nobody here", "'nobody here' does not stand in the article"),
    ("villagers [XXX]", "country 'XXX' is unknown; give an ISO 3166 alpha-3 code"),
    ("villagers [LBY XXX]", "'XXX' is no sector; give COP, GOV"),
    ({"name": "A", "sectors": ["XXX"]}, r"sectors \['XXX'\] are unknown; give COP"),
    ({"name": "A", "sectors": ["GOV", "GOV"]}, "come twice"),
    ({"name": "A", "colour": 1}, "a party has no 'colour'; give text, name"),
    ({"country": "LBY"}, "a party needs words"),
    ({"name": "A", "entity_id": 4}, "entity_id 4 is no text"),
    (7, "7 is no party"),
]


@pytest.mark.parametrize(
    ("value", "message"), WRONG_PARTIES, ids=[str(v) for v, _ in WRONG_PARTIES]
)
def test_wrong_parties(coder: Coder, setting: Setting, value: Any, message: str) -> None:
    with pytest.raises(ReviewError, match=f"^recipients: .*{message}") as refused:
        party_of(value, "recipients", setting, coder)
    assert refused.value.field == "recipients"


DATES: list[tuple[Any, tuple[str | None, str, str, str]]] = [
    ("2020-08-10", (None, "2020-08-10", "2020-08-10", "day")),
    ("2020-02", (None, "2020-02-01", "2020-02-29", "month")),
    ("2020-12", (None, "2020-12-01", "2020-12-31", "month")),
    ("2019", (None, "2019-01-01", "2019-12-31", "year")),
    ("2020-08-03..2020-08-09", (None, "2020-08-03", "2020-08-09", "week")),
    ("2020-06 .. 2020-08", (None, "2020-06-01", "2020-08-31", "quarter")),
    ("2010..2019", (None, "2010-01-01", "2019-12-31", "decade")),
    ("Monday", ("Monday", "2020-08-10", "2020-08-10", "day")),
    ("last week", (None, "2020-08-03", "2020-08-09", "week")),
    ({"start": "2020-08-10"}, (None, "2020-08-10", "2020-08-10", "day")),
    ({"start": "2020-08-12", "end": "2020-08-12", "precision": "article", "text": None},
     (None, "2020-08-12", "2020-08-12", "article")),
    ({"start": "2020-08-10", "text": "Monday", "text_start": TEXT.index("Monday")},
     ("Monday", "2020-08-10", "2020-08-10", "day")),
    ({"start": "2020-08-10", "text": "Monday", "text_start": 0},
     (None, "2020-08-10", "2020-08-10", "day")),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), DATES, ids=[str(v) for v, _ in DATES])
def test_dates(setting: Setting, value: Any, expected: Any) -> None:
    when = date_of(value, setting)
    assert (when.text, when.start.isoformat(), when.end.isoformat(), when.precision) == expected
    if when.text is not None:
        assert TEXT[when.text_start : when.text_end] == when.text


@pytest.mark.parametrize(
    "value",
    ["2020-13", "2020-02-30", "soonish", 7, "2020-08-10..2020-08-01", {"start": None},
     {"start": "2020-08-10", "precision": "hour"}],
    ids=str,
)  # fmt: skip
def test_wrong_dates(setting: Setting, value: Any) -> None:
    with pytest.raises(
        ReviewError, match=r"^date: .*YYYY|^date: .*start|^date: .*A first"
    ) as error:
        date_of(value, setting)
    assert error.value.field == "date"


def test_places(coder: Coder, setting: Setting) -> None:
    here = place_of("Misrata", setting, coder)
    assert here is not None
    assert (here.text, here.country, here.kind) == ("Misrata", "LBY", "city")
    named = place_of("Springfield [USA]", setting, coder)
    assert named is not None
    assert (named.country, TEXT[named.start : named.end]) == ("USA", "Springfield")
    elsewhere = place_of("Oslo", setting, coder)
    assert elsewhere is not None
    assert (elsewhere.text, elsewhere.country) == ("treated", "NOR")
    camp = {"name": "Camp North", "country": "LBY", "latitude": 32, "longitude": 15.5}
    mapped = place_of(camp, setting, coder)
    assert mapped is not None
    assert (mapped.name, mapped.latitude, mapped.precision) == ("Camp North", 32.0, "at")
    assert place_of(None, setting, coder) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("Nowheregrad", "'Nowheregrad' is in no gazetteer"),
        ("Oslo [LBY]", "'Oslo' is in no gazetteer for LBY"),
        ("Oslo [XXX]", "country 'XXX' is unknown"),
        ({"name": "A", "latitude": 91, "longitude": 0}, "latitude 91 is none"),
        ({"name": "A", "latitude": 9}, "longitude None is none"),
        ({"name": "A", "height": 9}, "a place has no 'height'"),
        ({"country": "LBY"}, "a place needs a name"),
        (7, "7 is no place"),
    ],
    ids=str,
)
def test_wrong_places(coder: Coder, setting: Setting, value: Any, message: str) -> None:
    with pytest.raises(ReviewError, match=f"^place: {message}") as refused:
        place_of(value, setting, coder)
    assert refused.value.field == "place"


@pytest.mark.parametrize(
    ("quoted", "start"),
    [
        ("treated", AT),
        ("medics {treated} villagers", AT),
        ("Norwegian   medics\n{treated}", AT),
        ("{fled} to", TEXT.index("fled")),
        ("Then {the gunmen}", TEXT.index("the gunmen fled")),
    ],
)
def test_triggers(quoted: str, start: int) -> None:
    found = trigger_at(TEXT, quoted)
    assert found.start == start
    assert TEXT[found.start : found.end] == found.text


@pytest.mark.parametrize("quoted", ["gunmen", "nowhere", "the {nowhere}", "treat", "{ }", ""])
def test_triggers_that_are_not_one(quoted: str) -> None:
    with pytest.raises(ReviewError, match=r"trigger in braces: 'Norway \{sent\} medics'"):
        trigger_at(TEXT, quoted)
