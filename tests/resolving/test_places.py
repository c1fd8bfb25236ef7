"""Places in plain text: a table of passages, and what holds for any text."""

from __future__ import annotations

import csv
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.knowledge.gazetteer import Gazetteer, gazetteer
from crisiswire.resolving.places import find_places

Found = set[tuple[str, str]]


def _cases() -> list[tuple[str, Found]]:
    path = Path(__file__).with_name("places.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cases = []
    for row in rows:
        items = [item.strip().rsplit(" ", 1) for item in row["expected"].split(";") if item.strip()]
        cases.append((row["text"], {(name, country) for name, country in items}))
    return cases


CASES = _cases()


def _found(text: str) -> Found:
    return {(p.text, p.country or "-") for p in find_places(text, gazetteer())}


def _most_populous(text: str, places: Gazetteer) -> Found:
    """Plain matching: each run of capitalised words, the namesake with most inhabitants."""
    found: Found = set()
    for match in re.finditer(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*", text):
        namesakes = places.lookup(match[0])
        if namesakes:
            largest = max(namesakes, key=lambda p: p.population)
            found.add((match[0], largest.country or "-"))
    return found


def _share_right(answers: list[Found]) -> float:
    right = sum(answer == expected for answer, (_, expected) in zip(answers, CASES, strict=True))
    return right / len(CASES)


def test_passages(record_property: pytest.RecordProperty) -> None:
    answers = [_found(text) for text, _ in CASES]
    plain = [_most_populous(text, gazetteer()) for text, _ in CASES]
    share, baseline = _share_right(answers), _share_right(plain)
    record_property("share_right", f"{share:.3f}, most populous {baseline:.3f}")
    wrong = [
        f"{text} expected {expected} found {answer}"
        for answer, (text, expected) in zip(answers, CASES, strict=True)
        if answer != expected
    ]
    assert len(CASES) >= 120
    assert share >= 0.97, "\n".join(wrong)
    assert share > baseline + 0.2, f"plain matching has {baseline:.3f}"


def test_given_countries_rank_namesakes() -> None:
    text = "The column left Tripoli at dawn."
    assert find_places(text, gazetteer())[0].country == "LBY"
    assert find_places(text, gazetteer(), countries=["LBN"])[0].country == "LBN"


def test_a_place_does_not_vouch_for_itself() -> None:
    found = find_places("Mozambique retook Palma.", gazetteer())
    assert [p.country for p in found] == ["MOZ", "MOZ"]


def test_a_surname_stays_a_surname() -> None:
    text = "Colonel Aleksandr Valencia spoke first. Later Valencia left the room."
    assert find_places(text, gazetteer()) == []


def test_a_list_of_places_holds_no_hints() -> None:
    found = find_places("Talks were held in Moscow, Washington and Beijing.", gazetteer())
    assert [p.country for p in found] == ["RUS", "USA", "CHN"]


WORDS = st.sampled_from(
    "Syria's Paris Texas the of in , . New York Times Tripoli al-Qaim Lebanese Mr Nancy Nice "
    "U.S. St. Petersburg Cox's Bazar — « İstanbul 12 \n and Bosnia Herzegovina Côte d’Ivoire".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_spans_point_at_whole_words_in_order(text: str) -> None:
    edge = 0
    for place in find_places(text, gazetteer()):
        assert text[place.start : place.end] == place.text
        assert place.start >= edge
        assert not re.match(r"\w", text[place.start - 1 : place.start] or " ")
        assert not re.match(r"\w", text[place.end : place.end + 1] or " ")
        assert gazetteer().has(place.text)
        edge = place.end


def test_work_grows_with_the_text() -> None:
    texts = [text for text, _ in CASES]
    random.Random(1).shuffle(texts)
    long = " ".join(texts)
    find_places(long, gazetteer())

    def seconds(text: str) -> float:
        started = time.process_time()
        find_places(text, gazetteer())
        return time.process_time() - started

    once = min(seconds(long) for _ in range(3))
    many = min(seconds(" ".join([long] * 8)) for _ in range(2))
    assert many < 8 * once * 2.5
