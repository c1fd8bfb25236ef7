"""Files of judgements: rows as the desk takes them, or judgements that another store has kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crisiswire.errors import CrisiswireError, ReviewError, StoreError
from crisiswire.storing.judgements import FIELDS, VERDICTS, Judgement
from crisiswire.storing.plain import event_of_record

if TYPE_CHECKING:
    from crisiswire.reviewing.desk import Desk

_KEPT = frozenset(Judgement.__dataclass_fields__)


def judge_file(
    desk: Desk, lines: Iterable[bytes], told: Mapping[str, Any]
) -> tuple[int, list[str]]:
    """Keep the judgements of JSON lines; how many were kept, and what is wrong with which line.

    ``told`` fills in what a row leaves out (``by``, ``why``). Rows that ``Judgement.to_record``
    has written are kept as they were made; those that the store has already are passed over.
    """
    kept, faults = 0, list[str]()
    taken: list[Judgement] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if {"id", "at"} <= row.keys():
                taken.append(_judgement(row))
            else:
                desk.judge({**told, **row})
                kept += 1
        except StoreError:
            raise
        except CrisiswireError as error:
            faults.append(f"line {number}: {error}")
    return kept + desk.store.reviews.take(taken), faults


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReviewError(f"is not JSON ({error}); write one JSON object a line") from error
    if not isinstance(row, dict):
        raise ReviewError("is not a JSON object; write one JSON object a line")
    return row


def _judgement(row: dict[str, Any]) -> Judgement:
    """A judgement in the form in which it was handed on. Raises ReviewError."""
    unknown = sorted(set(row) - _KEPT)
    if unknown or row.get("verdict") not in VERDICTS:
        raise ReviewError("is no judgement that crisiswire has written", next(iter(unknown), None))
    try:
        made = Judgement(**{**row, "at": dt.datetime.fromisoformat(row["at"]).astimezone(dt.UTC)})
        if made.verdict in ("confirm", "reject", "change", "add"):
            event_of_record({**(made.record or {}), **made.changes})
            if not made.subject or set(made.changes) - set(FIELDS):
                raise ValueError("its subject or changes are none")
    except (KeyError, TypeError, ValueError) as error:
        fault = f"is no judgement that crisiswire has written ({error})"
        raise ReviewError(fault) from error
    return made
