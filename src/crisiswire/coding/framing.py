"""What the event model reads: the tokens of a sentence, and for each frame the role of each token.

The same code makes the inputs for training and for coding, so that both see the same thing.
A sentence is read once; its frames differ only in which tokens are actor, recipient and trigger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SpanRange = tuple[int, int]
MAX_TOKENS = 128
# Roles of tokens, by number: 0 none; where spans overlap, the later one holds.
ROLES = ("actor", "recipient", "trigger")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # lone surrogates, which tokenizers refuse
BERT_ENDS = (101, 102)  # ids of the first and last token in the BERT vocabularies


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence with spans, [start, end) in its own characters. A frame without a trigger asks
    what holds between its parties."""

    text: str
    actors: tuple[SpanRange, ...]
    recipients: tuple[SpanRange, ...]
    trigger: SpanRange | None = None


@dataclass(slots=True)
class Window:
    """Token ids of a sentence; for each of its frames, the number of the frame in the list given
    and the role of every token."""

    ids: list[int]
    frames: list[int] = field(default_factory=list)
    roles: list[list[int]] = field(default_factory=list)


def windows(
    tokenizer: Tokenizer, frames: Sequence[Frame], ends: tuple[int, int] = BERT_ENDS
) -> list[Window]:
    """The sentences of the frames, each once, in order of first mention. A sentence longer than
    MAX_TOKENS is cut to a window around each frame's spans."""
    out: dict[tuple[str, int], Window] = {}
    tokens: dict[str, tuple[list[int], list[SpanRange]]] = {}
    for number, frame in enumerate(frames):
        if frame.text not in tokens:
            plain = _HALF_CHARACTER.sub(" ", frame.text)
            encoding = tokenizer.encode(plain, add_special_tokens=False)
            tokens[frame.text] = encoding.ids, encoding.offsets
        ids, offsets = tokens[frame.text]
        roles = token_roles(offsets, frame)
        first = _first(roles)
        last = first + MAX_TOKENS - 2
        window = out.get((frame.text, first))
        if window is None:
            window = out[frame.text, first] = Window([ends[0], *ids[first:last], ends[1]])
        window.frames.append(number)
        window.roles.append([0, *roles[first:last], 0])
    return list(out.values())


def token_roles(offsets: Sequence[SpanRange], frame: Frame) -> list[int]:
    """Role number of each token; ``offsets`` are the tokens' character ranges."""
    roles = [0] * len(offsets)
    sides = (frame.actors, frame.recipients, (frame.trigger,) if frame.trigger else ())
    for role, spans in enumerate(sides, 1):
        for start, end in spans:
            for i, (a, b) in enumerate(offsets):
                if a < end and start < b:
                    roles[i] = role
    return roles


def _first(roles: list[int]) -> int:
    """Where the window of a sentence begins."""
    room = MAX_TOKENS - 2
    if len(roles) <= room:
        return 0
    places = [i for i, role in enumerate(roles) if role]
    middle = (places[0] + places[-1]) // 2 if places else room // 2
    return max(0, min(middle - room // 2, len(roles) - room))
