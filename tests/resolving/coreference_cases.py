"""The marked passages of coreference.txt and how links are scored against them.

A passage is a line ``# date YYYY-MM-DD place X`` and sentences with ``[words|ID]``; ``A+B`` marks
words for two parties, ``?`` words whose antecedent is unclear. Every mention whose parties were
all named before is a link to be found. A link found is right when its antecedents lie inside
mentions of exactly these parties; it is wrong when the mention is the first of its party, is
marked ``?``, or is an unmarked pronoun, which stands for no party.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

from crisiswire import Article, Coder
from crisiswire.coding.sentences import SentenceCoder
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.coreference_mentions import Link
from crisiswire.resolving.coreference_pronouns import pronoun_class
from crisiswire.resolving.records import Setting

PASSAGES = Path(__file__).with_name("coreference.txt")
UNCLEAR = "?"
_HEAD = re.compile(r"# date (\S+) place (.+)")
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\]]+)\]")


@dataclass(frozen=True)
class Mark:
    """A marked mention: its offsets in the passage's text and its parties."""

    start: int
    end: int
    parties: frozenset[str]


@dataclass(frozen=True)
class Passage:
    """A passage without its marks, and the marks."""

    day: dt.date
    place: str
    text: str
    marks: tuple[Mark, ...]


@dataclass
class Score:
    """Counts of links, right and wrong, and of those to be found; ``faults`` tells each."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted)


def load() -> list[Passage]:
    """All passages, in the order of the file."""
    return [_passage(block) for block in PASSAGES.read_text("utf-8").strip().split("\n\n")]


def _passage(block: str) -> Passage:
    head, marked = block.split("\n", 1)
    match = _HEAD.fullmatch(head)
    assert match, head
    text, marks, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        parties = frozenset(mark[2].split("+"))
        marks.append(Mark(len(text), len(text) + len(mark[1]), parties))
        text, last = text + mark[1], mark.end()
    day = dt.date.fromisoformat(match[1])
    return Passage(day, match[2], text + marked[last:], tuple(marks))


@dataclass(frozen=True)
class Found:
    """A link of the coder: where the mention's head stands and the heads of its antecedents."""

    start: int
    end: int
    antecedents: tuple[int, ...]


@dataclass
class Links:
    """Links of a passage: of its marks (None where there is none) and of other pronouns."""

    marked: dict[Mark, Found | None]
    stray: list[Found]


def links(coder: Coder, passage: Passage) -> Links:
    """The coder's links in a passage, read as an article is."""
    reader = SentenceCoder(coder, Article(passage.text, passage.day), (), Setting())
    hits = coder.names.find(passage.text)
    out = Links(dict.fromkeys(passage.marks), [])
    for sentence in coder.parser.parse(passage.text):
        own = [h for h in hits if sentence.start <= h.start < sentence.end]
        parties = reader.propose(sentence, own).parties
        links = {i: _found(sentence.tokens[i], link) for i, link in parties.read_links().items()}
        for mark in passage.marks:
            heads = _heads(sentence, mark)
            out.marked[mark] = out.marked[mark] or next(
                (links[i] for i in heads if i in links), None
            )
        for i, found in links.items():
            inside = any(m.start <= found.start < m.end for m in passage.marks)
            if pronoun_class(sentence.tokens[i]) is not None and not inside:
                out.stray.append(found)
    return out


def _heads(sentence: Sentence, mark: Mark) -> list[int]:
    """The marked words that hang on no other of them."""
    inside = {t.i for t in sentence.tokens if mark.start <= t.start < mark.end}
    return [i for i in sorted(inside) if sentence.tokens[i].head not in inside - {i}]


def _found(token: Token, link: Link) -> Found:
    return Found(token.start, token.end, tuple(a.token.start for a in link.antecedents))


def score(coder: Coder, passages: list[Passage]) -> Score:
    """Counts over passages."""
    total = Score()
    for passage in passages:
        _score(passage, links(coder, passage), total)
    return total


def _score(passage: Passage, found: Links, total: Score) -> None:
    seen: set[str] = set()
    for mark, link in found.marked.items():
        again = mark.parties <= seen
        total.wanted += again
        told = _told(passage, link)
        right = again and told == mark.parties
        total.found += link is not None
        total.right += right
        if not right and (again or link is not None):
            total.faults.append(_fault(passage, mark.start, mark.end, mark.parties, told))
        seen |= mark.parties - {UNCLEAR}
    for link in found.stray:
        total.found += 1
        told = _told(passage, link)
        total.faults.append(_fault(passage, link.start, link.end, frozenset("-"), told))


def _told(passage: Passage, link: Found | None) -> frozenset[str]:
    """The parties of the marks in which the antecedents stand, "-" for one outside all marks."""
    antecedents = link.antecedents if link is not None else ()
    return frozenset(p for a in antecedents for p in _parties_at(passage, a))


def _parties_at(passage: Passage, offset: int) -> frozenset[str]:
    """Parties of the mark that holds the offset."""
    return next((m.parties for m in passage.marks if m.start <= offset < m.end), frozenset("-"))


def _fault(
    passage: Passage, start: int, end: int, parties: frozenset[str], told: frozenset[str]
) -> str:
    wanted, said = "+".join(sorted(parties)), "+".join(sorted(told)) or "nothing"
    return f"{passage.day} “{passage.text[start:end]}” is {wanted}, not {said}"
