"""Headlines in title case or capitals, put into the case of running text for the parser.

The parser takes "US Imposes New Sanctions On Iran" for one long name. Words of the dictionary that
are no part of a known name are written small, character for character, so offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

Spans = Callable[[str], Iterable[tuple[int, int]]]
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = frozenset(
    """a an and as at but by for from in into nor of off on onto or out over per so than the to
    up upon via vs with yet is are be was were has have had will would may might can could not no
    its his her their over under after before amid against between during about""".split()
)
_LEAST_WORDS, _MOST_WORDS = 4, 30
_SHARE = 0.8  # of the words that titles capitalise


def is_headline(text: str) -> bool:
    """Whether a paragraph is written in title case or in capitals and is no full sentence."""
    if text.rstrip().endswith((".", ";", ":", ",")):
        return False
    words = [m.group() for m in _WORD.finditer(text)]
    if not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    heavy = [w for w in words if w.lower() not in _SMALL]
    return len(heavy) > 2 and sum(w[0].isupper() for w in heavy) >= _SHARE * len(heavy)


class RunningCase:
    """Puts headlines into running case; ``lemmatizer`` is the spaCy pipeline's, whose word list
    tells what is no name, ``names`` gives the ranges of known names in a text."""

    def __init__(self, lemmatizer: Any, names: Spans) -> None:
        self._lemmatizer, self._names = lemmatizer, names

    @cached_property
    def _words(self) -> frozenset[str]:
        lookups = self._lemmatizer.lookups
        tables = [lookups.get_table(t) for t in ("lemma_index", "lemma_exc") if t in lookups.tables]
        return frozenset(w for table in tables for words in table.values() for w in words)

    def __call__(self, text: str) -> str:
        """The headline with words outside names in small letters; of the same length."""
        kept = list(self._names(text))
        shouted = text.isupper()
        out = list(text)
        for match in _WORD.finditer(text):
            first, last = match.span()
            word = match.group()
            if any(a < last and first < b for a, b in kept):
                mended = word if not shouted or len(word) < 4 else word[0] + word[1:].lower()
            elif shouted or word.lower() in _SMALL or self._common(word.lower()):
                mended = word.lower()
            else:
                continue
            if len(mended) == len(word):
                out[first:last] = mended
        return "".join(out)

    def _common(self, word: str) -> bool:
        return any(word.endswith(e) and word[: len(word) - len(e)] in self._words for e in _ENDINGS)
