"""The event lexicon: loading and checking of the YAML files that docs/lexicon.md describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA, ontology, read_yaml
from crisiswire.knowledge.yaml_shapes import fault, line_of, mapping, words

LEXICON = DATA / "lexicon"
NONE = "NONE"  # the type of senses that are not events

VERB_ACTOR = ("subject",)
VERB_RECIPIENT = (
    "object",
    "indirect",
    "against",
    "on",
    "upon",
    "at",
    "with",
    "to",
    "toward",
    "towards",
    "from",
    "over",
    "into",
    "for",
)
NOUN_ACTOR = ("by", "owner", "from")
NOUN_RECIPIENT = ("against", "on", "upon", "at", "to", "toward", "towards", "with", "for", "in")
ROLE_WORDS = {"speaker", "subject", "object", "indirect", "owner", "clause", "none"}

_LISTS = {
    "verb",
    "noun",
    "compound",
    "object",
    "not_object",
    "subject",
    "not_subject",
    "modifier",
    "not_modifier",
    "actor",
    "recipient",
    "contexts",
}
_FIELDS = _LISTS | {"prep", "intransitive", "of", "mutual", "mode", "cameo", "weight"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexical entry; sets of lemmas are expanded from classes. See docs/lexicon.md."""

    type: str
    kind: str  # verb, noun or compound
    triggers: tuple[str, ...]
    source: str  # file and position, for explanations
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    not_modifier: frozenset[str] = frozenset()
    prep: Mapping[str, frozenset[str]] | None = None
    intransitive: bool = False
    actor: tuple[str, ...] = VERB_ACTOR
    recipient: tuple[str, ...] = VERB_RECIPIENT
    of: str = "recipient"
    mutual: bool = False
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    weight: float = 0.9

    @property
    def constraints(self) -> int:
        """How many conditions the entry sets; the more, the more specific it is."""
        named = (self.object, self.subject, self.modifier, self.prep)
        return sum(bool(c) for c in named) + self.intransitive


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by kind and first trigger lemma."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    compounds: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]

    @property
    def size(self) -> int:
        """Number of (trigger, entry) pairs that name an event type."""
        tables = (self.verbs, self.nouns, self.compounds)
        return sum(e.type != NONE for table in tables for es in table.values() for e in es)


def load_classes(path: Path = LEXICON / "classes.yaml") -> dict[str, frozenset[str]]:
    """Word classes: name → lemmas. A class may hold other classes as ``$NAME``."""
    raw = mapping(read_yaml(path), path)
    listed = {name: words(value, path, (name,)) for name, value in raw.items()}
    done: dict[str, frozenset[str]] = {}

    def expand(name: str, seen: tuple[str, ...]) -> frozenset[str]:
        if name in done:
            return done[name]
        if name not in listed or name in seen:
            raise fault(path, seen[-1:], f"class ${name} is unknown or holds itself")
        lemmas: set[str] = set()
        for word in listed[name]:
            lemmas |= expand(word[1:], (*seen, name)) if word.startswith("$") else {word.lower()}
        done[name] = frozenset(lemmas)
        return done[name]

    for name in listed:
        expand(name, ())
    return done


def load_events(path: Path, classes: Mapping[str, frozenset[str]]) -> list[Entry]:
    """Entries of one file. Raises DataError naming file, line and entry of the first fault."""
    raw = mapping(read_yaml(path), path, needs=("type",))
    kind, rows = raw["type"], raw.get("entries") or []
    if not isinstance(kind, str) or (kind != NONE and kind not in ontology()["types"]):
        raise fault(path, ("type",), f"{kind!r} is not a PLOVER type or {NONE}")
    if not isinstance(rows, list):
        raise fault(path, ("entries",), "must be a list, one '- {verb: [expel]}' a line")
    entries = []
    for n, row in enumerate(rows, 1):
        try:
            entries.append(_entry(row, kind, f"{path.name} entry {n}", classes))
        except DataError as error:
            reason = str(error).removeprefix(f"{path.name} ")
            raise DataError(f"{line_of(path, ('entries', n - 1))}: {reason}") from error
    return entries


def _entry(
    row: Mapping[str, Any], kind: str, where: str, classes: Mapping[str, frozenset[str]]
) -> Entry:
    if not isinstance(row, dict):
        raise DataError(f"{where}: must be a mapping, like {{verb: [expel]}}")
    unknown = set(row) - _FIELDS
    if unknown:
        raise DataError(f"{where}: unknown field {min(unknown, key=str)!r}")
    triggers = [k for k in ("verb", "noun", "compound") if k in row]
    if len(triggers) != 1:
        raise DataError(f"{where}: needs exactly one of verb, noun, compound")
    trigger = triggers[0]
    lists = {k: _words(row[k], f"{where}: {k}") for k in _LISTS & set(row)}
    sets = {
        k: _expand(lists.get(k, ()), classes, where)
        for k in ("object", "not_object", "subject", "not_subject", "modifier", "not_modifier")
    }
    verb = trigger == "verb"
    mode, spec = row.get("mode"), ontology()
    modes = list(spec["types"][kind].get("modes", {})) if kind != NONE else [mode]
    if mode is not None and mode not in modes:
        raise DataError(f"{where}: {kind} has no mode {mode!r}")
    bad = set(lists.get("contexts", ())) - set(spec["contexts"])
    if bad:
        raise DataError(f"{where}: unknown context {sorted(bad)[0]!r}")
    weight = row.get("weight", 0.9)
    if not isinstance(weight, (int, float)) or not 0.1 <= weight <= 1:
        raise DataError(f"{where}: weight must be from 0.1 to 1.0")
    if row.get("of", "recipient") not in ("actor", "recipient", "none"):
        raise DataError(f"{where}: of must be actor, recipient or none")
    cameo = row.get("cameo")
    if cameo is not None and not (isinstance(cameo, str) and cameo.isdigit()):
        raise DataError(f"{where}: cameo must be a quoted code such as '0871'")
    return Entry(
        type=kind,
        kind=trigger,
        triggers=lists[trigger],
        source=where,
        prep=_prep(row.get("prep"), classes, where),
        intransitive=bool(row.get("intransitive", False)),
        actor=_roles(lists.get("actor"), VERB_ACTOR if verb else NOUN_ACTOR, where),
        recipient=_roles(lists.get("recipient"), VERB_RECIPIENT if verb else NOUN_RECIPIENT, where),
        of=row.get("of", "recipient"),
        mutual=bool(row.get("mutual", False)),
        mode=mode,
        contexts=lists.get("contexts", ()),
        cameo=cameo,
        weight=float(weight),
        **sets,
    )


def _words(value: Any, where: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    for word in listed:
        if not isinstance(word, str) or not word.strip():
            raise DataError(f"{where}: {word!r} is not a word; quote it")
    return tuple(w if w.startswith("$") else w.lower() for w in listed)


def _expand(
    listed: Iterable[str], classes: Mapping[str, frozenset[str]], where: str
) -> frozenset[str]:
    out: set[str] = set()
    for word in listed:
        if not word.startswith("$"):
            out.add(word)
        elif word[1:] in classes:
            out |= classes[word[1:]]
        else:
            raise DataError(f"{where}: unknown class {word}")
    return frozenset(out)


def _prep(
    value: Any, classes: Mapping[str, frozenset[str]], where: str
) -> Mapping[str, frozenset[str]] | None:
    if value is None:
        return None
    if isinstance(value, dict):
        if not all(isinstance(k, str) for k in value):
            raise DataError(f"{where}: quote the prepositions (YAML reads a bare on as true)")
        return {k: _expand(_words(v, where) if v else (), classes, where) for k, v in value.items()}
    return {word: frozenset() for word in _words(value, where)}


def _roles(value: tuple[str, ...] | None, default: tuple[str, ...], where: str) -> tuple[str, ...]:
    for role in value or ():
        if role not in ROLE_WORDS and not role.replace(" ", "").isalpha():
            raise DataError(f"{where}: {role!r} is no place for a party")
    return default if value is None else value


def load_lexicon(folder: Path = LEXICON) -> Lexicon:
    """All event files of ``folder``, indexed by kind and trigger."""
    classes = load_classes(folder / "classes.yaml")
    tables: dict[str, dict[str, list[Entry]]] = {"verb": {}, "noun": {}, "compound": {}}
    for path in sorted((folder / "events").glob("*.yaml")):
        for entry in load_events(path, classes):
            for trigger in entry.triggers:
                tables[entry.kind].setdefault(trigger, []).append(entry)
    frozen = {k: {t: tuple(es) for t, es in table.items()} for k, table in tables.items()}
    return Lexicon(frozen["verb"], frozen["noun"], frozen["compound"], classes)


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once."""
    return load_lexicon()


@cache
def abstract_nouns() -> frozenset[str]:
    """Lemmas of deeds, words and things that are no party, whoever owns them."""
    classes = lexicon().classes
    return classes["ABSTRACT"] - classes["CONCRETE"]
