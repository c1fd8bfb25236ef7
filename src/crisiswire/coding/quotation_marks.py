"""Stretches of text between quotation marks, found by the marks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›"}
_BEFORE_OPEN = frozenset(" \t\u00a0([{—–-/:\"'“‘„«…\u2009\u202f")
_AFTER_CLOSE = frozenset(" \t\u00a0)]},.;:!?—–-/\"'”’»…\u2009\u202f")
_ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|round|n|\d0s)\b", re.IGNORECASE)
_END = frozenset(",.!?;:…—–")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two marks, the marks left out. ``paragraph`` numbers the line it stands in;
    ``runs_on``: it is not closed there and the next one goes on with it."""

    start: int
    end: int
    paragraph: int
    runs_on: bool = False
    continues: bool = False


def find_stretches(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[Stretch]:
    """Quoted stretches of a text in the order of their beginnings; those in single marks may lie
    within others. A quote that each paragraph opens anew and only the last closes gives one
    stretch a paragraph. A mark without its partner opens nothing, unless it opens a paragraph."""
    plain = _blank(text, masked)
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(plain)]
    found: list[Stretch] = []
    running = ""  # the mark that the paragraph before left open
    for number, (first, last) in enumerate(paragraphs):
        following = plain[slice(*paragraphs[number + 1])] if number + 1 < len(paragraphs) else ""
        own = [*_doubles(plain, first, last), *_singles(plain, first, last)]
        opened = plain[first:last].lstrip()[:1]
        goes_on = bool(running) and opened == running
        running = ""
        for start, end, mark in own:
            if end is not None:
                found.append(_trimmed(plain, start, end, number, goes_on and start <= first + 1))
                continue
            runs_on = following.lstrip()[:1] == mark
            if runs_on or plain[first : start - 1].strip() == "":
                running = mark if runs_on else ""
                whole = _trimmed(plain, start, last, number, goes_on)
                found.append(Stretch(whole.start, whole.end, number, runs_on, whole.continues))
    return sorted((s for s in found if s.start < s.end), key=lambda s: (s.start, -s.end))


def _blank(text: str, masked: Sequence[tuple[int, int]]) -> str:
    for a, b in masked:
        text = text[:a] + re.sub(r"[^\n]", " ", text[a:b]) + text[b:]
    return text


def _trimmed(text: str, start: int, end: int, paragraph: int, continues: bool) -> Stretch:
    """Without blanks at the edges."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Stretch(start, start + len(words.strip()), paragraph, False, continues)


_Pair = tuple[int, int | None, str]  # first character, end or None where not closed, mark


def _doubles(text: str, first: int, last: int) -> Iterator[_Pair]:
    """Pairs of double marks; a second opening mark before the closing one starts anew."""
    opened: tuple[int, str] | None = None
    at = first
    while at < last:
        mark, width = text[at], 1
        if text[at : at + 2] in ("``", "''"):
            mark, width = text[at : at + 2], 2
        if opened is not None and _closes(text, at, mark, opened[1], first):
            yield opened[0], at, opened[1]
            opened = None
        elif _opens(text, at, mark, width, first):
            opened = (at + width, mark)
        at += width
    if opened is not None:
        yield opened[0], None, opened[1]


def _opens(text: str, at: int, mark: str, width: int, first: int) -> bool:
    if mark in ("“", "„", "«"):
        return True
    if mark not in ('"', "``", "»"):
        return False
    before = text[at - 1] if at > first else " "
    after = text[at + width : at + width + 1]
    free = before in _BEFORE_OPEN and bool(after.strip())
    return free and (mark != "»" or (after.isalnum() and before.isspace()))


def _closes(text: str, at: int, mark: str, opener: str, first: int) -> bool:
    if opener == "``":
        return mark in ("''", '"')
    if opener != '"':
        return mark in _PAIRS.get(opener, "") or (opener == "“" and mark == '"')
    if mark not in ('"', "”", "''"):
        return False
    before = text[at - 1] if at > first else " "
    after = text[at + 1 : at + 2]
    return not before.isspace() or after in ("", " ", ".", ",")


def _singles(text: str, first: int, last: int) -> Iterator[_Pair]:
    """Pairs of single marks, apostrophes left alone."""
    at = first
    while at < last:
        mark = text[at]
        if mark in "‘‚'" and _opens_single(text, at, first, last):
            end = _single_end(text, at, last)
            if end is not None:
                yield at + 1, end, mark
                at = end
        at += 1


def _opens_single(text: str, at: int, first: int, last: int) -> bool:
    before = text[at - 1] if at > first else " "
    after = text[at + 1 : at + 2]
    if before not in _BEFORE_OPEN or before == "'" or not after.strip() or after == "'":
        return False
    return not _ELISIONS.match(text, at + 1, last)


def _single_end(text: str, at: int, last: int) -> int | None:
    """Where the stretch ends: at the first mark beside punctuation, else at the first that no
    letter follows; a plural's apostrophe has blanks and letters around it."""
    closers = _PAIRS.get(text[at], "'") + "'"
    ends: list[int] = []
    for n in range(at + 2, last):
        if text[n] not in closers:
            continue
        if n + 1 < last and text[n + 1] not in _AFTER_CLOSE:
            continue
        if text[n - 1] in _END or (n + 1 < last and text[n + 1] in _END) or n + 1 == last:
            return n if not ends or text[n - 1] in _END else ends[0]
        ends.append(n)
    return ends[0] if ends else None
