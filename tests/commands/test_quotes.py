"""``crisiswire quotes``: articles in, quotes with their speakers out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from helpers import EXAMPLES, Cli

from .samples import records

TEXT = (
    '"The bridge is ours," President Maia Sandu said. "Nobody will cross it."\n\n'
    'A senior official called the raid "a gift to our enemies". The "free port" stayed shut.\n'
)
FIELDS = ["id", "text", "start", "end", "sentence", "kind", "speaker", "verb", "unnamed",
          "continues", "verb_start", "verb_end"]  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_one_row_a_quote(cli: Cli, article: Path) -> None:
    result = cli("quotes", article, "--date", "2024-05-01")
    assert (result.status, result.err) == (0, "")
    rows = records(result.out)
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert [(r["kind"], r["continues"], r["unnamed"]) for r in rows] == [
        ("direct", False, False), ("direct", True, False), ("partial", False, True),
        ("scare", False, False),
    ]  # fmt: skip
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]
    speaker = rows[0]["speaker"]
    assert (speaker["country"], rows[0]["verb"]) == ("MDA", "said")
    assert TEXT[speaker["start"] : speaker["end"]] == speaker["text"] == "President Maia Sandu"
    assert rows[1]["speaker"] == speaker
    assert rows[3]["speaker"] is None


def test_a_table_is_for_the_eye(cli: Cli, article: Path) -> None:
    out = cli("quotes", article, "--date", "2024-05-01", "--format", "table").out
    assert "President Maia Sandu (MDA GOV)" in out
    assert "The bridge is ours," in out
    assert "{" not in out


def test_csv_and_the_suffix_of_the_output(cli: Cli, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    assert cli("quotes", article, "--date", "2024-05-01", "--output", target).status == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert json.loads(rows[0]["speaker"])["country"] == "MDA"


def test_folders_and_standard_input(cli: Cli) -> None:
    found = records(cli("quotes", EXAMPLES, "--quiet").out)
    assert len({row["id"] for row in found}) > 2
    result = cli("quotes", "-", "--quiet", "--input-format", "txt", stdin=TEXT.encode())
    assert len(records(result.out)) == 4


def test_what_cannot_be_read_is_named_and_the_rest_done(cli: Cli, article: Path) -> None:
    missing = article.with_name("missing.txt")
    result = cli("quotes", missing, article, "--date", "2024-05-01")
    assert (result.status, len(records(result.out))) == (1, 4)
    assert "missing.txt" in result.err
    assert "1 could not be read" in result.err


def test_another_language_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": "d", "text": "„Wir bleiben“, sagte er.", "date": "2024-05-01", "language": "de"}
    path.write_text(json.dumps(row), "utf-8")
    result = cli("quotes", path)
    assert (result.status, result.out) == (0, "")
    assert "language 'de' is not coded" in result.err
