"""The examples that ``serve --demo`` shows are coded once for each version of what codes them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from crisiswire.config import load_config
from crisiswire.model import Article
from crisiswire.serving import demo
from crisiswire.serving.demo import demo_store
from crisiswire.storing.schema import HEAD
from storing.samples import event

TEXT = "Norway sent medics to Sudan."


class _Coder:
    """Codes every article into one event, and counts how often it was asked."""

    version = "coder 1"
    asked = 0

    def __init__(self, _: object) -> None:
        pass

    def code_many(self, articles: list[Article]) -> list[object]:
        type(self).asked += 1
        return [(article, [event(article.id, "f" * 16)]) for article in articles]


@pytest.fixture
def coder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[_Coder]:
    """Stands for the coder, with examples and a cache of the test's own."""
    examples = tmp_path / "examples"
    examples.mkdir()
    (examples / "one.txt").write_text(TEXT)
    monkeypatch.setattr(demo, "examples_folder", lambda: examples)
    monkeypatch.setattr("crisiswire.pipeline.Coder", _Coder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(_Coder, "asked", 0)
    return _Coder


def kept(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "cache" / "crisiswire").iterdir()}


def shown() -> int:
    with demo_store(load_config()) as store:
        return store.counts().events


@pytest.mark.parametrize("change", ["nothing", "coder", "examples"])
def test_they_are_coded_anew_when_anything_has_changed(
    coder: type[_Coder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    assert shown() == 1
    match change:
        case "coder":
            monkeypatch.setattr(coder, "version", "coder 2")
        case "examples":
            (tmp_path / "examples" / "one.txt").write_text(TEXT + " It left.")
    assert shown() == 1
    assert coder.asked == (1 if change == "nothing" else 2)


def test_others_that_nobody_asks_for_are_taken_away(coder: type[_Coder], tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "crisiswire"
    folder.mkdir(parents=True)
    for name, age in (("examples-old.db", 8), ("examples-lately.db", 1), ("notes.txt", 99)):
        (folder / name).write_bytes(b"")
        then = (folder / name).stat().st_mtime - age * 24 * 3600
        os.utime(folder / name, (then, then))
    assert shown() == 1
    found = kept(tmp_path)
    assert {"examples-lately.db", "notes.txt"} < found
    assert "examples-old.db" not in found
    assert len(found) == 3


def test_two_that_start_at_once_both_show_them(coder: type[_Coder], tmp_path: Path) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(shown())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 4
    assert len(kept(tmp_path)) == 1


def test_without_a_cache_they_are_coded_each_time(
    coder: type[_Coder], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert [shown(), shown()] == [1, 1]
    assert coder.asked == 2


def test_tables_of_another_version_are_not_shown(
    coder: type[_Coder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = set()
    for head in (HEAD, "0000"):
        monkeypatch.setattr("crisiswire.storing.schema.HEAD", head)
        monkeypatch.setattr(demo, "_code", lambda _coder, _folder, path: path.touch())
        demo._fetch(load_config(), tmp_path / "shown.db")
        names |= kept(tmp_path)
    assert len(names) == 2
