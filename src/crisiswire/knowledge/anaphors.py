"""Words that point back to a party: lexicon/anaphors.yaml and lexicon/first_names.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import ontology, read_yaml
from crisiswire.knowledge.lexicon import LEXICON
from crisiswire.knowledge.names import country_names

PRONOUN_CLASSES = ("male", "female", "thing", "several", "speaker", "speakers")
PAIRED = ("state", "person", "group", "party")
SEXES = ("male", "female")
_KEYS = frozenset(
    """pronouns other persons apart anyone pairs states kinds groups own not_persons bodies alike
    former titles nouns""".split()
)
_FLAT = frozenset({"other", "apart", "alike", "former", "own", "not_persons"})


@dataclass(frozen=True, slots=True)
class Anaphors:
    """Pronouns and nouns that stand for a party named before.

    ``pronouns``: word → class (one of PRONOUN_CLASSES); ``persons``: noun → offices, itself
    first; ``apart``: offices that their last word alone does not mean; ``anyone`` and
    ``groups``: noun → sectors (none: any); ``states`` and ``kinds``: noun, or word before it, →
    country codes (none: any); ``own``: those of the groups that each state has;
    ``not_persons``: last words of role terms for bodies and things; ``bodies``: noun → names;
    ``alike``: sector → sectors that tell the same group; ``pairs``: noun → what two of it are
    (one of PAIRED); ``titles``, ``nouns`` and ``first_names``: word → male or female.
    """

    pronouns: Mapping[str, str]
    other: frozenset[str]
    persons: Mapping[str, tuple[str, ...]]
    apart: frozenset[str]
    anyone: Mapping[str, frozenset[str]]
    pairs: Mapping[str, str]
    states: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]
    own: frozenset[str]
    not_persons: frozenset[str]
    bodies: Mapping[str, frozenset[str]]
    alike: Mapping[str, frozenset[str]]
    former: frozenset[str]
    titles: Mapping[str, str]
    nouns: Mapping[str, str]
    first_names: Mapping[str, str]


def load_anaphors(folder: Path = LEXICON) -> Anaphors:
    """Both files of ``folder``. Raises DataError naming file, key and word of the first fault."""
    path = folder / "anaphors.yaml"
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        odd = sorted(_KEYS ^ set(raw)) if isinstance(raw, dict) else ["everything"]
        raise DataError(f"{path.name}: {odd[0]!r} is unknown or missing")
    sectors, countries = frozenset(ontology()["sectors"]), frozenset(country_names())
    lists = {k: _lists(raw[k], f"{path.name}: {k}") for k in _KEYS - _FLAT}
    return Anaphors(
        pronouns=_classes(lists["pronouns"], PRONOUN_CLASSES, f"{path.name}: pronouns"),
        other=frozenset(_words(raw["other"], f"{path.name}: other")),
        persons={k: (k, *v) for k, v in lists["persons"].items()},
        apart=frozenset(_words(raw["apart"], f"{path.name}: apart")),
        anyone=_checked(lists["anyone"], sectors, "sector", f"{path.name}: anyone"),
        pairs=_classes(lists["pairs"], PAIRED, f"{path.name}: pairs"),
        states=_checked(lists["states"], countries, "country", f"{path.name}: states"),
        kinds=_checked(lists["kinds"], countries, "country", f"{path.name}: kinds"),
        groups=_checked(lists["groups"], sectors, "sector", f"{path.name}: groups"),
        own=frozenset(_words(raw["own"], f"{path.name}: own")),
        not_persons=frozenset(_text(raw["not_persons"], f"{path.name}: not_persons").split()),
        bodies={k: frozenset(v) for k, v in lists["bodies"].items()},
        alike=_alike(raw["alike"], sectors, f"{path.name}: alike"),
        former=frozenset(_words(raw["former"], f"{path.name}: former")),
        titles=_classes(lists["titles"], SEXES, f"{path.name}: titles"),
        nouns=_classes(lists["nouns"], SEXES, f"{path.name}: nouns"),
        first_names=_first_names(folder / "first_names.yaml"),
    )


def _first_names(path: Path) -> dict[str, str]:
    lists = _lists(read_yaml(path), path.name)
    lower = {sex: tuple(n.lower() for n in names) for sex, names in lists.items()}
    return _classes(lower, SEXES, path.name)


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise DataError(f"{where}: must be a list of words")
    for word in value:
        if not isinstance(word, str) or not word.strip():
            raise DataError(f"{where}: {word!r} is not a word; quote it")
    return tuple(value)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DataError(f"{where}: must be words with blanks between")
    return value


def _lists(value: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise DataError(f"{where}: must map words to lists")
    for key in value:
        if not isinstance(key, str):
            raise DataError(f"{where}: {key!r} is not a word; quote it")
    return {key: _words(words, f"{where}.{key}") for key, words in value.items()}


def _classes(
    lists: Mapping[str, tuple[str, ...]], allowed: tuple[str, ...], where: str
) -> dict[str, str]:
    """Word → the class whose list holds it. No word may stand in two."""
    out: dict[str, str] = {}
    for label, words in lists.items():
        if label not in allowed:
            raise DataError(f"{where}: {label!r} is none of {', '.join(allowed)}")
        for word in words:
            if out.setdefault(word, label) != label:
                raise DataError(f"{where}: {word!r} stands under {out[word]} and {label}")
    return out


def _checked(
    lists: Mapping[str, tuple[str, ...]], known: frozenset[str], what: str, where: str
) -> dict[str, frozenset[str]]:
    for key, codes in lists.items():
        unknown = sorted(set(codes) - known)
        if unknown:
            raise DataError(f"{where}.{key}: {unknown[0]!r} is not a {what}")
    return {key: frozenset(codes) for key, codes in lists.items()}


def _alike(value: Any, sectors: frozenset[str], where: str) -> dict[str, frozenset[str]]:
    if not isinstance(value, list):
        raise DataError(f"{where}: must be a list of lists of sectors")
    groups = {str(n): _words(words, f"{where} {n}") for n, words in enumerate(value, 1)}
    out: dict[str, frozenset[str]] = {}
    for words in _checked(groups, sectors, "sector", where).values():
        for word in words:
            out[word] = out.get(word, frozenset()) | words
    return out


@cache
def anaphors() -> Anaphors:
    """The shipped words, loaded once."""
    return load_anaphors()
