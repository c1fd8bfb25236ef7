"""The lines that ``crisiswire explain`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisiswire.storing import StoredEvent


def explanation(stored: StoredEvent, words: Sequence[tuple[str, float]] = ()) -> Iterator[str]:
    """Why the event was coded so, one line a reason; ``words`` weighed most with the model."""
    from crisiswire.analysing.reasons import reasons

    for reason in reasons(stored, words):
        yield f"{reason.field:<11} {reason.value}"
        for line in reason.because:
            yield f"  because   {line}"
