"""Bad input, one kind a test: it is named with what to do, and the rest is coded and kept."""

from __future__ import annotations

import json
import os
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crisiswire.errors import ReadError
from crisiswire.reading import ArticleDefaults, read_articles
from crisiswire.storing import open_store
from helpers import Cli, Result

from .samples import CHINESE, DAY, SANCTIONS, THREAT, documents, records, row, rows


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with one article, "good", to be coded whatever stands beside it."""
    path = tmp_path / "z-good.jsonl"
    path.write_text(row(THREAT, id="good"))
    return path


def code(cli: Cli, *paths: Path | str, **more: Any) -> Result:
    return cli("code", *paths, "--date", DAY, "--save", **more)


def assert_named(result: Result, item: object, *told: str) -> None:
    """One article could not be read and is named with the reason; "good" was coded."""
    assert result.status == 1
    assert documents(result.out) == ["good"]
    first = result.err.splitlines()[0]
    assert first.startswith(f"crisiswire: {item}")
    assert "Traceback" not in result.err
    for words in told:
        assert words in first
    assert "1 could not be read, 1 articles were coded" in result.err


def test_a_missing_file(cli: Cli, tmp_path: Path, good: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert_named(code(cli, missing, good), missing, "No such file", "check path")


def test_an_empty_file(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = code(cli, tmp_path / "empty.txt", good)
    assert_named(result, tmp_path / "empty.txt", "is empty; leave it out or fill it")


def test_a_binary_file_called_txt(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 100)
    result = code(cli, tmp_path / "photo.txt", good)
    assert_named(result, tmp_path / "photo.txt", "is not text", "save it as plain text in UTF-8")


def long_line(folder: Path, good: Path) -> Path:
    """A file with a line of 200 megabytes before the good one."""
    path = folder / "long.jsonl"
    with path.open("wb") as stream:
        stream.write(b"x" * 10_000)
        stream.truncate(200_000_000)
        stream.seek(200_000_000)
        stream.write(b"\n" + good.read_bytes())
    return path


def test_a_line_of_200_megabytes(cli: Cli, tmp_path: Path, good: Path) -> None:
    path = long_line(tmp_path, good)
    result = code(cli, path)
    assert_named(result, f"{path}, line 1", "longer than 20,000,000 bytes; split it")


def test_a_line_of_200_megabytes_is_never_held_whole(tmp_path: Path, good: Path) -> None:
    errors: list[ReadError] = []
    tracemalloc.start()
    try:
        read = read_articles(
            [long_line(tmp_path, good)],
            defaults=ArticleDefaults(),
            on_error=errors.append,
            on_warning=lambda _: None,
        )
        assert ([article.id for article in read], len(errors)) == (["good"], 1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def test_a_limit_on_lines_of_ones_own(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "my.toml").write_text("[input]\nmax_line = 1000\n")
    (tmp_path / "long.jsonl").write_text(row("word " * 1000) + good.read_text())
    result = code(cli, tmp_path / "long.jsonl", "--config", tmp_path / "my.toml")
    assert_named(result, f"{tmp_path / 'long.jsonl'}, line 1", "longer than 1,000 bytes; split it")


def test_invalid_utf_8(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Nicol\xe1s Maduro met Vladimir Putin in Moscow on Friday.")
    result = code(cli, tmp_path / "a.txt")
    assert result.status == 0
    assert f"{tmp_path / 'a.txt'}: not UTF-8; read as cp1252, a guess" in result.err
    assert any(e["evidence"]["text"].startswith("Nicolás Maduro") for e in records(result.out))


BAD_LINES = [
    ('{"text": "a', "is not JSON", "write one JSON object a line"),
    (row("").strip(), "has an empty text", "leave it out or fill it"),
    ('{"id": "7", "date": "2019-05-20"}', "has no field 'text'", "give the article's text there"),
    (row(date="31/02/2019").strip(), "'31/02/2019' is not a day", "write it as YYYY-MM-DD"),
]


@pytest.mark.parametrize("bad", BAD_LINES, ids=lambda bad: bad[1])
def test_a_bad_line_seven_of_ten(cli: Cli, tmp_path: Path, bad: tuple[str, str, str]) -> None:
    lines = rows(10)
    lines[6] = bad[0] + "\n"
    (tmp_path / "ten.jsonl").write_text("".join(lines))
    result = code(cli, tmp_path / "ten.jsonl")
    assert result.status == 1
    assert documents(result.out) == [*"12345689", "10"]
    assert result.err.startswith(f"crisiswire: {tmp_path / 'ten.jsonl'}, line 7: ")
    assert all(words in result.err for words in bad[1:])
    assert "1 could not be read, 9 articles were coded, 9 events found" in result.err
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().articles == 9


def test_a_folder_without_permission(
    cli: Cli, tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root reads everything: let the system call refuse instead
        real = os.scandir

        def refusing(path: Any = ".") -> Any:
            if os.fspath(path) == str(locked):
                raise PermissionError(13, "Permission denied", str(locked))
            return real(path)

        monkeypatch.setattr(os, "scandir", refusing)
    try:
        result = code(cli, locked, good)
    finally:
        locked.chmod(0o700)
    assert_named(result, locked, "folder cannot be read (Permission denied); check its rights")


def test_an_article_in_chinese(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "zh.jsonl").write_text(row(CHINESE, id="zh"), encoding="utf-8")
    result = code(cli, tmp_path / "zh.jsonl", good)
    assert (result.status, documents(result.out)) == (0, ["good"])
    assert "zh: language 'zh' is not coded" in result.err
    assert "1 of 2 articles not coded: language 'zh'" in result.err
    with open_store(tmp_path / "store.db") as store:
        kept = store.article("zh")
    assert kept is not None
    assert (kept.text, kept.language) == (CHINESE, "zh")


def test_an_article_of_200_000_characters(cli: Cli, tmp_path: Path) -> None:
    filler = "The river rose again and the harvest was late. " * 40
    text = (f"{filler}\n{SANCTIONS} {filler}\n" * 60)[:200_000]
    (tmp_path / "long.txt").write_text(text)
    result = code(cli, tmp_path / "long.txt")
    assert (result.status, result.err) == (0, "")
    found = [event for event in records(result.out) if event["event_type"] == "SANCTION"]
    assert len(found) == text.count(SANCTIONS)


def test_an_article_of_two_million_characters_is_read(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("The river rose again.\n" * 91_000)
    errors: list[ReadError] = []
    (article,) = read_articles(
        [tmp_path / "long.txt"],
        defaults=ArticleDefaults(),
        on_error=errors.append,
        on_warning=lambda _: None,
    )
    assert (len(article.text), errors) == (2_002_000, [])


def test_an_article_beyond_the_limit(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "long.txt").write_text("The river rose again.\n" * 140_000)
    result = code(cli, tmp_path / "long.txt", good)
    assert_named(result, tmp_path / "long.txt", "more than 3,000,000; split it into articles")


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "parquet"])
def test_control_characters_and_emoji(cli: Cli, tmp_path: Path, form: str) -> None:
    text = f"\x07\x1b[31m🚨🇻🇪 {SANCTIONS} \u202e\u200b [bold]{THREAT}[/bold] \x08"
    (tmp_path / "odd.jsonl").write_text(json.dumps({"id": "odd", "text": text}) + "\n")
    result = cli("code", tmp_path / "odd.jsonl", "--date", DAY, "--save", "--format", form)
    assert (result.status, result.err) == (0, "")
    assert b"SANCTION" in result.raw
    if form == "table":
        assert not set("\x07\x08\u202e") & set(result.out)
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().events >= 2


def test_half_a_character(cli: Cli, tmp_path: Path, good: Path) -> None:
    (tmp_path / "odd.jsonl").write_text(json.dumps({"id": "odd", "text": f"\ud800 {SANCTIONS}"}))
    result = code(cli, tmp_path / "odd.jsonl", good)
    assert (result.status, documents(result.out)) == (0, ["odd", "good"])


class TestStore:
    def test_locked(self, cli: Cli, tmp_path: Path, good: Path) -> None:
        open_store(tmp_path / "store.db").close()
        with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            url = f"sqlite:///{tmp_path / 'store.db'}?timeout=0.1"
            result = cli("code", good, "--save", "--store", url)
        assert result.status == 1
        assert result.err.startswith(f"crisiswire: {tmp_path / 'store.db'}: saving article good")
        assert "let that process finish or stop it, then do it again" in result.err

    def test_read_only(self, cli: Cli, tmp_path: Path, good: Path) -> None:
        open_store(tmp_path / "store.db").close()
        url = f"sqlite:///{tmp_path / 'store.db'}?mode=ro"
        result = cli("code", good, "--save", "--store", url)
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"crisiswire: {tmp_path / 'store.db'}: the store may not be")
        assert "choose another with --store" in result.err

    @pytest.mark.parametrize("arguments", [["code", "{good}", "--save"], ["events"]])
    def test_of_a_newer_version(
        self, cli: Cli, tmp_path: Path, good: Path, arguments: list[str]
    ) -> None:
        open_store(tmp_path / "store.db").close()
        with closing(sqlite3.connect(tmp_path / "store.db")) as other, other:
            other.execute("UPDATE crisiswire_version SET version_num = '9999'")
        result = cli(*(word.format(good=good) for word in arguments))
        assert (result.status, result.out) == (1, "")
        assert f"{tmp_path / 'store.db'}: was made by a newer crisiswire" in result.err
        assert "pip install --upgrade crisiswire" in result.err

    def test_that_is_no_store(self, cli: Cli, good: Path) -> None:
        result = cli("code", good, "--save", "--store", good)
        assert (result.status, result.out) == (1, "")
        assert f"{good}: is not a SQLite database; give another path" in result.err
