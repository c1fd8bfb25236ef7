"""How good the coder is on a user's own articles, by what people have judged of its events."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crisiswire.storing.corrections import differences
from crisiswire.storing.judgements import FIELDS
from crisiswire.storing.review_rows import Subject

MAIN = ("event_type", "actors", "recipients")  # what an event's confidence speaks of too
_NORMAL_95 = 1.959964  # the normal distribution's 97.5 % point


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``of``, with the bounds of the 95 % interval after Wilson (1927).

    ``figure``: precision, recall or the field that is compared; ``event_type``: the coder's type,
    or all."""

    figure: str
    event_type: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, from 0 to 1."""
        return wilson(self.right, self.of)

    def to_row(self) -> dict[str, object]:
        """One row of ``crisiswire evaluate --reviewed``."""
        low, high = self.interval
        share = None if self.share is None else round(self.share, 4)
        return {
            "figure": self.figure,
            "event_type": self.event_type,
            "right": self.right,
            "of": self.of,
            "share": share,
            "low": round(low, 4),
            "high": round(high, 4),
        }


def wilson(right: int, of: int, z: float = _NORMAL_95) -> tuple[float, float]:
    """The score interval of a share; (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    share, weight = right / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * math.sqrt(share * (1 - share) / of + weight / (4 * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def measure(subjects: Iterable[Subject], complete: set[str]) -> list[Share]:
    """The figures over judged events as coded now; ``complete``: the articles read to the end.

    Precision: the share of the coder's events that are real and have type, actors and recipients
    right, of all and by the coder's type. Each field: the share of its real events that have it
    right. Recall, where articles were read to the end: the share of their real events that the
    coder has found, whatever their fields.
    """
    listed = list(subjects)
    judged = [s for s in listed if s.coded is not None and s.judgement is not None]
    right, all_of = Counter[str](), Counter[str]()
    fields, real = Counter[str](), 0
    for subject in judged:
        kind, wrong = _verdict(subject)
        good = wrong is not None and not set(MAIN) & wrong
        for name in ("all", kind):
            all_of[name] += 1
            right[name] += good
        if wrong is not None:
            real += 1
            fields.update(set(FIELDS) - wrong)
    kinds = ["all", *sorted(all_of.keys() - {"all"})]
    out = [Share("precision", kind, right[kind], all_of[kind]) for kind in kinds]
    out += [Share(name, "all", fields[name], real) for name in FIELDS]
    inside = [s for s in listed if s.document_id in complete and s.shown is not None]
    if inside:
        found = sum(s.coded is not None for s in inside)
        out.append(Share("recall", "all", found, len(inside)))
    return out


def _verdict(subject: Subject) -> tuple[str, set[str] | None]:
    """The coder's type, and the fields that it has wrong; None where there is no such event."""
    assert subject.coded is not None, "only the coder's events are counted"
    if subject.shown is None:
        return subject.coded.event_type, None
    return subject.coded.event_type, set(differences(subject.coded, subject.shown))
