"""Parts of a YAML knowledge file that must be mappings or lists of words.

Every fault is a DataError with file, line and what to write instead.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError

Keys = tuple[str | int, ...]


def fault(path: Path, keys: Keys, message: str) -> DataError:
    """The error to raise for the part of the file that ``keys`` lead to."""
    part = ".".join(str(key) for key in keys if isinstance(key, str))
    return DataError(f"{line_of(path, keys)}: {part}{': ' if part else ''}{message}")


def line_of(path: Path, keys: Keys) -> str:
    """``file:line`` of the part that ``keys`` (names, positions from 0) lead to, or of the last
    part on the way there."""
    import yaml

    with path.open(encoding="utf-8") as stream:
        node = yaml.compose(stream, Loader=yaml.SafeLoader)
    line = node.start_mark.line if node is not None else 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
    return f"{path.name}:{line + 1}"


def mapping(value: Any, path: Path, keys: Keys = (), needs: Collection[str] = ()) -> dict[str, Any]:
    """The part as a mapping with word keys that has all of ``needs``."""
    if not isinstance(value, dict):
        raise fault(path, keys, "must map names to values, one 'name: value' a line")
    odd = next((key for key in value if not isinstance(key, str)), None)
    if odd is not None:
        raise fault(path, keys, f"{odd!r} is not a word; quote it")
    missing = sorted(set(needs) - set(value))
    if missing:
        raise fault(path, keys, f"needs a line {missing[0]!r}")
    return value


def words(value: Any, path: Path, keys: Keys) -> list[str]:
    """The part as a list of words."""
    if not isinstance(value, list):
        raise fault(path, keys, "must be a list of words, like [expel, deport]")
    for word in value:
        if not isinstance(word, str) or not word.strip():
            raise fault(path, keys, f"{word!r} is not a word; quote it")
    return value
