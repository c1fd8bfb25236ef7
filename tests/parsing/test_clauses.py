"""Deep subjects, objects and prepositional parties in sentences of every construction.

``clauses.jsonl`` names the heads that a predicate must be given. A case with ``known_failure``
is one that the small parser gets wrong; it must go on failing until it is taken off the list.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crisiswire import Coder
from crisiswire.parsing.clauses import Clauses

Case = dict[str, Any]
CASES: list[Case] = [
    json.loads(line)
    for line in Path(__file__).with_name("clauses.jsonl").read_text("utf-8").splitlines()
]
SOUND = [c for c in CASES if "known_failure" not in c]
FAILING = [c for c in CASES if "known_failure" in c]
CONSTRUCTIONS = {
    "active",
    "passive",
    "coordination",
    "control",
    "relative",
    "participle",
    "gap",
}


def name(case: Case) -> str:
    return f"{case['predicate']}: {case['sentence']}"


def roles(coder: Coder, case: Case) -> Case:
    """The heads found around the predicate, in the form of the case."""
    (sentence,) = coder.parser.parse(case["sentence"])
    clauses = Clauses(sentence)
    verb = next(t.i for t in sentence.tokens if t.text == case["predicate"])

    def words(heads: list[int]) -> list[str]:
        return sorted(sentence.tokens[i].text for i in heads)

    governed: dict[str, list[int]] = {}
    for place in (verb, *clauses.objects(verb)):
        for prep, heads in clauses.prepositions(place).items():
            governed.setdefault(prep, []).extend(heads)
    return {
        "subjects": words(clauses.subjects(verb)),
        "objects": words(clauses.objects(verb)),
        "indirect": words(clauses.indirect(verb)),
        "prepositions": {p: words(governed.get(p, [])) for p in case.get("prepositions", {})},
    }


def expected(case: Case) -> Case:
    return {
        "subjects": sorted(case["subjects"]),
        "objects": sorted(case["objects"]),
        "indirect": sorted(case.get("indirect", [])),
        "prepositions": {p: sorted(w) for p, w in case.get("prepositions", {}).items()},
    }


@pytest.mark.parametrize("case", SOUND, ids=name)
def test_finds_who_stands_where(coder: Coder, case: Case) -> None:
    assert roles(coder, case) == expected(case)


@pytest.mark.parametrize("case", FAILING, ids=name)
def test_known_failures_still_fail(coder: Coder, case: Case) -> None:
    assert roles(coder, case) != expected(case), "take its known_failure out of clauses.jsonl"


def test_every_construction_has_several_cases() -> None:
    counts = Counter(c["construction"] for c in CASES)
    assert set(counts) == CONSTRUCTIONS
    assert min(counts.values()) >= 6
