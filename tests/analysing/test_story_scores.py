"""When two reports tell one event, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from crisiswire.analysing.story_rules import story_rules
from crisiswire.analysing.story_scores import reasons, score
from crisiswire.analysing.story_traits import Traits, report_traits

from .story_samples import report

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("story_pairs.yaml").read_text("utf-8")
)
RULES = story_rules()


def pair(case: dict[str, Any]) -> tuple[Traits, Traits]:
    """The traits of both reports; the second has from the first what it leaves out."""
    told = (report("r1", **case["a"]), report("r2", **{**case["a"], **case["b"]}))
    (one,), (other,) = (report_traits(article, [event]) for article, event in told)
    return one, other


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["case"])
def test_pairs(case: dict[str, Any]) -> None:
    one, other = pair(case)
    value = score(one, other, RULES)
    assert (value is not None and value > RULES.threshold) is case["same"], (
        value,
        reasons(one, other, RULES),
    )
    found = {name for name, _ in _signals(one, other)}
    assert set(case["because"]) <= found


def _signals(one: Traits, other: Traits) -> list[tuple[str, float]]:
    from crisiswire.analysing.story_scores import signals

    return signals(one, other, RULES) or []


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["case"])
def test_the_score_is_its_reasons_and_both_ways_the_same(case: dict[str, Any]) -> None:
    one, other = pair(case)
    value, why = score(one, other, RULES), reasons(one, other, RULES)
    assert score(other, one, RULES) == pytest.approx(value)
    if value is None:
        assert why == ()
        return
    assert RULES.bias + sum(reason.points for reason in why) == pytest.approx(value, abs=0.1)
    assert [abs(r.points) for r in why] == sorted((abs(r.points) for r in why), reverse=True)


@pytest.mark.parametrize("case", [c for c in PAIRS if c["same"]], ids=lambda case: case["case"])
def test_what_is_the_same_can_meet(case: dict[str, Any]) -> None:
    one, other = pair(case)
    related = tuple(RULES.related[other.event_type])
    assert {*one.keys()} & {*other.sought(related)}
