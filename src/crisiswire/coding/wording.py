"""Every field of an event and of a quote holds whole words of the article, letter for letter."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TypeVar

from crisiswire.model import Actor, Attribution, Event, Place, Quantity, Quote, Span, When

_JOINERS = frozenset("\u00ad\u200c\u200d\u2060\ufeff")  # invisible, inside words
Mention = TypeVar("Mention", Actor, Place, Quantity, Span)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets, moved outwards where they part a word or a letter from its marks."""
    while 0 < start < len(text) and _within(text, start):
        start -= 1
    while 0 < end < len(text) and _within(text, end):
        end += 1
    return start, end


def worded(event: Event, text: str) -> Event:
    """The event with the words that its article, ``text``, has at its offsets."""
    evidence = event.evidence
    trigger = _mention(evidence.trigger, text, evidence.start, evidence.end)
    return replace(
        event,
        actors=tuple(_mention(a, text) for a in event.actors),
        recipients=tuple(_mention(r, text) for r in event.recipients),
        date=_time(event.date, text),
        place=None if event.place is None else _mention(event.place, text),
        attribution=_said(event.attribution, text),
        quantities=tuple(_mention(q, text) for q in event.quantities),
        evidence=replace(evidence, trigger=trigger),
    )


def worded_quote(quote: Quote, text: str) -> Quote:
    """The quote with the words that its article, ``text``, has for its speaker and verb."""
    said = _said(Attribution("quote", quote.speaker, quote.verb, True, quote.verb_start,
                             quote.verb_end), text)  # fmt: skip
    return replace(quote, speaker=said.speaker, verb=said.verb, verb_start=said.verb_start,
                   verb_end=said.verb_end)  # fmt: skip


def _mention(mention: Mention, text: str, first: int = 0, last: int | None = None) -> Mention:
    """The mention in whole words, as far as they lie between two offsets."""
    start, end = whole_words(text, mention.start, mention.end)
    start, end = max(start, first), end if last is None else min(end, last)
    return replace(mention, text=text[start:end], start=start, end=end)


def _time(when: When, text: str) -> When:
    if when.text_start is None or when.text_end is None:
        return when
    start, end = whole_words(text, when.text_start, when.text_end)
    return replace(when, text=text[start:end], text_start=start, text_end=end)


def _said(said: Attribution, text: str) -> Attribution:
    if said.speaker is not None:
        said = replace(said, speaker=_mention(said.speaker, text))
    if said.verb_start is None or said.verb_end is None:
        return said
    start, end = whole_words(text, said.verb_start, said.verb_end)
    return replace(said, verb=text[start:end], verb_start=start, verb_end=end)


def _within(text: str, at: int) -> bool:
    """Whether an offset stands inside a word."""
    before, after = text[at - 1], text[at]
    if before.isspace() or after.isspace():
        return False
    if before.isascii() and after.isascii():
        return before.isalnum() and after.isalnum()
    if unicodedata.category(after).startswith("M") or after in _JOINERS or before in _JOINERS:
        return True
    if unicodedata.category(before).startswith("M"):
        return after.isalnum()
    return before.isalnum() and after.isalnum()
