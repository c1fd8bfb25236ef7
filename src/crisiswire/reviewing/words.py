"""Finding the words that a person names in an article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crisiswire.errors import ReviewError
from crisiswire.model import Span

_BRACED = re.compile(r"(.*?)\{([^{}]+)\}(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """Words at ``start:end`` of an article."""

    text: str
    start: int
    end: int


def find_words(text: str, words: str, near: int, within: tuple[int, int]) -> Found | None:
    """Where ``words`` stand as whole words: in the range ``within``, else anywhere, as near to
    ``near`` as they do; in any letter case and spacing where they do not stand as written."""
    for flags in (re.NOFLAG, re.IGNORECASE):
        places = list(re.compile(_pattern(words), flags).finditer(text))
        inside = [m for m in places if within[0] <= m.start() and m.end() <= within[1]]
        if places:
            best = min(inside or places, key=lambda m: abs(m.start() - near))
            return Found(best[0], best.start(), best.end())
    return None


def trigger_at(text: str, quoted: str) -> Span:
    """The trigger of an event to be added: words that stand once in the article, or a longer
    quote with the trigger in braces ("Norway {sent} medics").

    Raises ReviewError when they stand nowhere or several times.
    """
    braced = _BRACED.fullmatch(quoted)
    before, trigger, after = braced.groups() if braced else ("", quoted, "")
    pattern = re.compile(_pattern(before + trigger + after))
    places = list(pattern.finditer(text))
    if len(places) != 1 or not trigger.strip():
        fault = "does not stand in the article" if not places else f"stands {len(places)} times"
        raise ReviewError(
            f"trigger: {quoted!r} {fault}; give words of it that stand once, with the trigger in "
            "braces: 'Norway {sent} medics'",
            "trigger",
        )
    start = places[0].start()
    if before.strip():
        head = re.compile(_pattern(before, whole=False)).match(text, start)
        assert head is not None, "the quote begins with what stands before the trigger"
        start = head.end()
        start += len(text[start:]) - len(text[start:].lstrip())
    found = re.compile(_pattern(trigger, whole=False)).match(text, start)
    assert found is not None, "the quote goes on with the trigger"
    return Span(found[0], found.start(), found.end())


def _pattern(words: str, *, whole: bool = True) -> str:
    """Words in any spacing, not within longer ones."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return rf"(?<!\w){inner}(?!\w)" if whole and inner else inner or r"(?!)"
