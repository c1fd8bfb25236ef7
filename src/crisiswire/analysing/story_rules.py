"""The rules and weights of stories: loading and checking of ``knowledge/data/stories``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisiswire.knowledge.files import DATA, ontology, read_yaml
from crisiswire.knowledge.yaml_shapes import fault, mapping, words

RULES = DATA / "stories" / "rules.yaml"
WEIGHTS = DATA / "stories" / "weights.yaml"
SIGNALS = (
    *("same_day", "wide_time", "time_untold", "other_day", "days_apart"),
    *("related_type", "not_yet", "same_report"),
    *("same_spot", "near_spot", "unsure_spot", "far_spot", "far_but_named"),
    *("spot_named", "spot_unnamed", "same_province", "other_province", "other_country"),
    *("actors_same", "actors_like", "actors_country", "actors_differ"),
    *("recipients_same", "recipients_like", "recipients_country", "recipients_differ"),
    *("parties_same", "parties_like", "parties_country", "parties_differ", "parties_shared"),
    *("turned", "same_number", "like_number", "other_number"),
    *("same_verb", "words", "names"),
)


@dataclass(frozen=True, slots=True)
class StoryRules:
    """What stories are judged by. ``related``: type → the types that may be coded for the same
    event. A score is ``bias`` and the ``weights`` of what is found, in log-odds; a report joins
    the story whose score is highest and above ``threshold``."""

    related: Mapping[str, frozenset[str]]
    mutual: frozenset[str]
    function_words: frozenset[str]
    weights: Mapping[str, float]
    bias: float
    threshold: float


def load_story_rules(rules: Path = RULES, weights: Path = WEIGHTS) -> StoryRules:
    """The rules of the two files. Raises DataError that names the line at fault."""
    raw = mapping(read_yaml(rules), rules, (), ("related", "mutual", "function_words"))
    types = set(ontology()["types"])
    related: dict[str, set[str]] = {name: set() for name in types}
    for n, pair in enumerate(raw["related"]):
        first, *rest = words(pair, rules, ("related", n))
        if len(rest) != 1 or not {first, *rest} <= types:
            raise fault(rules, ("related", n), "must be two event types, like [COERCE, SANCTION]")
        related[first].add(rest[0])
        related[rest[0]].add(first)
    mutual = words(raw["mutual"], rules, ("mutual",))
    if not set(mutual) <= types:
        raise fault(rules, ("mutual",), f"{sorted(set(mutual) - types)[0]} is no event type")
    if not isinstance(raw["function_words"], str):
        raise fault(rules, ("function_words",), "must be words with spaces between them")
    numbers = _numbers(weights)
    return StoryRules(
        {name: frozenset(others) for name, others in related.items()},
        frozenset(mutual),
        frozenset(raw["function_words"].split()),
        {name: numbers[name] for name in SIGNALS},
        numbers["bias"],
        numbers["threshold"],
    )


def _numbers(path: Path) -> dict[str, float]:
    raw = mapping(read_yaml(path), path, (), ("bias", "threshold", *SIGNALS))
    for name, value in raw.items():
        if name not in ("bias", "threshold", *SIGNALS):
            raise fault(path, (name,), "is no signal; take the line out")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            raise fault(path, (name,), f"{value!r} is not a number")
    return {name: float(value) for name, value in raw.items()}


@cache
def story_rules() -> StoryRules:
    """The shipped rules."""
    return load_story_rules()
