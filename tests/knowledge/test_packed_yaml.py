"""Baked YAML: the same as the files, and only as long as they are unchanged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crisiswire.knowledge import files
from crisiswire.knowledge.files import DATA, parse_yaml, read_yaml
from crisiswire.knowledge.packed_yaml import digest, documents, pack_documents

SHIPPED = sorted(DATA.rglob("*.yaml"))


def baked(folder: Path, *held: tuple[bytes, Any]) -> dict[str, bytes]:
    path = folder / "yaml.bin"
    path.write_bytes(pack_documents(held))
    return documents(path)


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All shipped YAML files, baked."""
    found = baked(tmp_path, *((path.read_bytes(), parse_yaml(path)) for path in SHIPPED))
    assert len(found) > len(SHIPPED) / 2
    monkeypatch.setattr(files, "documents", lambda: found)


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_reads_the_same(path: Path) -> None:
    assert read_yaml(path) == parse_yaml(path)


@pytest.mark.usefixtures("in_use")
def test_a_changed_file_is_read_itself(tmp_path: Path) -> None:
    path = tmp_path / "not_names.yaml"
    path.write_bytes((DATA / "lexicon" / "not_names.yaml").read_bytes() + b"- Own Phrase\n")
    assert read_yaml(path)[-1] == "Own Phrase"


@pytest.mark.parametrize("odd", [{1: "a"}, {True: "a"}, [dt.date(2019, 5, 31)], {None: 1}])
def test_what_json_cannot_hold_is_left_out(tmp_path: Path, odd: object) -> None:
    found = baked(tmp_path, (b"odd", odd), (b"even", {"a": [1, 2.5, None, True, "é"]}))
    assert list(found) == [digest(b"even")]


@pytest.mark.parametrize("content", [b"", b"crisiswire yaml 1\nx\n{}\n", b"other"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "yaml.bin"
    path.write_bytes(content)
    assert documents(path) == documents(tmp_path / "gone.bin") == {}
