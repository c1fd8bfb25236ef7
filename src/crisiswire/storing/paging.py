"""Pages of a long list: the rows after a place in it, by key and not by number.

A cursor says after which row a page begins. It holds the row's own key (date, id), so it
stays true when others write meanwhile, and the thousandth page costs what the first does.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from crisiswire.errors import StoreError

PAGE_LIMIT = 1000  # rows of a page at most
_LONGEST = 10_000  # characters of a cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; ``next`` is the cursor of the page after them, None at the end."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a row in a list: its day, its id and, for an event, its document."""

    date: dt.date
    id: str
    document_id: str = ""

    def cursor(self) -> str:
        """This key as text that a URL can hold."""
        plain = json.dumps([self.date.isoformat(), self.id, self.document_id]).encode("ascii")
        return base64.urlsafe_b64encode(plain).decode("ascii").rstrip("=")


def parse_cursor(cursor: str | None) -> Key | None:
    """The key that a cursor holds. Raises StoreError for text that is no cursor."""
    if cursor is None:
        return None
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("too long")
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        date, name, document = json.loads(base64.b64decode(padded, b"-_", validate=True))
        if not (isinstance(name, str) and isinstance(document, str)):
            raise TypeError("the ids are not text")
        return Key(dt.date.fromisoformat(date), name, document)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        shown = cursor if len(cursor) <= 40 else f"{cursor[:40]}…"
        raise StoreError(
            f"cursor {shown!r}: not one that a page gave; begin without a cursor"
        ) from error


def check_page_limit(limit: int) -> None:
    """Raises StoreError unless ``limit`` is 1 to :data:`PAGE_LIMIT`."""
    if not 1 <= limit <= PAGE_LIMIT:
        raise StoreError(f"limit {limit}: a page has 1 to {PAGE_LIMIT} rows")
