"""Short articles whose events are sure, and rows of them."""

from __future__ import annotations

import json
from typing import Any

SANCTIONS = "Russia imposed sanctions on Turkey on Monday."
ARRESTS = "Police arrested 12 protesters in Caracas on Sunday."
THREAT = "Iran threatened Israel with retaliation."
CHINESE = "俄罗斯周一对土耳其实施了制裁。土耳其外交部长对此表示强烈谴责,并要求立即取消这些措施。"
DAY = "2019-05-20"


def row(text: str = SANCTIONS, **fields: Any) -> str:
    """One JSONL line with a date."""
    return json.dumps({"text": text, "date": DAY} | fields, ensure_ascii=False) + "\n"


def rows(number: int) -> list[str]:
    """Lines with the ids "1" to ``number``; each article has an event."""
    return [row(f"Day {n}. {SANCTIONS}", id=str(n)) for n in range(1, number + 1)]


def records(jsonl: str) -> list[dict[str, Any]]:
    """The objects of JSON lines."""
    return [json.loads(line) for line in jsonl.splitlines()]


def documents(jsonl: str) -> list[str]:
    """The articles that the events come from, each once, in order."""
    return list(dict.fromkeys(record["document_id"] for record in records(jsonl)))
