"""Places in plain text: a table of passages, and what holds for any text."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence

import pytest
from eval.places import most_populous, passages, right
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.knowledge.gazetteer import gazetteer
from crisiswire.model import Place
from crisiswire.resolving.places import find_places

CASES = passages()


def _share_right(find: Callable[[str], Sequence[Place]]) -> tuple[float, list[str]]:
    """Share of the passages whose places are all right and no others found; the others."""
    wrong = []
    for text, gold in CASES:
        found = find(text)
        if not right(found, gold) == len(found) == len(gold):
            wrong.append(f"{text} found {[(p.text, p.country, p.kind) for p in found]}")
    return 1 - len(wrong) / len(CASES), wrong


def test_passages(record_property: pytest.RecordProperty) -> None:
    places = gazetteer()
    share, wrong = _share_right(lambda text: find_places(text, places))
    baseline, _ = _share_right(lambda text: most_populous(text, places))
    record_property("share_right", f"{share:.3f}, most populous {baseline:.3f}")
    assert len(CASES) >= 250
    assert share >= 0.96, "\n".join(wrong)
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
