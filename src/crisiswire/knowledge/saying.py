"""Words of saying beyond the operators': asides, sources, hedges, unnamed speakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from crisiswire.errors import DataError
from crisiswire.knowledge.files import read_yaml
from crisiswire.knowledge.lexicon import LEXICON

VerbKind = Literal["statement", "admission", "denial", "act"]
NounKind = Literal["statement", "hearsay", "denial"]


@dataclass(frozen=True, slots=True)
class SayingWords:
    """The lists of ``lexicon/saying.yaml``, which says what each is for."""

    verbs: Mapping[str, VerbKind]
    over_nouns: frozenset[str]
    weak: frozenset[str]
    nouns: Mapping[str, NounKind]
    responsibility_verbs: frozenset[str]
    responsibility_nouns: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    hedging_adverbs: frozenset[str]
    hedging_adjectives: frozenset[str]
    naming: frozenset[str]
    unnamed_heads: frozenset[str]
    unnamed_determiners: frozenset[str]
    unnamed_signs: tuple[str, ...]


def load_saying(path: Path = LEXICON / "saying.yaml") -> SayingWords:
    """The words of saying. Raises DataError naming the list that is missing, of no known kind
    or that holds something else than words."""
    raw = read_yaml(path)

    def words(*keys: str) -> list[str]:
        value: Any = raw
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, list) or not all(isinstance(w, str) and w for w in value):
            raise DataError(f"{path.name}: {'.'.join(keys)} must be a list of words")
        return value

    def kinds(key: str, allowed: tuple[Any, ...]) -> dict[str, Any]:
        table = raw.get(key) if isinstance(raw, dict) else None
        if not isinstance(table, dict):
            raise DataError(f"{path.name}: {key} must list words by kind")
        unknown = sorted(set(table) - set(allowed))
        if unknown:
            raise DataError(f"{path.name}: {key}.{unknown[0]} is no kind; use {', '.join(allowed)}")
        return {word: kind for kind in table for word in words(key, kind)}

    return SayingWords(
        kinds("verbs", get_args(VerbKind)),
        frozenset(words("over_nouns")),
        frozenset(words("weak")),
        kinds("nouns", get_args(NounKind)),
        frozenset(words("responsibility", "verbs")),
        frozenset(words("responsibility", "nouns")),
        tuple(tuple(s.split()) for s in words("sources")),
        frozenset(words("hedges", "adverbs")),
        frozenset(words("hedges", "adjectives")),
        frozenset(words("naming")),
        frozenset(words("unnamed", "heads")),
        frozenset(words("unnamed", "determiners")),
        tuple(words("unnamed", "signs")),
    )


@cache
def saying_words() -> SayingWords:
    """The shipped words of saying, loaded once."""
    return load_saying()
