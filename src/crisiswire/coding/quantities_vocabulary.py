"""The words of quantity: loading and checking of ``lexicon/quantities.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, read_yaml

QUANTITY_WORDS = DATA / "lexicon" / "quantities.yaml"

_FIELDS = (
    "numbers",
    "scales",
    "short_scales",
    "vague",
    "rounded",
    "partitive",
    "collectives",
    "changing",
    "not_modifiers",
    "suffixes",
    "modifiers",
    "kinds",
    "things",
    "fillers",
    "attributive",
    "people_endings",
    "peoples",
    "outcomes",
    "toll",
    "toll_links",
    "losing",
    "counts",
    "describing",
    "bridges",
    "helpers",
    "adverbs",
    "after_participle",
    "breaks",
    "stops",
    "designations",
    "arms_names",
    "befits",
    "arms_nouns",
    "currencies",
    "durations",
)
_OUTCOME_FIELDS = ("active", "intransitive", "state", "nouns", "heads", "phrases")
KINDS = (
    "dead",
    "injured",
    "arrested",
    "displaced",
    "missing",
    "personnel",
    "protesters",
    "people",
    "prisoners",
    "weapons",
    "vehicles",
    "money",
    "duration",
)
PERSONS = frozenset({"personnel", "protesters", "people", "prisoners", "displaced"})


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Words in lower case by what they do; see ``quantities.yaml``. ``active`` to ``heads``
    map words to the kind (dead, injured ...) that they make of the persons counted."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    short_scales: Mapping[str, float]
    vague: Mapping[str, float]
    rounded: frozenset[str]
    partitive: frozenset[str]
    collectives: Mapping[str, str]
    changing: frozenset[str]
    not_modifiers: Mapping[str, frozenset[str]]
    suffixes: Mapping[str, str]
    modifiers: Mapping[str, str]
    heads: Mapping[str, str]
    things: frozenset[str]
    fillers: frozenset[str]
    attributive: frozenset[str]
    people_endings: tuple[str, ...]
    peoples: frozenset[str]
    active: Mapping[str, str]
    intransitive: Mapping[str, str]
    state: Mapping[str, str]
    nouns: Mapping[str, str]
    outcome_heads: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # by their first word
    toll: frozenset[str]
    toll_links: frozenset[str]
    losing: frozenset[str]
    counts: frozenset[str]
    describing: frozenset[str]
    singular: frozenset[str]  # heads whose plural is a head too
    bridges: frozenset[str]
    helpers: frozenset[str]
    adverbs: frozenset[str]
    after_participle: frozenset[str]
    breaks: frozenset[str]
    stops: frozenset[str]
    designations: Mapping[str, str]
    befits: Mapping[str, frozenset[str]]  # kind → types of event
    arms_names: frozenset[str]  # as they are written
    arms_nouns: frozenset[str]
    currency_symbols: Mapping[str, str]
    currency_words: Mapping[str, str]
    currency_phrases: Mapping[str, str]
    currency_ends: frozenset[str]  # last words of all of these
    duration_units: Mapping[str, tuple[str, float]]
    duration_nouns: frozenset[str]
    duration_cues: frozenset[str]
    duration_after: tuple[str, ...]  # phrases, each closed by a space
    duration_not_after: tuple[str, ...]


def load_quantity_words(path: Path = QUANTITY_WORDS) -> QuantityWords:
    """The words of quantity of ``path``. Raises DataError that names the faulty entry."""
    raw = read_yaml(path)
    missing = [f for f in _FIELDS if not isinstance(raw, dict) or f not in raw]
    if missing:
        raise DataError(f"{path.name}: {missing[0]} is missing; add it")
    for kind in (
        *raw["kinds"],
        *raw["outcomes"],
        *raw["designations"],
        *raw["collectives"],
        *raw["befits"],
    ):
        if kind not in KINDS:
            raise DataError(f"{path.name}: {kind!r} is no kind of quantity; use {', '.join(KINDS)}")
    for kind, words in raw["outcomes"].items():
        if set(words) != set(_OUTCOME_FIELDS):
            raise DataError(f"{path.name}: outcomes {kind}: needs {', '.join(_OUTCOME_FIELDS)}")
    _check_strings(raw, path.name)
    try:
        return _words(raw)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise DataError(f"{path.name}: an entry has the wrong form ({error})") from error


def _words(raw: Mapping[str, Any]) -> QuantityWords:
    outcomes = {
        field: {word: kind for kind, row in raw["outcomes"].items() for word in row[field]}
        for field in _OUTCOME_FIELDS
    }
    heads: dict[str, str] = {}
    for kind, rows in raw["kinds"].items():
        for word in rows:
            if heads.setdefault(word, kind) != kind:
                raise ValueError(f"{word} is of two kinds, {heads[word]} and {kind}")
    currencies, durations = raw["currencies"], raw["durations"]
    return QuantityWords(
        numbers=_floats(raw["numbers"]),
        scales=_floats(raw["scales"]),
        short_scales=_floats(raw["short_scales"]),
        vague=_floats(raw["vague"]),
        rounded=frozenset(raw["rounded"]),
        partitive=frozenset(raw["partitive"]),
        collectives={word: kind for kind, rows in raw["collectives"].items() for word in rows},
        changing=frozenset(raw["changing"]),
        not_modifiers={word: frozenset(verbs) for word, verbs in raw["not_modifiers"].items()},
        suffixes={phrase: sort for sort, rows in raw["suffixes"].items() for phrase in rows},
        modifiers={phrase: sort for sort, rows in raw["modifiers"].items() for phrase in rows},
        heads=heads,
        things=frozenset(raw["things"]),
        fillers=frozenset(raw["fillers"]),
        attributive=frozenset(raw["attributive"]),
        people_endings=tuple(raw["people_endings"]),
        peoples=frozenset(raw["peoples"]),
        active=outcomes["active"],
        intransitive=outcomes["intransitive"],
        state=outcomes["state"],
        nouns=outcomes["nouns"],
        outcome_heads=outcomes["heads"],
        phrases=_by_first_word(outcomes["phrases"]),
        toll=frozenset(raw["toll"]),
        toll_links=frozenset(raw["toll_links"]),
        losing=frozenset(raw["losing"]),
        counts=frozenset(raw["counts"]),
        describing=frozenset(raw["describing"]),
        singular=frozenset(word for word in heads if _plurals(word) & set(heads)),
        bridges=frozenset(raw["bridges"]),
        helpers=frozenset(raw["helpers"]),
        adverbs=frozenset(raw["adverbs"]),
        after_participle=frozenset(raw["after_participle"]),
        breaks=frozenset(raw["breaks"]),
        stops=frozenset(raw["stops"]),
        designations={p: kind for kind, rows in raw["designations"].items() for p in rows},
        befits={kind: frozenset(types) for kind, types in raw["befits"].items()},
        arms_names=frozenset(raw["arms_names"]),
        arms_nouns=frozenset(raw["arms_nouns"]),
        currency_symbols=dict(currencies["symbols"]),
        currency_words=dict(currencies["words"]),
        currency_phrases=dict(currencies["phrases"]),
        currency_ends=frozenset(
            name.split()[-1] for name in (*currencies["words"], *currencies["phrases"])
        ),
        duration_units={w: (str(u), float(n)) for w, (u, n) in durations["units"].items()},
        duration_nouns=frozenset(durations["nouns"]),
        duration_cues=frozenset(durations["cues"]),
        duration_after=tuple(f"{phrase} " for phrase in durations["after"]),
        duration_not_after=tuple(f"{phrase} " for phrase in durations["not_after"]),
    )


def _check_strings(value: Any, where: str) -> None:
    """Raises DataError for a key or listed word that YAML reads as something else (on, no)."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise DataError(f"{where}: {key!r} is not a word; quote it")
            _check_strings(item, f"{where}: {key}")
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, bool):
                raise DataError(f"{where}: {item!r} is not a word; quote it")


def _by_first_word(
    kinds: Mapping[str, str],
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Phrases with their kinds by their first word, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in sorted(kinds.items(), key=lambda row: -len(row[0])):
        words = tuple(phrase.split())
        out.setdefault(words[0], []).append((words, kind))
    return {first: tuple(rows) for first, rows in out.items()}


def _plurals(word: str) -> set[str]:
    """What the plural of a noun may be."""
    if word == "child":
        return {"children"}
    if word.endswith("man"):
        return {f"{word[:-2]}en"}
    return {f"{word}s", f"{word}es", f"{word[:-1]}ies"}


def _floats(raw: Mapping[str, Any]) -> dict[str, float]:
    return {str(word): float(value) for word, value in raw.items()}


@cache
def quantity_words() -> QuantityWords:
    """The shipped words of quantity, loaded once."""
    return load_quantity_words()
