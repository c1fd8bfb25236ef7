"""What befell the persons counted: killed, wounded, arrested, displaced ... by the words around."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from crisiswire.coding.quantities_numbers import Number
from crisiswire.coding.quantities_vocabulary import PERSONS, quantity_words

THING = "thing"  # what is counted is nobody: "12 houses"
SOMEBODY = "somebody"  # a plural that no list knows: whoever was killed, hurt or arrested
_SOMEBODY_IS = frozenset({"dead", "injured", "arrested"})
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|[^\w\s]")
_MAX_AHEAD = 12  # words between persons and the verb that tells what befell them
_MAX_BACK = 7  # words between "killed" and a later object: "killed a judge and 12 guards"
_JOINTS = frozenset({"and", ",", ", and", "or", "as well as", ", including", "including"})
_MAX_JOINT = 16  # characters
_PART = re.compile(r"\b(?:including|among (?:them|whom)|amongst them|of them|counting) {1,3}\Z")
_BE = frozenset("was were been being is are be get got".split())
_NONE_OF = re.compile(r"\b(?:none|neither|not one) of (?:the|its|his|her|their|those) {1,3}\Z")
_ARTICLES = frozenset("the a an two three four five many several".split())


class Words:
    """The words and marks of a sentence, with their places; folded for look-up."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self._spans = [match.span() for match in _WORD.finditer(folded)]
        self._starts = [start for start, _ in self._spans]
        self._count = len(self._spans)
        self._words = [folded[start:end] for start, end in self._spans]

    def __len__(self) -> int:
        return len(self._words)

    def word(self, at: int) -> str:
        """The folded word at an index; an empty text outside the sentence."""
        return self._words[at] if 0 <= at < self._count else ""

    def slice(self, first: int, last: int) -> tuple[str, ...]:
        """The folded words from one index up to another."""
        return tuple(self._words[first:last])

    def span(self, at: int) -> tuple[int, int]:
        """First and last offset of the word at an index."""
        return self._spans[at]

    def index_from(self, offset: int) -> int:
        """The index of the first word that begins at ``offset`` or later."""
        return bisect_left(self._starts, offset)

    def adjacent(self, at: int) -> bool:
        """Whether the token at an index is a word, not a mark."""
        return 0 <= at < len(self._words) and self._words[at][0].isalnum()

    def capital(self, at: int) -> bool:
        """Whether the word at an index begins with a capital."""
        return self.text[self._spans[at][0]].isupper()

    def people(self, at: int) -> str | None:
        """The kind people, if the word is the plural of a people (Palestinians, Kurds)."""
        word = self.word(at)
        if not word or not self.capital(at):
            return None
        known = quantity_words()
        if word in known.peoples or (len(word) > 5 and word.endswith(known.people_endings)):
            return "people"
        return None

    def may_modify(self, at: int) -> bool:
        """Whether the word may stand between a number and its head: no plural, no number."""
        word = self.word(at)
        if word.endswith("-year-old"):
            return True
        if not word[:1].isalpha() or word in quantity_words().numbers:
            return False
        return not _plural(word) or self.capital(at)

    def plural(self, at: int) -> bool:
        """Whether the word looks like the plural of a common noun."""
        return self.adjacent(at) and _plural(self.word(at)) and not self.capital(at)


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "'s", "is"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number and its head word (the number itself where it has none), up to ``end``;
    ``kind`` is a kind of quantity, THING or SOMEBODY, None for a bare number.

    ``state`` is what the phrase itself says: "12 dead", "30 wounded soldiers".
    """

    number: Number
    kind: str | None
    head: tuple[int, int]
    end: int
    state: str | None


def befallen(phrases: list[Phrase], words: Words) -> list[str | None]:
    """For each phrase what befell those counted (dead, injured ...), or None.

    The phrase itself speaks first, then what follows, then what comes before; a phrase
    joined by "and" or a comma to one that is known shares its fate.
    """
    own = [_counts_persons(phrase, words) for phrase in phrases]
    after = [
        phrase.state or (_after(phrase, words) if persons else None)
        for phrase, persons in zip(phrases, own, strict=True)
    ]
    out = [
        fate or (_before(phrase, words) if persons else None)
        for phrase, persons, fate in zip(phrases, own, after, strict=True)
    ]
    places = list(enumerate(pairwise(phrases)))
    for place, (first, second) in places:  # "killed 12 soldiers and 30 civilians"
        joined = own[place + 1] and second.kind is not None and _joined(first, second, words)
        if joined and out[place + 1] is None and after[place] is None:
            out[place + 1] = out[place]
    for place, (first, second) in reversed(places):  # "12 soldiers and 30 civilians died"
        joined = own[place] and first.kind is not None and _joined(first, second, words)
        if joined and out[place] is None and first.state is None and second.state is None:
            out[place] = after[place + 1]
    for place, phrase in enumerate(phrases):  # "Nine were killed, among them two nurses"
        if own[place] and place and out[place] is None and _is_part(phrase, words):
            out[place] = out[place - 1]
    return [
        fate if phrase.kind != SOMEBODY or fate in _SOMEBODY_IS else None
        for phrase, fate in zip(phrases, out, strict=True)
    ]


def _is_part(phrase: Phrase, words: Words) -> bool:
    """Whether the persons are some of those counted before: "including two nurses"."""
    start = phrase.number.start
    return _PART.search(words.folded[max(0, start - 24) : start]) is not None


def _counts_persons(phrase: Phrase, words: Words) -> bool:
    """Whether the phrase may tell persons to whom something happened ("none of the 12" not)."""
    if phrase.number.sign or (phrase.kind or SOMEBODY) not in (*PERSONS, SOMEBODY):
        return False
    start = phrase.number.start
    return not _NONE_OF.search(words.folded[max(0, start - 24) : start])


def _joined(first: Phrase, second: Phrase, words: Words) -> bool:
    """Whether only a comma or "and" (and the like) stands between two phrases."""
    if second.number.start - first.end > _MAX_JOINT:
        return False
    between = words.folded[first.end : second.number.start].split()
    return " ".join(between) in _JOINTS


def _after(phrase: Phrase, words: Words) -> str | None:
    """What the words after the phrase say: "were killed", "died", "killed in a raid"."""
    known = quantity_words()
    first = _past_description(words, words.index_from(phrase.end))
    named = phrase.kind is not None or phrase.number.vague
    helped = False
    skipped = first
    for at in range(first, min(first + _MAX_AHEAD, len(words))):
        word = words.word(at)
        if at < skipped:
            continue
        if word == "," and named and not helped:
            skipped = _past_description(words, at)
            if skipped > at:
                continue
        if word in known.state and at == first and not helped:
            return known.state[word] if _is_bare_participle(words, at) else None
        if helped and word in known.state:
            does = words.word(at - 1) == "who" and word in known.active  # "rebels who killed 12"
            return None if does else known.state[word]
        if word in known.intransitive:
            return known.intransitive[word]
        told = _phrase_at(words, at, alone=at == first)
        if told is not None:
            return told
        if word in known.helpers:
            helped = True
        elif helped:
            if word not in known.adverbs:
                return None
        elif not named or _ends_subject(words, at):
            return None
    return None


def _phrase_at(words: Words, at: int, *, alone: bool) -> str | None:
    """What a phrase at an index says of the persons: "lost their lives"; one of a single word
    only if ``alone``."""
    for phrase, kind in quantity_words().phrases.get(words.word(at), ()):
        if (alone or len(phrase) > 1) and phrase == words.slice(at, at + len(phrase)):
            return kind
    return None


def _past_description(words: Words, first: int) -> int:
    """The index after ", mostly women and children," or a comma before "were"."""
    known = quantity_words()
    if words.word(first) != ",":
        return first
    inner = words.word(first + 1)
    if not (inner in known.helpers or inner in known.describing or inner in known.numbers):
        return first
    for at in range(first, min(first + _MAX_AHEAD, len(words))):
        verb = words.word(at + 1) in known.helpers or words.word(at + 1) in known.intransitive
        if words.word(at) == "," and verb:
            return at + 1
    return first


def _ends_subject(words: Words, at: int) -> bool:
    """Whether a word ends what may belong to a subject: a clause, a verb with an object."""
    known, word = quantity_words(), words.word(at)
    if not word[0].isalnum():
        return word not in ("(", ")", '"')
    if word in ("and", "or") and words.word(at + 1) in known.heads:
        return False  # "passengers and crew were killed"
    return word in known.breaks or word in known.active or word[0].isdigit()


def _is_bare_participle(words: Words, at: int) -> bool:
    """Whether "killed" after persons is passive: no object follows."""
    known = quantity_words()
    if words.word(at) not in known.active or words.word(at) == "dead":
        return True
    following = words.word(at + 1)
    if following in ("and", "or") and words.word(at + 2) in known.active:
        return _is_bare_participle(words, at + 2)
    return not following or not following[0].isalnum() or following in known.after_participle


def _before(phrase: Phrase, words: Words) -> str | None:
    """What the words before the phrase say: "killed", "the death of", "a toll of"."""
    known = quantity_words()
    last = words.index_from(phrase.number.start) - 1
    toll = _toll(words, last)
    if toll is not None:
        return toll
    at = last
    while words.word(at) in known.bridges and last - at < 3:
        at -= 1
    word = words.word(at)
    if phrase.kind in PERSONS and word in known.losing:
        return "dead"
    if word in known.active and words.word(at + 1) != "of":
        passive = words.word(at - 1) in _BE and not word.endswith("ing")
        return None if passive else known.active[word]
    if word in known.nouns and "of" in (words.word(at + 1), words.word(last)):
        return known.nouns[word]
    return _earlier_object(words, last) if phrase.kind else None


def _toll(words: Words, last: int) -> str | None:
    """ "The death toll has risen to" right before the number."""
    known = quantity_words()
    if words.word(last) not in known.toll_links:
        return None
    if words.word(last) in ("at", "to") and words.word(last - 2) == "the":
        return known.state.get(words.word(last - 1))  # "put the dead at 64"
    for at in range(last - 1, max(-1, last - _MAX_AHEAD), -1):
        word = words.word(at)
        if word in known.toll:
            return "injured" if words.word(at - 1) == "injury" else "dead"
        counted = not known.counts.isdisjoint((words.word(at - 2), words.word(at - 3)))
        if counted and "of" in (words.word(at - 1), words.word(at - 2)):
            fate = known.state.get(word) or known.outcome_heads.get(word)
            if fate is not None:
                return fate
        if not word[0].isalnum() or word in known.breaks:
            return None
    return None


def _earlier_object(words: Words, last: int) -> str | None:
    """ "Killed a judge and" before the number: the verb governs both objects."""
    known = quantity_words()
    if words.word(last) not in ("and", ",", "including"):
        return None
    for at in range(last - 1, max(-1, last - _MAX_BACK), -1):
        word = words.word(at)
        if word in known.active:
            passive = words.word(at - 1) in _BE and not word.endswith("ing")
            direct = words.word(at + 1) in _ARTICLES and at + 1 < last
            return known.active[word] if direct and not passive else None
        if not word[0].isalnum() or word in known.breaks or word in known.helpers:
            return None
    return None
