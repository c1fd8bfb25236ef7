"""The rules and weights of stories, and what is said of a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiswire.analysing.story_rules import RULES, WEIGHTS, load_story_rules
from crisiswire.errors import DataError


def test_relations_hold_both_ways() -> None:
    rules = load_story_rules()
    for name, others in rules.related.items():
        assert name not in others
        assert all(name in rules.related[other] for other in others)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[ASSAULT, COERCE]",
            "[ASSAULT, WAR]",
            r"rules.yaml:\d+: related: must be two event types",
        ),
        ("[ASSAULT, COERCE]", "[ASSAULT]", r"rules.yaml:\d+: related: must be two event types"),
        ("mutual: [CONSULT", "mutual: [TALK", r"rules.yaml:\d+: mutual: TALK is no event type"),
        ("function_words: >-", "other: >-", r"rules.yaml:\d+: needs a line 'function_words'"),
    ],
)
def test_a_bad_rule_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES.read_text("utf-8").replace(old, new, 1))
    with pytest.raises(DataError, match=message):
        load_story_rules(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("same_spot:", "same_spot: x #", r"weights.yaml:\d+: same_spot: 'x' is not a number"),
        ("same_spot:", "same_sport:", r"weights.yaml:\d+: needs a line 'same_spot'"),
        ("bias:", "moon: 1\nbias:", r"weights.yaml:\d+: moon: is no signal; take the line out"),
        ("bias:", "bias: .inf #", r"weights.yaml:\d+: bias: inf is not a number"),
    ],
)
def test_a_bad_weight_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(WEIGHTS.read_text("utf-8").replace(f"\n{old}", f"\n{new}", 1))
    with pytest.raises(DataError, match=message):
        load_story_rules(weights=path)
