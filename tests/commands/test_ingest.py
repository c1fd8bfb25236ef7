"""``crisiswire ingest``: everything is taken once, whatever stops it."""

from __future__ import annotations

from pathlib import Path

from crisiswire.storing import open_store
from helpers import Cli

from .samples import rows


def test_what_the_store_has_is_left_out(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(rows(2)))
    place = tmp_path / "store.db"
    first = cli("ingest", path)
    assert (first.status, first.out) == (0, f"2 new articles, 2 events saved in {place}\n")
    path.write_text("".join(rows(3)))
    again = cli("ingest", path)
    assert again.out == f"1 new articles, 1 events saved in {place}; 2 were there already\n"
    assert cli("ingest", path, "--again").out.startswith("3 new articles, 3 events")
    with open_store(place) as store:
        assert (store.counts().articles, store.counts().events) == (3, 3)


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("{bad\n" + "".join(rows(1)))
    result = cli("ingest", path)
    assert (result.status, result.out[:24]) == (1, "1 new articles, 1 events")
    assert f"crisiswire: {path}, line 1: is not JSON" in result.err
