"""Bake the tables that are slow to read: names.bin and yaml.bin in src/crisiswire/knowledge.

    python scripts/bake_index.py

Building or installing the package does it too (hatch_build.py). After a change of a table the
program reads the table itself, a little more slowly, until it is done again.
"""

from __future__ import annotations

from crisiswire.knowledge.files import DATA, parse_yaml
from crisiswire.knowledge.names import load_index
from crisiswire.knowledge.packed_names import NAMES_FILE, tables_digest
from crisiswire.knowledge.packed_yaml import YAML_FILE, pack_documents


def bake() -> None:
    """Write both files."""
    NAMES_FILE.write_bytes(load_index().packed(tables_digest()))
    paths = sorted(DATA.rglob("*.yaml"))
    YAML_FILE.write_bytes(pack_documents((path.read_bytes(), parse_yaml(path)) for path in paths))


if __name__ == "__main__":
    bake()
    for path in (NAMES_FILE, YAML_FILE):
        print(f"{path}: {path.stat().st_size} bytes")
