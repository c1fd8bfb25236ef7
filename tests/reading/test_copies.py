"""Comparing two texts: what desks change, and what changes the facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.knowledge.house_styles import load_house_styles
from crisiswire.reading.copies import Report, compare, keys_of, report_of, tells
from crisiswire.reading.wording import sentences_of

TEXT = (
    "Mr. Adan Farah, the defence minister, said on Monday that twenty-five soldiers were killed "
    "and 1,200 families fled when rebels attacked a base 10 miles from Baidoa. "
    "The labour union of the port called a strike against Premier Hassan over the price of petrol. "
    "Kenya and Ethiopia closed their borders with Somalia, which asked the African Union for help."
)


def report(text: str) -> Report:
    return report_of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mr. Adan Farah", "Adan Farah"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("twenty-five", "25"),
        ("1,200", "1 200"),
        ("10 miles", "16 km"),
        ("10 miles", "about 10 miles (16 km)"),
        ("on Monday", "on Monday, March 4,"),
        ("petrol", "gasoline"),
        ("Premier Hassan", "Prime Minister Hassan"),
        ("Adan Farah", "Aden Farah"),
        ("The labour union of the port", "The port's labour union"),
        ("Somalia, which", "Mogadishu, which"),
    ],
)
def test_what_desks_change_makes_no_other_report(old: str, new: str) -> None:
    assert old in TEXT
    assert compare(report(TEXT), report(TEXT.replace(old, new))).copies


@pytest.mark.parametrize(
    ("changes"),
    [
        {"twenty-five": "thirty-one"},
        {"1,200": "4,800"},
        {"on Monday": "on Thursday"},
        {"Baidoa": "Kismayo", "Kenya": "Uganda"},
        {"twenty-five": "1,200", "1,200": "twenty-five"},
    ],
    ids=str,
)
def test_other_facts_make_another_report(changes: dict[str, str]) -> None:
    parts = TEXT
    for old in changes:
        parts = parts.replace(old, f"<{old}>")
    for old, new in changes.items():
        parts = parts.replace(f"<{old}>", new)
    assert not compare(report(TEXT), report(parts)).copies


def test_two_sides_that_accuse_each_other_are_two_reports() -> None:
    one = (
        "Armenia accused Azerbaijan of shelling its positions near a border village with mortars "
        "at dawn. The ministry asked mediators to condemn what it called a planned provocation."
    )
    other = one.replace("Armenia accused Azerbaijan", "Azerbaijan accused Armenia")
    assert not compare(report(one), report(other)).copies


def test_masked_words_are_not_compared() -> None:
    footer = " Sign up for our newsletter and read more about the war in our special pages."
    masked = ((len(TEXT), len(TEXT + footer)),)
    with_footer = report_of(TEXT + footer, masked)
    assert with_footer == report(TEXT)


def test_a_sentence_is_told_by_a_report_that_has_it_in_other_words() -> None:
    whole = report(TEXT)
    assert tells(
        whole, "Kenya and Ethiopia have shut their borders with Somalia, which asked for help."
    )
    assert not tells(whole, "France recalled its ambassador after the attack.")


def test_measures_and_times_are_no_figures() -> None:
    (sentence,) = sentences_of("At 6:30 a.m. 40 men paid $1.5 million for 300 tons, 20 km away.")
    assert sentence.numbers == {"40"}


_TEXTS = st.lists(
    st.sampled_from([*TEXT.split(), "Kenya.", "12", "\n\n", "U.S.", "’s", "£9m", "\u2028"]),
    max_size=80,
).map(" ".join)


@given(one=_TEXTS, other=_TEXTS | st.text())
def test_any_two_texts_compare_the_same_either_way(one: str, other: str) -> None:
    first, second = report(one), report(other)
    assert compare(first, second).copies == compare(second, first).copies
    if first.sentences:
        assert compare(first, first).copies
        assert keys_of(first) == keys_of(report(one))
        assert all(-(2**63) <= key < 2**63 for key in keys_of(first))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("weekdays:", "holidays:", "needs a line 'weekdays'"),
        ("months: >-", "months: []\nrest: >-", "is unknown"),
        ("  one: 1", "  one: first", r":\d+: numbers\.one: 'first' must be a whole number"),
        ("  pct: percent", "  pct: 3", r":\d+: phrases\.pct: 3 must be words"),
        ('["ae", "e"]', '["ae"]', r":\d+: spelling: \['ae'\] must be \[pattern, replacement\]"),
        ('["ae", "e"]', '["(ae", "e"]', r":\d+: spelling: .* is no pattern"),
    ],
)
def test_a_bad_line_of_the_house_styles_is_named(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    from crisiswire.knowledge.files import DATA

    good = (DATA / "copies" / "house_styles.yaml").read_text("utf-8")
    assert old in good
    path = tmp_path / "own.yaml"
    path.write_text(good.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=rf"^own\.yaml.*{message}"):
        load_house_styles(path)
