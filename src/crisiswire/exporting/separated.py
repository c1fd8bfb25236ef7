"""Tab-separated lines that need no quoting: no field holds a tab, a line end or a double quote."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Control characters, the other line ends of Unicode, and what UTF-8 cannot hold.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def tab_line(fields: Iterable[object], missing: str = "") -> bytes:
    """One line in UTF-8; ``missing`` stands for None and for an empty field."""
    return ("\t".join(field(value, missing) for value in fields) + "\n").encode()


def field(value: object, missing: str = "") -> str:
    """A value as the text of a field: numbers without needless zeros, breaks as a space,
    double quotes as single ones."""
    if value is None:
        return missing
    text = number(value) if isinstance(value, float) else str(value)
    return _BREAKS.sub(" ", text).replace('"', "'").strip() or missing


def number(value: float) -> str:
    """A number without an exponent or a needless ".0"."""
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def joined(values: Iterable[str | None], missing: str = "None") -> str:
    """Several values in one field, as POLECAT joins them: those not known keep their position,
    and a semicolon inside a value becomes a comma."""
    return "; ".join(field(value, missing).replace(";", ",") for value in values)
