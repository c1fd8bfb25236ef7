"""Which event of a sentence each quantity goes to."""

from __future__ import annotations

import datetime as dt

import pytest

from crisiswire import Article, Coder

DAY = dt.date(2021, 3, 9)
# Sentence; kind, value and trigger of each quantity that an event has.
CASES = [
    (
        "Turkish police arrested 45 students after rioters killed two officers.",
        {("arrested", 45, "arrested"), ("dead", 2, "killed")},
    ),
    (
        "Kenyan police arrested 60 students after some 5,000 teachers marched in Nairobi.",
        {("arrested", 60, "arrested"), ("protesters", 5000, "marched")},
    ),
    (
        "Germany promised Ukraine 14 tanks, and Poland delivered 20 helicopters to Kyiv.",
        {("vehicles", 14, "promised"), ("vehicles", 20, "delivered")},
    ),
    (
        "Russia sent 100 advisers to Venezuela, and China lent Caracas $3 billion.",
        {("personnel", 100, "sent"), ("money", 3e9, "lent")},
    ),
    ("Sudanese jets bombed Kassala, wounding 30.", {("injured", 30, "bombed")}),
    (
        "Israeli jets bombed the port on Monday, killing 12 Syrian soldiers.",
        {("dead", 12, "bombed")},
    ),
    (
        "The death toll from the Russian strike on Kharkiv rose to 40, Ukraine said.",
        {("dead", 40, "strike")},
    ),
    ("The African Union condemned the Sudanese army on Tuesday after 18 people died.", set()),
    ("Iran, which holds 12 American hostages, asked the United Nations for help.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_quantity_goes_to_the_event_of_its_clause(
    text: str, expected: set[tuple[str, float, str]], coder: Coder
) -> None:
    events = coder.code(Article(text, DAY))
    assert events
    found = {(q.kind, q.value, e.evidence.trigger.text) for e in events for q in e.quantities}
    assert found == expected
