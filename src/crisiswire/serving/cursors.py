"""Cursors of lists that are no rows of the store: where the page before ended."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from crisiswire.errors import ConfigError
from crisiswire.storing.paging import PAGE_LIMIT

_LONGEST = 10_000  # characters of a cursor
_LARGEST = 2**53
Item = TypeVar("Item")


def encoded(key: Sequence[Any]) -> str:
    """A key of texts, numbers and dates as text that a URL can hold."""
    plain = json.dumps([v.isoformat() if isinstance(v, dt.date) else v for v in key])
    return base64.urlsafe_b64encode(plain.encode("ascii")).decode("ascii").rstrip("=")


def decoded(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The key in a cursor, its values of these kinds. Raises ConfigError for another text."""
    if cursor is None:
        return None
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("too long")
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, b"-_", validate=True))
        return tuple(_value(v, kind) for v, kind in zip(values, kinds, strict=True))
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise ConfigError(
            "after: is no cursor that a page of this list gave; begin without it"
        ) from error


def _value(value: Any, kind: type) -> Any:
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("too large a number")
    return value


def page_of(
    items: Sequence[Item], after: str | None, limit: int, key: Callable[[Item], tuple[int, str]]
) -> tuple[Sequence[Item], str | None]:
    """A page of a list in the order of ``key``, and the cursor of the page after it."""
    place = decoded(after, int, str)
    start = 0
    if place is not None:
        start = bisect_right(items, place, key=key)
    page = items[start : start + min(limit, PAGE_LIMIT)]
    more = start + len(page) < len(items)
    return page, encoded(key(page[-1])) if more and page else None
