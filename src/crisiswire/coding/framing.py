"""What the event encoder reads: a sentence's tokens with its actor, recipient and trigger marked.

The same code makes the inputs for training and for coding, so that both see the same thing.
Marks are unused entries of the encoder's vocabulary, put around the spans of the parties and
of the trigger word; a frame without a trigger (forced choice between two parties) has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SpanRange = tuple[int, int]
MAX_TOKENS = 96
# Vocabulary ids of [unused1] to [unused6] in the BERT vocabularies: open and close of each role.
ROLES = ("actor", "recipient", "trigger")
MARKS = {"actor": (2, 3), "recipient": (4, 5), "trigger": (6, 7)}
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # lone surrogates, which tokenizers refuse
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence with spans, [start, end) in its own characters."""

    text: str
    actors: tuple[SpanRange, ...]
    recipients: tuple[SpanRange, ...]
    trigger: SpanRange | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids, and where the first opening mark of each role stands (0 where it has none)."""

    ids: list[int]
    marks: tuple[int, int, int]


def encode(tokenizer: Tokenizer, frame: Frame) -> Encoded:
    """Ids of the marked sentence, at most MAX_TOKENS; a longer sentence is cut to a window
    around its marks."""
    encoding = tokenizer.encode(_HALF_CHARACTER.sub(" ", frame.text), add_special_tokens=False)
    return insert_marks(encoding.ids, encoding.offsets, frame)


def insert_marks(ids: Sequence[int], offsets: Sequence[SpanRange], frame: Frame) -> Encoded:
    """The ids with marks around the spans; ``offsets`` are the tokens' character ranges."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    sides = {"actor": frame.actors, "recipient": frame.recipients,
             "trigger": (frame.trigger,) if frame.trigger else ()}  # fmt: skip
    for role, spans in sides.items():
        for start, end in spans:
            inside = [i for i, (a, b) in enumerate(offsets) if a < end and start < b]
            if inside:
                opening.setdefault(inside[0], []).append(MARKS[role][0])
                closing.setdefault(inside[-1], []).insert(0, MARKS[role][1])
    out: list[int] = []
    for i, token in enumerate(ids):
        out += [*opening.get(i, ()), token, *closing.get(i, ())]
    out = _window(out)
    marks = tuple(out.index(MARKS[r][0]) + 1 if MARKS[r][0] in out else 0 for r in ROLES)
    return Encoded([_CLS, *out, _SEP], (marks[0], marks[1], marks[2]))


def _window(ids: list[int]) -> list[int]:
    room = MAX_TOKENS - 2
    if len(ids) <= room:
        return ids
    special = {m for pair in MARKS.values() for m in pair}
    places = [i for i, token in enumerate(ids) if token in special]
    middle = (places[0] + places[-1]) // 2 if places else room // 2
    first = max(0, min(middle - room // 2, len(ids) - room))
    return ids[first : first + room]
