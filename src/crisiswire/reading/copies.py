"""Whether two articles are copies of one report: the same wire in two outlets.

A copy may be cut, have another headline, dateline or house style, and paragraphs of its own. A
follow-up with new figures, and a bulletin of the same form about another day or place, is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import combinations, islice, pairwise

from crisiswire.reading.wording import Wording, sentences_of

MIN_WORDS = 15
"""Telling words that a text must have to be compared."""

_BEGINNING = 80  # telling words
_BANDS = 32
_ALIKE = 0.55  # of the shorter sentence's words, for two sentences to tell the same
_SHARE = 0.72  # of the shorter text's words that must stand in such sentences
_LEAD = 4  # sentences among which the other text's first one must be
_NAMES = 0.12  # names put for others in sentences that are alike, of all names there
_SAME_NAME = 0.6  # likeness of two spellings of a name
_ROUNDED = 0.03
_COUNTRY_KINDS = frozenset({"name", "capital", "demonym", "metonym"})


@dataclass(frozen=True)
class Report:
    """An article as it is compared with others."""

    sentences: tuple[Wording, ...]

    @cached_property
    def words(self) -> int:
        """How many telling words there are."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @cached_property
    def bag(self) -> frozenset[str]:
        """All its words."""
        return frozenset[str]().union(*(sentence.bag for sentence in self.sentences))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All its numbers."""
        return frozenset[str]().union(*(sentence.numbers for sentence in self.sentences))

    @cached_property
    def names(self) -> frozenset[str]:
        """All its names."""
        return frozenset(name for sentence in self.sentences for name in sentence.names)

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The runs of two telling words of its beginning."""
        words = [word for sentence in self.sentences for word in sentence.words][:_BEGINNING]
        return frozenset(" ".join(pair) for pair in pairwise(words))


@lru_cache(maxsize=100)  # an article is compared with many others soon after it came
def report_of(text: str, masked: tuple[tuple[int, int], ...] = ()) -> Report:
    """What is compared of an article's text without the masked ranges; empty when that is too
    little to tell reports apart."""
    report = Report(tuple(sentences_of(text, masked)))
    return report if report.words >= MIN_WORDS else Report(())


def lead_of(text: str, masked: tuple[tuple[int, int], ...]) -> Report:
    """The first sentences of an article, which is enough to see that two are no copies."""
    return Report(tuple(islice(sentences_of(text, masked), _LEAD)))


def keys_of(report: Report) -> list[int]:
    """Numbers of 64 bits, of which reports share the more the more their beginnings agree: copies
    nearly always one or more, others hardly ever. MinHash, in bands of two."""
    if not report.shingles:
        return []
    from rensa import RMinHash

    sketch = RMinHash(num_perm=2 * _BANDS, seed=1)
    sketch.update(sorted(report.shingles))
    drawn = sketch.digest()
    bands = (drawn[at : at + 2] for at in range(0, 2 * _BANDS, 2))
    return [_key(f"{RMinHash.ALGORITHM_VERSION} {n} {b[0]} {b[1]}") for n, b in enumerate(bands)]


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two reports agree. ``lead``: the one begins as the other; ``share``: of the words of the
    shorter that stand in sentences of both, 0 without the lead. Where these agree: ``figures``,
    ``days`` and ``swaps``, sentences that agree but for a number, a day, or two names that have
    changed places; ``names``, share of names that another stands for."""

    share: float
    lead: bool
    figures: int = 0
    days: int = 0
    swaps: int = 0
    names: float = 0.0

    @property
    def alike(self) -> bool:
        """Whether they begin alike and most of the shorter stands in the longer."""
        return self.lead and self.share >= _SHARE

    @property
    def copies(self) -> bool:
        """Whether they are copies of one report."""
        differ = self.figures or self.days or self.swaps or self.names > _NAMES
        return self.alike and not differ


def compare(one: Report, other: Report) -> Comparison:
    """Set two reports against each other."""
    shorter, longer = sorted((one, other), key=lambda report: report.words)
    if not begin_alike(shorter, longer):
        return Comparison(0.0, lead=False)
    pairs = [(s, _closest(s, longer)) for s in shorter.sentences]
    same = [(s, found) for s, found in pairs if found is not None]
    shared = sum(len(s.words) for s, _ in same)
    first = Comparison(shared / max(1, shorter.words), lead=True)
    if not first.alike:
        return first
    return replace(
        first,
        figures=sum(_other_figures(a, b, shorter, longer) for a, b in same),
        days=sum(bool(a.days - b.days and b.days - a.days) for a, b in same),
        swaps=sum(_swapped(a, b, one.names | other.names) for a, b in same),
        names=_other_names(same, shorter, longer),
    )


def tells(report: Report, sentence: str) -> bool:
    """Whether a report tells what a sentence of an article tells."""
    return all(_closest(part, report) is not None for part in sentences_of(sentence))


def _closest(sentence: Wording, report: Report) -> Wording | None:
    """The sentence of a report that tells the same in about the same words."""
    best, likeness = None, _ALIKE
    for other in report.sentences:
        found = _likeness(sentence.bag, other.bag)
        if found > likeness:
            best, likeness = other, found
    return best


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of the shorter; of both where one has few."""
    common = len(one & other)
    least = min(len(one), len(other))
    return common / (least if least >= 6 else max(len(one), len(other)))


def begin_alike(one: Report, other: Report) -> bool:
    """Whether the first sentence of one of them stands among the first of the other, of which
    the lead is enough."""

    def begins(first: Report, second: Report) -> bool:
        head = Report(second.sentences[:_LEAD])
        return bool(first.sentences) and _closest(first.sentences[0], head) is not None

    return begins(one, other) or begins(other, one)


def _other_figures(a: Wording, b: Wording, one: Report, other: Report) -> bool:
    """Whether each has a number that the other report has nowhere."""
    left = a.numbers - other.numbers
    right = b.numbers - one.numbers
    return bool(left and right) and not any(_rounded(x, y) for x in left for y in right)


def _rounded(x: str, y: str) -> bool:
    low, high = sorted((float(x), float(y)))
    return high >= 100 and high - low <= _ROUNDED * high


def _other_names(same: Sequence[tuple[Wording, Wording]], one: Report, other: Report) -> float:
    """The share of names in the place of which the other report has another."""
    changed = total = 0
    for a, b in same:
        left = [name for name in dict.fromkeys(a.names) if not _names_too(other, name)]
        right = [name for name in dict.fromkeys(b.names) if not _names_too(one, name)]
        common = _countries(left) & _countries(right) if left and right else ()
        changed += max(0, min(len(left), len(right)) - len(common))
        total += max(len(set(a.names)), len(set(b.names)))
    return changed / max(1, total)


def _names_too(report: Report, name: str) -> bool:
    """Whether a report has a name, perhaps in another spelling."""
    if name in report.bag or name in report.names:
        return True
    return any(_spelled_alike(name, known) for known in report.names)


@lru_cache(maxsize=10_000)
def _spelled_alike(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _SAME_NAME


def _swapped(one: Wording, other: Wording, names: frozenset[str]) -> bool:
    """Whether two names or two numbers have changed places: each stands between the words between
    which the other stood, and no longer between its own."""
    first, second = _neighbours(one, names), _neighbours(other, names)
    moved = [word for word in first if word in second and not first[word] & second[word]]
    return any(first[x] & second[y] and first[y] & second[x] for x, y in combinations(moved, 2))


def _neighbours(sentence: Wording, names: frozenset[str]) -> dict[str, set[tuple[int, str]]]:
    """Name or number → the words before (-1) and after it (1)."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    words = ("", *sentence.words, "")
    for position, word in enumerate(words[1:-1], 1):
        if word in names or word in sentence.numbers:
            found[word] |= {(side, words[position + side]) for side in (-1, 1)}
    return found


def _countries(names: Iterable[str]) -> frozenset[str]:
    """The countries that stand in a row of names, as such or by their capitals or peoples."""
    from crisiswire.knowledge.names import name_index

    hits = name_index().find(" ".join(name.title() for name in names))
    return frozenset(
        known.id for hit in hits for known in hit.known if known.kind in _COUNTRY_KINDS
    )
