"""Write the baked name index, src/crisiswire/knowledge/names.bin, from the actor tables.

    python scripts/build_names.py

Building or installing the package does it too (hatch_build.py). After a change of a table the
program reads the tables, a little more slowly, until it is done again.
"""

from __future__ import annotations

from pathlib import Path

from crisiswire.knowledge.names import load_index
from crisiswire.knowledge.packed_names import NAMES_FILE, tables_digest


def build(path: Path = NAMES_FILE) -> int:
    """Write the file; gives its size in bytes."""
    return path.write_bytes(load_index().packed(tables_digest()))


if __name__ == "__main__":
    print(f"{NAMES_FILE}: {build()} bytes")
