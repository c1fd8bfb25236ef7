"""Whether it happened: the grammar's status, and how it is weighed with the model's."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from crisiswire import Coder
from crisiswire.coding.governing import Governing
from crisiswire.coding.matching import Match, Matcher
from crisiswire.coding.proposing import open_entry
from crisiswire.coding.records import Heard
from crisiswire.coding.status import find_status, weigh
from crisiswire.parsing.clauses import Clauses

with Path(__file__).with_name("status.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))
STATUSES = ("actual", "negated", "future", "hypothetical", "historical")


def told(coder: Coder, text: str, trigger: str) -> tuple[str, str]:
    """The grammar's status of the word ``trigger`` and its reason."""
    (sentence,) = coder.parser.parse(text)
    clauses = Clauses(sentence)
    governing = Governing(clauses, coder.operators)
    token = next(t for t in reversed(sentence.tokens) if t.text == trigger)
    matches = {m.i: m for m in Matcher(coder.lexicon, clauses).matches()}
    match = matches.get(token.i) or Match(token.i, open_entry(token))
    return find_status(match, governing, coder.operators, sentence)


def heard(**shares: float) -> Heard:
    rest = (1 - sum(shares.values())) / (len(STATUSES) - len(shares))
    return Heard({**dict.fromkeys(STATUSES, rest), **shares}, {})


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 120
    assert min(Counter(c["group"] for c in CASES).values()) >= 2
    assert len({c["text"] for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_status_of_the_trigger(case: dict[str, str], coder: Coder) -> None:
    status, reason = told(coder, case["text"], case["trigger"])
    assert status == case["status"], reason
    assert reason


def test_without_a_model_the_rules_and_the_time_decide() -> None:
    assert weigh("negated", "not", "AID", None) == ("negated", "not")
    assert weigh("actual", "told as fact", "AID", None, "past")[0] == "historical"
    assert weigh("negated", "not", "AID", None, "past")[0] == "negated"
    assert weigh("actual", "told as fact", "AID", None, "near") == ("actual", "told as fact")


def test_a_sure_model_overrules_the_rules_and_says_so() -> None:
    status, reason = weigh("actual", "told as fact", "ASSAULT", heard(negated=0.97))
    assert (status, reason) == ("negated", "event model 0.97")
    assert weigh("actual", "told as fact", "ASSAULT", heard(negated=0.5))[0] == "actual"


def test_what_grammar_sees_for_certain_stands() -> None:
    assert weigh("negated", "not", "ASSAULT", heard(actual=0.8)) == ("negated", "not")
    assert weigh("future", "will", "ASSAULT", heard(actual=0.9)) == ("future", "will")


def test_background_becomes_historical() -> None:
    status, reason = weigh("actual", "told as fact", "AID", heard(historical=0.5), "past")
    assert status == "historical"
    assert "over a year before" in reason
    assert weigh("actual", "told as fact", "AID", heard(historical=0.5))[0] == "actual"


def test_cooperation_still_to_come_is_no_fact() -> None:
    assert weigh("future", "preparing", "AID", heard(future=0.9))[0] == "hypothetical"
    assert weigh("future", "will", "AGREE", heard(future=0.9))[0] == "actual"


def test_an_act_of_words_is_done_whatever_the_words_tell() -> None:
    vow = Heard(heard(negated=0.99).statuses, {}, composed=True)
    assert weigh("actual", "told as fact", "AGREE", vow)[0] == "actual"
