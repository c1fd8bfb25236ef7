"""A command loads what it needs and no more: server, parser and database each take long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crisiswire.storing import open_store
from storing.samples import article, event

SERVER = {"fastapi", "starlette", "uvicorn"}
CODER = {"spacy", "onnxruntime", "numpy", "thinc"}
STORE = {"sqlalchemy", "alembic"}
LARGE = SERVER | CODER | STORE | {"pyarrow", "polars", "torch", "httpx"}
RUN = """
import sys
from crisiswire.commands import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["serve", "--help"], set()),
        (["events", "--help"], set()),
        (["events", "--store", "STORE", "--format", "jsonl"], {"sqlalchemy"}),
        (["serve", "--store", "STORE", "--check"], {"sqlalchemy"}),
        (["code", "TEXT", "--date", "2019-05-17"], CODER | {"httpx"}),
    ],
    ids=lambda words: " ".join(sorted(words) if isinstance(words, set) else words),
)
def test_a_command_loads_no_more_than_it_needs(
    arguments: list[str], needed: set[str], environment: dict[str, str], tmp_path: Path
) -> None:
    places = {"STORE": tmp_path / "events.db", "TEXT": tmp_path / "text.txt"}
    places["TEXT"].write_text("Norway sent medics to Sudan.")
    with open_store(places["STORE"]) as store:
        store.save(article(), [event()])
    given = [str(places.get(one, one)) for one in arguments]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *given], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "crisiswire.commands" in loaded
    assert loaded & (LARGE - needed) == set()
