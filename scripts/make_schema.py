"""Writes src/crisiswire/event.schema.json from the classes of crisiswire.model.

Run it after changing the event record or the ontology: python scripts/make_schema.py
"""

from __future__ import annotations

import json

from crisiswire.exporting.schema import SCHEMA_FILE, build_event_schema


def main() -> None:
    """Write the schema and say where."""
    text = json.dumps(build_event_schema(), ensure_ascii=False, indent=1) + "\n"
    SCHEMA_FILE.write_text(text, encoding="utf-8")
    print(f"{SCHEMA_FILE}: {len(text):,} characters")


if __name__ == "__main__":
    main()
