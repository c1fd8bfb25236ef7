"""One row of a table (JSONL, CSV, Parquet) to one draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crisiswire.errors import ReadError
from crisiswire.reading.dates import parse_date
from crisiswire.reading.options import Draft

FIELDS = ("id", "text", "date", "title", "outlet", "url", "language")
"""The fields that are read; all others are ignored."""

_ALIASES = {"eng": "en"}


def draft_of_row(item: str, row: Mapping[str, Any], warn: Callable[[str], None]) -> Draft:
    """The article in ``row``, its text untouched. ``item`` names the row in messages.

    Raises ReadError when there is no text, or an id or date that is none.
    """
    text = row.get("text")
    if text is None:
        raise ReadError(item, "has no field 'text'; give the article's text there")
    if not isinstance(text, str):
        raise ReadError(item, f"field 'text' holds {_kind(text)}; give the article's text there")
    identity = row.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | float | None):
        raise ReadError(item, f"field 'id' holds {_kind(identity)}; give text or a number")
    date = row.get("date")
    if isinstance(date, str):
        date = date.strip()
    try:
        day = None if date is None or date == "" else parse_date(date)
    except ValueError as error:
        raise ReadError(item, f"field 'date': {error}") from error
    language = _optional(item, row, "language", warn)
    return Draft(
        item=item,
        text=text,
        id="" if identity is None else str(identity).strip(),
        date=day,
        title=_optional(item, row, "title", warn),
        outlet=_optional(item, row, "outlet", warn),
        url=_optional(item, row, "url", warn),
        language=language_code(language),
    )


def language_code(tag: str | None) -> str | None:
    """The primary part of a language tag, in lower case: "en" of "en-US" or "en_GB"."""
    if tag is None:
        return None
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    code = _ALIASES.get(code, code)
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _optional(
    item: str, row: Mapping[str, Any], field: str, warn: Callable[[str], None]
) -> str | None:
    """A field that an article may lack; of the wrong kind, it is left out with a warning."""
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        warn(f"{item}: field '{field}' holds {_kind(value)}, not text; left out")
        return None
    return value.strip() or None


def _kind(value: object) -> str:
    """What a value is, in JSON's words."""
    kinds = {bool: "true or false", dict: "an object", list: "a list", bytes: "bytes"}
    return kinds.get(type(value), "a number" if isinstance(value, int | float) else "no text")
