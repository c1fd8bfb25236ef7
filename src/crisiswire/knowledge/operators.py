"""Governing words: operators, light verbs and verbs of saying, from lexicon/operators.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.knowledge.files import ontology, read_yaml
from crisiswire.knowledge.lexicon import LEXICON
from crisiswire.knowledge.yaml_shapes import fault, mapping, words

STATUS_EFFECTS = frozenset({"pass", "future", "hypothetical", "negated"})


@dataclass(frozen=True, slots=True)
class Operators:
    """``effects`` maps a lemma to its effects in file order; ``compose`` an effect and the
    governed type to the type and mode of the whole."""

    effects: Mapping[str, tuple[str, ...]]
    composition: Mapping[str, Mapping[str, tuple[str, str | None]]]
    light_actor: frozenset[str]
    light_recipient: frozenset[str]
    saying: Mapping[str, str]

    def capturing(self, lemma: str) -> str | None:
        """The effect by which the word swallows what it governs, if it has one."""
        return next((e for e in self.effects.get(lemma, ()) if e not in STATUS_EFFECTS), None)

    def status_effect(self, lemma: str) -> str | None:
        """pass, future, hypothetical or negated, if the word has such an effect."""
        return next((e for e in self.effects.get(lemma, ()) if e in STATUS_EFFECTS), None)

    def compose(
        self, effect: str, inner: str, mode: str | None = None
    ) -> tuple[str, str | None] | None:
        """Type and mode of an operator with a governed event of type ``inner`` and ``mode``."""
        table = self.composition.get(effect)
        if table is None:
            return None
        return table.get(f"{inner}/{mode}") or table.get(inner, table["default"])


def load_operators(path: Path = LEXICON / "operators.yaml") -> Operators:
    """The operators file. Raises DataError naming the line of the faulty effect or type."""
    raw = mapping(read_yaml(path), path, needs=("effects", "compose", "light", "saying"))
    composition = {
        effect: _composition(path, effect, table)
        for effect, table in mapping(raw["compose"], path, ("compose",)).items()
    }
    effects: dict[str, list[str]] = {}
    for effect, listed in mapping(raw["effects"], path, ("effects",)).items():
        if effect not in STATUS_EFFECTS and effect != "accuse" and effect not in composition:
            raise fault(path, ("effects", effect), "has no line under compose")
        for word in words(listed, path, ("effects", effect)):
            if effect not in effects.setdefault(word, []):
                effects[word].append(effect)
    saying = {
        word: kind
        for kind, listed in mapping(raw["saying"], path, ("saying",)).items()
        for word in words(listed, path, ("saying", kind))
    }
    light = mapping(raw["light"], path, ("light",), needs=("actor", "recipient"))
    return Operators(
        {w: tuple(e) for w, e in effects.items()},
        composition,
        frozenset(words(light["actor"], path, ("light", "actor"))),
        frozenset(words(light["recipient"], path, ("light", "recipient"))),
        saying,
    )


def _composition(path: Path, effect: str, value: Any) -> dict[str, tuple[str, str | None]]:
    """What an effect makes of each governed type."""
    types, found = ontology()["types"], {}
    table = mapping(value, path, ("compose", effect), needs=("default",))
    for inner, result in table.items():
        for label in (result, *([inner] if inner != "default" else [])):
            kind, _, mode = str(label).partition("/")
            if kind not in types or (mode and mode not in types[kind].get("modes", {})):
                raise fault(path, ("compose", effect, inner), f"unknown type or mode {label!r}")
        kind, _, mode = result.partition("/")
        found[inner] = (kind, mode or None)
    return found


@cache
def operators() -> Operators:
    """The shipped operators, loaded once."""
    return load_operators()
