"""Write the examples of ``src/crisiswire/serving/examples.json`` into docs/api.md.

Run after a change of either: python scripts/make_api_docs.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "api.md"
EXAMPLES = ROOT / "src" / "crisiswire" / "serving" / "examples.json"
_WIDTH = 100
_BLOCK = re.compile(
    r"^### (?P<route>\w+ \S+)\n(?P<prose>(?:(?!#|```).*\n)*)```json\n(?:(?!```).*\n)*```$", re.M
)


def page_with_examples(page: str, examples: dict[str, Any]) -> str:
    """The page with the JSON block under each route's heading made anew."""

    def block(found: re.Match[str]) -> str:
        shown = dump(shortened(examples[found["route"]], found["route"] == "GET /api/events"))
        return f"### {found['route']}\n{found['prose']}```json\n{shown}\n```"

    return _BLOCK.sub(block, page)


def shortened(example: Any, whole: bool) -> Any:
    """The example with events in few words, since they stand in full under /api/events."""
    if whole:
        return example
    if isinstance(example, list):
        return [shortened(item, False) for item in example]
    if not isinstance(example, dict):
        return example
    if "event_id" in example and "evidence" in example:
        kept = ("event_id", "reasons", "explanation", "judgements")
        short = {name: example[name] for name in kept if name in example}
        return short | {"…": "and the fields of an event"}
    return {name: shortened(value, False) for name, value in example.items()}


def dump(value: Any, indent: int = 0) -> str:
    """JSON in lines of at most a page's width, as few as that allows."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent < _WIDTH or not isinstance(value, dict | list):
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {dump(v, indent + len(k) + 4)}" for k, v in value.items()]
    else:
        parts = [dump(item, indent + 1) for item in value]
    lines = [""]
    for part in parts:
        fits = "\n" not in part + lines[-1] and len(pad + lines[-1] + part) < _WIDTH - 2
        if lines[-1] and fits:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + (",\n" + pad).join(lines[1:]) + closing


def main() -> None:
    examples = json.loads(EXAMPLES.read_text("utf-8"))
    PAGE.write_text(page_with_examples(PAGE.read_text("utf-8"), examples), "utf-8")


if __name__ == "__main__":
    main()
