"""Quantities of event reports: a table of sentences, heads, and what always holds."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.coding.quantities import QuantityMention, find_quantities
from crisiswire.coding.quantities_vocabulary import KINDS, QUANTITY_WORDS, load_quantity_words
from crisiswire.errors import DataError

CASES = Path(__file__).parent / "quantities.csv"
Told = tuple[str, float, float | None, float | None, bool, str | None, str]
WORDS = [
    *("12", "1,000", "2.5", "30", "2014", "0", "two", "a", "an", "one", "hundred", "dozen", "and"),
    *("dozens", "hundreds", "thousands", "of", "the", "million", "half", "several", "few", "to"),
    *("between", "at", "least", "more", "than", "up", "nearly", "no", "killed", "killing", "dead"),
    *("were", "was", "wounded", "arrested", "fled", "missing", "people", "soldiers", "police"),
    *("protesters", "prisoners", "tanks", "F-16", "Il-62", "S-300s", "rockets", "$", "€", "m"),
    *("dollars", "euros", "Canadian", "years", "-day", "days", "in", "prison", "sentenced", ","),
    *(".", "toll", "rose", "others", "including", "who", "them", "Kurds", "children", "-", "or"),
]
texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)
)


def _cases() -> list[tuple[str, list[Told]]]:
    """Sentences with all the quantities they tell, in order; none for a negative one."""
    expected: dict[str, list[Told]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found = expected[row["text"]]
            if row["kind"]:
                low = float(row["minimum"]) if row["minimum"] else None
                high = float(row["maximum"]) if row["maximum"] else None
                about = row["approximate"] == "yes"
                number = float(row["value"])
                told = (row["kind"], number, low, high, about, row["unit"] or None)
                found.append((*told, row["expected_text"]))
    return list(expected.items())


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_sentences(text: str, expected: list[Told]) -> None:
    assert [
        (m.kind, m.value, m.minimum, m.maximum, m.approximate, m.unit, m.text)
        for m in find_quantities(text)
    ] == expected


def test_the_table_is_large_and_has_every_kind() -> None:
    cases = _cases()
    told = [quantity for _, found in cases for quantity in found]
    assert len(told) >= 350
    assert sum(not found for _, found in cases) >= 60
    assert {kind for kind, *_ in told} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        ("Eight F-16s took off.", "F-16"),
        ("The base has two S-300 batteries.", "S-300"),
        ("An Antonov-124 landed.", "Antonov-124"),
        ("It bought 66 F-16V jets.", "F-16V"),
        ("It sent 18 HIMARS launchers.", "HIMARS"),
        ("It sent 12 Javelins.", "Javelin"),
        ("They lost six Bayraktar TB2 drones.", "Bayraktar TB2"),
        ("They lost four Leopard 2A6 tanks.", "Leopard 2A6"),
        ("Twelve tanks rolled in.", None),
        ("Two aircraft landed.", None),
    ],
)
def test_designation(text: str, designation: str | None) -> None:
    (found,) = find_quantities(text)
    assert found.designation == designation


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kidnappers let go 15 of the 28 pupils.", "prisoners"),
        ("A ballistic missile was fired.", "weapons"),
    ],
)
@pytest.mark.xfail(strict=True)
def test_known_misses(text: str, kind: str) -> None:
    assert kind in {found.kind for found in find_quantities(text)}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("It sent nearly 100 military personnel.", "personnel"),
        ("Hundreds of angry protesters gathered.", "protesters"),
        ("The raid left 12 dead.", "dead"),
        ("The bomb killed 12.", "12"),
        ("Two police officers were shot.", "officers"),
        ("It bought eight F-16 fighter jets.", "jets"),
        ("An Il-62 landed.", "Il-62"),
        ("He paid 20 million euros.", "euros"),
        ("She got a 10-year sentence.", "year"),
    ],
)
def test_head_word(text: str, head: str) -> None:
    (found,) = find_quantities(text)
    assert text[found.head_start : found.head_end] == head


def test_a_sentence_with_several_kinds() -> None:
    text = (
        "Back then the ministry flew nearly 100 military personnel to the capital aboard two "
        "aircraft, an Antonov-124 and an Il-62."
    )
    assert [(m.kind, m.value, m.approximate) for m in find_quantities(text)] == [
        ("personnel", 100, True),
        ("vehicles", 2, False),
        ("vehicles", 1, False),
        ("vehicles", 1, False),
    ]


@given(texts)
def test_mentions_point_at_their_words_in_order(text: str) -> None:
    found = find_quantities(text)
    for mention in found:
        _assert_sound(text, mention)
    for before, after in pairwise(found):
        assert before.end <= after.start


def _assert_sound(text: str, mention: QuantityMention) -> None:
    assert text[mention.start : mention.end] == mention.text
    assert mention.text.strip() == mention.text != ""
    assert mention.start <= mention.head_start < mention.head_end <= mention.end
    assert mention.kind in KINDS
    assert mention.value > 0
    assert mention.minimum is None or mention.minimum <= mention.value
    assert mention.maximum is None or mention.maximum >= mention.value


@given(st.integers(min_value=1, max_value=999_999_999))
def test_numbers_with_separators_keep_their_value(number: int) -> None:
    (found,) = find_quantities(f"The war killed {number:,} people.")
    assert (found.kind, found.value) == ("dead", number)


@pytest.mark.parametrize("piece", ["12 ", "a ", "12 F-16 ", "killed 12 and ", "$12 ", "one ", " "])
def test_cost_is_linear_in_the_length_of_a_line(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        find_quantities(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(100_000) < 12 * max(seconds(25_000), 0.05)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("vague:", "vages:", "vague is missing"),
        ("  missing:\n", "  lost:\n", "'lost' is no kind of quantity"),
        ('[in, "on", at', "[in, on, at", "is not a word; quote it"),
        ("    nouns: [disappearance]\n", "", "outcomes missing: needs"),
        ("two: 2", "two: pair", "wrong form"),
        ("[refugees,", "[soldiers,", "soldiers is of two kinds"),
    ],
)
def test_a_bad_vocabulary_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = QUANTITY_WORDS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "quantities.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_quantity_words(path)
