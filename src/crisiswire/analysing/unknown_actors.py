"""The names of a store's parties that no table knows, with a guess of what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import ACTOR_COLUMNS
from crisiswire.knowledge.cameo_actors import kind_of_sector
from crisiswire.knowledge.files import DATA, ontology, read_csv
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.gazetteer import PLACES, read_name_words
from crisiswire.knowledge.names import Hit, NameIndex
from crisiswire.knowledge.user_actors import KINDS
from crisiswire.resolving.actor_words import PARTITIVE
from crisiswire.storing import PartyMention

HEAD_COLUMNS = ("head", "kind", "sectors")
_WORD = re.compile(r"[^\W_](?:[\w.'’&-]*\w['’]?)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_PREFIXED = re.compile(r"[a-z]{1,4}-[A-Z]")  # al-Shami, ez-Zor
_COMPOUND = re.compile(r"-[a-z]+$")  # Oslo-based
_GAP = re.compile(r"\.?\s*")  # between words of a name: J. Smith
_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_LINKS = frozenset("of the for de del al el bin ibn".split())
_SENTENCES = 5  # of one name that are read for countries
_NOTE = 120  # characters of the example in a dictionary's line


@dataclass(frozen=True, slots=True)
class UnknownActor:
    """A name in ``count`` mentions. ``kind`` (of the actor tables), ``country`` and ``sectors``
    are guesses and may be empty; the example sentence stands in document ``document_id``."""

    name: str
    count: int
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    example: str
    document_id: str

    def table_row(self) -> dict[str, str]:
        """The actor as a line of an actor table, to be completed by hand."""
        example = self.example
        if len(example) > _NOTE:
            example = example[:_NOTE].rsplit(" ", 1)[0] + " …"
        row = {
            "name": self.name,
            "kind": self.kind,
            "country": self.country or "",
            "sectors": "|".join(self.sectors),
            "note": f"mentioned {self.count}×: {example}",
        }
        return dict.fromkeys(ACTOR_COLUMNS, "") | row


@dataclass(slots=True)
class _Group:
    """The mentions of one name."""

    name: str
    document_id: str
    sure: bool = False  # seen where a capital is not the sentence's own
    seen: set[tuple[str, int]] = field(default_factory=set)
    sentences: dict[str, None] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    sectors: Counter[tuple[str, ...]] = field(default_factory=Counter)


def unknown_actors(
    mentions: Iterable[PartyMention], names: NameIndex, is_place: Callable[[str], bool]
) -> list[UnknownActor]:
    """The names that ``names`` does not know, those of most mentions first.

    A party in several events of a sentence is one mention. A name that is only a place whose
    country was found (``is_place``) is left out.
    """
    groups: dict[str, _Group] = {}
    for mention in mentions:
        party = mention.party
        name = unknown_name(party.name, names)
        if name is None or (party.country and is_place(name)):
            continue
        group = groups.setdefault(fold(name), _Group(name, mention.document_id))
        if (place := (mention.document_id, party.start)) in group.seen:
            continue
        group.seen.add(place)
        before = mention.sentence[: party.start - mention.sentence_start]
        group.sure |= " " in name or any(c.isalnum() for c in before)
        if len(group.sentences) < _SENTENCES:
            group.sentences[" ".join(mention.sentence.split())] = None
        group.countries.update(filter(None, [party.country]))
        group.places.update(filter(None, [mention.place_country]))
        group.sectors.update(filter(None, [party.sectors]))
    sure = [group for group in groups.values() if group.sure]
    return [_guess(g, names) for g in sorted(sure, key=lambda g: (-len(g.seen), g.name))]


def unknown_name(words: str, names: NameIndex) -> str | None:
    """The longest name in a party's words that is not made of known names and roles alone."""
    words = _SPACED_HYPHEN.sub("-", words)
    hits = names.find(words, certain=True)
    best: list[_Word] = []
    for run in _runs(words):
        kept = _without_title(run, hits)
        new = [w for w in kept if not _covered(w, hits) and w.text.lower() not in _common_words()]
        if new and len(kept) > len(best):
            best = kept
    return words[best[0].start : best[-1].end] if best else None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word at ``start:end``, without a possessive "'s"."""

    text: str
    start: int
    end: int


def _runs(words: str) -> Iterator[list[_Word]]:
    """Capitalised words that follow each other, or are linked as in "Front of Elbonia"."""
    run: list[_Word] = []
    links: list[_Word] = []
    end = 0
    for found in _WORD.finditer(words):
        if not _GAP.fullmatch(words, end, found.start()):
            yield run
            run, links = [], []
        end = found.end()
        text = _POSSESSIVE.sub("", found.group())
        word = _Word(text, found.start(), found.start() + len(text))
        if _COMPOUND.search(text):
            yield run
            run, links = [], []
        elif text[0].isupper() or (run and _PREFIXED.match(text)):
            run = [*run, *(links if run else ()), word]
            links = []
        elif text in _LINKS:
            links.append(word)
        else:
            yield run
            run, links = [], []
        if text != found.group():  # what is owned is another name
            yield run
            run, links = [], []
    yield run


def _covered(word: _Word, hits: list[Hit]) -> bool:
    return word.text in _LINKS or any(h.start < word.end and word.start < h.end for h in hits)


def _without_title(run: list[_Word], hits: list[Hit]) -> list[_Word]:
    """A person's name without the nationality and the office before it; a body's name without
    its members ("Fighters of the …")."""
    titles = [hit for hit in hits if hit.role or hit.is_country]
    new = next((i for i, word in enumerate(run) if not _covered(word, titles)), None)
    if new is None:
        return []
    if _head([w.text for w in run]) is None:
        return run[new:]
    rest = run[new:]
    linked = new > 1 and run[new - 1].text in _LINKS
    return rest if linked and _head([w.text for w in rest]) else run


def _head(words: list[str]) -> str | None:
    """The word that says what a body is: before "of", else the last."""
    lower = [w.lower() for w in words]
    before_of = [a for a, b in pairwise(lower) if b in ("of", "for")]
    return next((w for w in (*before_of, lower[-1]) if w in name_heads()), None)


def _guess(group: _Group, names: NameIndex) -> UnknownActor:
    head = _head(group.name.split())
    kind, sectors = name_heads()[head] if head else ("", ())
    if group.sectors:
        sectors = group.sectors.most_common(1)[0][0]
    if not kind:
        titled = any(hit.end == len(group.name) for hit in names.find(group.name, certain=True))
        person = " " in group.name and not titled and "of" not in group.name.split()
        kind = "person" if person else kind_of_sector(sectors[0]) if sectors else ""
    return UnknownActor(
        group.name,
        len(group.seen),
        kind,
        _country(group, names),
        tuple(sectors),
        next(iter(group.sentences)),
        group.document_id,
    )


def _country(group: _Group, names: NameIndex) -> str | None:
    """The country the coder gave most often, else where the events were, else one named beside."""
    beside: Counter[str] = Counter()
    if not group.countries and not group.places:
        for sentence in group.sentences:
            for hit in names.find(sentence):
                country = hit.known[0].terms[-1].country if hit.is_country else None
                beside.update(filter(None, [country]))
    counts = group.countries or group.places or beside
    return counts.most_common(1)[0][0] if counts else None


def read_heads(path: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Head word → kind and sectors. Raises DataError that names a bad line."""
    out: dict[str, tuple[str, tuple[str, ...]]] = {}
    for line, row in read_csv(path, HEAD_COLUMNS):
        sectors = tuple(s for s in row["sectors"].split("|") if s)
        if row["kind"] not in KINDS or not set(sectors) <= set(ontology()["sectors"]):
            raise DataError(f"{path.name}:{line}: kind or sectors of {row['head']!r} are unknown")
        out[row["head"]] = row["kind"], sectors
    return out


@cache
def name_heads() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The shipped head words."""
    return read_heads(DATA / "lexicon" / "name_heads.csv")


@cache
def _common_words() -> frozenset[str]:
    """Words that begin sentences and headlines."""
    return read_name_words(PLACES / "name_words.yaml").lists["english"] | PARTITIVE
