"""Which date rules a word may begin: the cheap look before any pattern is tried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crisiswire.resolving.dates_patterns import Rule
from crisiswire.resolving.dates_rules import first_words, rules


@dataclass(frozen=True, slots=True)
class StartIndex:
    """Where to look: the rules that a folded word (``#`` for digits) may begin, the words
    that can be a time by themselves, and all the words that stand inside some rule."""

    rules: Mapping[str, tuple[Rule, ...]]
    alone: frozenset[str]
    inner: frozenset[str]


@cache
def start_index() -> StartIndex:
    """The index of all rules, made once."""
    table: dict[str, list[Rule]] = {}
    for rule in rules():
        for word in rule.starts:
            table.setdefault(word, []).append(rule)
    alone = first_words("DIGITS MONTHS ANYDAYS SEASONS DEICTIC HOLIDAYS NAMED q1 q2 q3 q4")
    inner = {w for rule in rules() for w in re.findall(r"[a-z0-9]+", rule.pattern.pattern)}
    by_word = {word: tuple(found) for word, found in table.items()}
    return StartIndex(by_word, alone - {"the", "this", "last"}, frozenset(inner))
