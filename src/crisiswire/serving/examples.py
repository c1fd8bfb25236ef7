"""The examples of the OpenAPI document and of docs/api.md."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def examples() -> dict[str, Any]:
    """Route ("GET /api/events") to an answer; "error" to an error."""
    return dict(json.loads(Path(__file__).with_name("examples.json").read_text("utf-8")))
