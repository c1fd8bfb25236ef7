"""What a name needs beyond its letters to be taken for the one it names.

``US`` must stand in capitals, ``Sino`` before a hyphen, ``Kiwi`` in a text that names New Zealand
otherwise, and a name that is a common word too where the capital tells, by a title, or in a text
that names its bearer elsewhere. The notes of countries_extra.csv and lexicon/word_names.yaml
say which names need what; docs/actors.md describes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import other_meanings
from crisiswire.knowledge.files import DATA, read_yaml
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.known import COUNTRY_KINDS, Known

WORD_NAMES = DATA / "lexicon" / "word_names.yaml"
LONGEST_ACRONYM = 5
_LISTS = frozenset({"words", "always_capital", "openers", "titles", "deeds"})
_CODE = re.compile(r"[A-Z]{3}")
_PARTS = re.compile(r"[\s-]")
_BEFORE = re.compile(r"([\w.'-]*\w\.?)\s?$")
_AFTER = re.compile(r"\s(\w+)")
_OPENING = re.compile(r"(?:^|[.!?:;…\n\"“”‘«(\[—–•*])[\s\"'“”‘’«(\[]*$")


class Need(IntFlag):
    """Conditions on a name's spelling (the first three) and on what stands around it."""

    NONE = 0
    ACRONYM = 1  # all capitals; from four letters on also as a title: Nato
    AS_WRITTEN = 2  # the capitals of the table and no others
    HYPHEN = 4  # a hyphen follows
    NOT_GIVEN = 8  # no other capitalised word follows: Virginia Woolf
    NOT_FAMILY = 16  # no other capitalised word precedes: Denzel Washington
    COMPANY = 32  # its country is named otherwise in the text
    WORD = 64  # a common word: its capital tells, or a title, or its bearer is named elsewhere
    ALWAYS_CAPITAL = 128  # a word that has a capital in any meaning, such as a month

    AROUND = NOT_GIVEN | NOT_FAMILY | COMPANY | WORD | ALWAYS_CAPITAL


@dataclass(frozen=True, slots=True)
class WordNames:
    """Common words that are also names (``words``, and ``always_capital`` those that no capital
    tells apart), ``openers`` of sentences, and what shows that a word is a name: a title before,
    a deed after."""

    words: frozenset[str] = frozenset()
    always_capital: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()


def read_word_names(path: Path = WORD_NAMES) -> WordNames:
    """The lists of word_names.yaml. Raises DataError naming an unknown list or a bad word."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != _LISTS:
        raise DataError(f"{path.name}: must hold the lists {', '.join(sorted(_LISTS))}")
    for name, words in raw.items():
        if not isinstance(words, str):
            raise DataError(f"{path.name}: {name} must be words after '>-', with spaces between")
        for word in words.split():
            if fold(word) != word:
                raise DataError(f"{path.name}: {name}: write {word!r} in lower case, no accents")
    return WordNames(**{name: frozenset(words.split()) for name, words in raw.items()})


@cache
def word_names() -> WordNames:
    """The shipped lists, loaded once."""
    return read_word_names()


def needs_of(written: str, known: Known, words: WordNames) -> Need:
    """The conditions under which ``written`` names ``known``."""
    need = Need.NONE
    if written.isupper() and len(written) <= LONGEST_ACRONYM:
        need |= Need.ACRONYM
    key = fold(written)
    if key in words.always_capital:
        need |= Need.WORD | Need.ALWAYS_CAPITAL
    elif key in words.words and (need or known.kind not in COUNTRY_KINDS):
        need |= Need.WORD  # a country's name is a common word only as an acronym: CAR
    if known.kind in COUNTRY_KINDS:
        need |= _noted(known.terms[0].note)
    return need


def _noted(note: str) -> Need:
    need = Need.NONE
    parts = [part.strip() for part in note.split(";")]
    if "case" in parts:
        need |= Need.AS_WRITTEN
    if "combining" in parts:
        return need | Need.HYPHEN
    for meaning in other_meanings(note):
        if not _CODE.fullmatch(meaning):
            need |= _MEANINGS.get(meaning, Need.COMPANY)
    return need


_MEANINGS: Mapping[str, Need] = {
    "given name": Need.NOT_GIVEN,
    "person name": Need.NOT_FAMILY,
    "US state": Need.NONE,  # the same country
}


def spelled(original: str, after: str, written: str, need: Need) -> bool:
    """Whether ``original``, before the character ``after``, is written as the name is."""
    if need & Need.HYPHEN and after != "-":
        return False
    if need & Need.AS_WRITTEN:
        return original == written
    if need & Need.ACRONYM:
        return original.isupper() or (len(original) >= 4 and original.istitle())
    return (
        written.islower()  # yellow vests
        or original[0].isupper()
        or not original[0].isalpha()
        or any(part[:1].isupper() for part in _PARTS.split(original))  # al-Sadr
    )


@dataclass(frozen=True, slots=True)
class Surround:
    """The words next to a name in its text. A neighbour is a word with one space between;
    ``named_before`` and ``named_after`` say that it belongs to another name or role term."""

    name: str
    before: str
    after: str
    opens: bool  # the name opens a sentence, headline or quotation
    named_before: bool
    named_after: bool
    opened: bool  # the word before does, and is one that opens sentences

    @property
    def _shouted(self) -> bool:
        """In a run of capitals, where any word looks like an acronym."""
        around = [w for w in (self.before, self.after) if w]
        return len(self.name) > 1 and self.name.isupper() and all(w.isupper() for w in around)

    @property
    def _capital_before(self) -> bool:
        explained = self.opened or self.named_before or len(self.before.rstrip(".")) == 1
        return self.before[:1].isupper() and not explained

    @property
    def _capital_after(self) -> bool:
        return self.after[:1].isupper() and not self.named_after

    def tells(self) -> bool:
        """Whether the capital, of a word that may also be common, says that it is a name."""
        if self.name.isupper() and len(self.name) > 1:
            return not self._shouted and not self._capital_after
        return not (self.opens or self._capital_before or self._capital_after)

    def presents(self, words: WordNames) -> bool:
        """Whether a title stands before the name, or a deed of persons behind it."""
        return fold(self.before).rstrip(".") in words.titles or fold(self.after) in words.deeds

    def allows(self, need: Need) -> bool:
        """Whether the neighbours leave the name its own meaning."""
        if need & Need.NOT_GIVEN and self._capital_after:
            return False
        return not (need & Need.NOT_FAMILY and self._capital_before)


def surround(text: str, start: int, end: int, taken: set[int], words: WordNames) -> Surround:
    """What stands around ``start:end``; ``taken`` holds where other hits start and end."""
    line = text[max(0, start - 80) : start]
    if len(line) == start:
        line = "\n" + line
    before, after = _BEFORE.search(line), _AFTER.match(text, end)
    opened = before is not None and fold(before.group(1)) in words.openers
    return Surround(
        text[start:end],
        before.group(1) if before else "",
        after.group(1) if after else "",
        _OPENING.search(line) is not None,
        before is not None and start - (len(line) - before.end(1)) in taken,
        after is not None and after.start(1) in taken,
        opened and before is not None and _OPENING.search(line[: before.start()]) is not None,
    )
