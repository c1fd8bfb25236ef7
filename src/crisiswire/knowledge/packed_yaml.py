"""Baked YAML: the content of the shipped YAML files as JSON, which is read many times faster.

``scripts/bake_index.py`` writes ``yaml.bin`` beside this module when the package is built. A
document is found by the digest of its file, so that a file changed since is simply not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.packing import offsets, pack, unpack

YAML_FILE = Path(__file__).with_name("yaml.bin")
MAGIC = b"crisiswire yaml 1\n"
COLUMNS = {"documents": "", "at": "I"}


def digest(content: bytes) -> str:
    """What a document is found by."""
    import hashlib

    return hashlib.blake2b(content, digest_size=16).hexdigest()


def pack_documents(documents: Iterable[tuple[bytes, Any]]) -> bytes:
    """The baked form of (file content, what it holds) pairs. What JSON cannot hold unchanged,
    such as a number for a key, is left out."""
    kept: dict[str, bytes] = {}
    for content, held in documents:
        written = json.dumps(held, ensure_ascii=False, default=str)
        if json.loads(written) == held:
            kept[digest(content)] = written.encode()
    columns = {"documents": b"".join(kept.values()), "at": offsets(map(len, kept.values()))}
    return pack(MAGIC, {"digests": list(kept)}, COLUMNS, columns)


@cache
def documents(path: Path = YAML_FILE) -> dict[str, bytes]:
    """Digest of a YAML file → its content as JSON; empty where nothing is baked."""
    try:
        header, columns = unpack(path, MAGIC, COLUMNS, "run scripts/bake_index.py")
    except DataError:
        return {}
    at, whole = columns["at"], columns["documents"]
    return {name: whole[at[n] : at[n + 1]] for n, name in enumerate(header["digests"])}
