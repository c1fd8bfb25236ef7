"""PLOVER's JSON lines: every field, and null where nothing is known."""

from __future__ import annotations

import json
from typing import Any

from crisiswire.exporting.plover import plover_record

from .samples import CARACAS, TALKS, YEMEN, stored, written

AID_RECORD = {
    "id": "3f2a9c0011223344",
    "date": "2019-05-20",
    "enddate": "2019-05-20",
    "actor": [
        {
            "code": "RUS",
            "sector": "GOV",
            "entity_text": "Moscow",
            "identifier_id": "rus",
            "identifier_text": "Russia",
            "religion": None,
            "ethnicity": None,
            "office": None,
        }
    ],
    "recipient": [
        {
            "code": "VEN",
            "sector": "GOV",
            "entity_text": "President Nicolas Maduro",
            "identifier_id": "nicolas-maduro",
            "identifier_text": "Nicolas Maduro",
            "religion": None,
            "ethnicity": None,
            "office": "president",
        }
    ],
    "event": ["AID"],
    "event_loc": {
        "extracted_place": "Caracas",
        "resolved_place": "Caracas",
        "geonameid": 3646738,
        "lat": 10.48801,
        "lon": -66.87919,
        "city": "Caracas",
        "district": None,
        "province": "Distrito Capital",
        "country": "Venezuela",
        "country_code": "VEN",
        "feature_class": "P",
        "feature_code": "PPLC",
        "resolution": 4,
    },
    "event_text": ["sent"],
    "quad_code": "MATERIAL COOPERATION",
    "event_scale": 10.0,
    "mode": [],
    "context": ["military", "diplomatic"],
    "link": "https://example.org/a",
    "text": "Moscow sent experts to Caracas to help President Nicolas Maduro.",
    "text_info": {"sequence": 1, "start": 0, "end": 64, "text_story": "doc-1"},
    "cite_info": {
        "citation": "Example Wire",
        "url": "https://example.org/a",
        "title": "A title",
        "language": "en",
        "publication": "2019-05-20",
        "coder": "crisiswire test",
        "codebook": "PLOVER",
        "version": "0.8",
    },
    "coder": "crisiswire test",
    "coded_date": None,
    "coded_time": None,
    "size": {"dead": None, "injured": None, "arrested": None},
    "comment": None,
}


def read(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode().removesuffix("\n").split("\n")]


def test_the_record() -> None:
    assert read(written([stored()], "plover")) == [AID_RECORD]


def test_what_is_written_is_the_record() -> None:
    events = [stored(), stored(TALKS)]
    assert read(written(events, "plover")) == [plover_record(made) for made in events]


def test_all_parties_of_a_mutual_event_are_actors() -> None:
    (record,) = read(written([stored(TALKS)], "plover"))
    assert [entity["code"] for entity in record["actor"]] == ["USA", "IRN"]
    assert (record["recipient"], record["mode"], record["event_loc"]) == ([], ["visit"], None)


def test_numbers_status_and_speaker() -> None:
    (record,) = read(written([stored(TALKS)], "plover"))
    assert record["size"] == {"dead": 12, "injured": None, "arrested": None}
    assert record["comment"] == "status: future; statement by United Nations"


def test_resolution_says_how_narrow_the_place_is() -> None:
    records = read(written([stored(place=CARACAS), stored(place=YEMEN)], "plover"))
    assert [record["event_loc"]["resolution"] for record in records] == [4, 1]
