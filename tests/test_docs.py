"""The documentation keeps up: every command, option and setting is told, every example runs."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from crisiswire.commands.app import app
from crisiswire.config import DEFAULTS
from crisiswire.fetching import Feed, WatchSettings
from crisiswire.storing import open_store
from fetching.server import RSS, Site, article, feeds_file, rss, serving
from helpers import ROOT, Cli
from reading.collections_samples import NEXIS_UNI, as_rtf, warc
from reading.samples import PAGE

COMMANDS_PAGE = ROOT / "docs" / "commands.md"
SETTINGS_PAGE = ROOT / "docs" / "settings.md"
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
         if page.exists()]  # fmt: skip
EVENT = "3f2a9c"
ROWS = {
    "pairs.jsonl": {"id": "a", "text": "Russia sold arms to Syria.", "actor": "Russia",
                    "recipient": "Syria"},
    "phrases.jsonl": {"id": "a", "phrase": "the Kremlin", "date": "2019-05-20"},
    "texts.jsonl": {"id": "a", "text": "Fighting spread to Misrata."},
}  # fmt: skip


def options_of(command: Any) -> list[str]:
    return [name for p in command.params for name in p.opts if name.startswith("--")]


def all_options_of(command: Any) -> set[str]:
    """The options of a command, or of all commands of a group."""
    within = getattr(command, "commands", {}).values()
    return {*options_of(command)}.union(*map(all_options_of, within))


ROOT_COMMAND: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = ROOT_COMMAND.commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_docs(name: str) -> None:
    page = COMMANDS_PAGE.read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert name in sections
    told = set(re.findall(r"`(--[\w-]+)", sections[name]))
    assert all_options_of(COMMANDS[name]) - {"--help"} <= told
    assert told <= all_options_of(COMMANDS[name]), "the page tells of options that are gone"
    assert f"$ crisiswire {name} " in sections[name].replace("\n", " ")


def test_the_options_before_the_command_are_in_the_docs() -> None:
    page = COMMANDS_PAGE.read_text("utf-8")
    assert all(f"crisiswire {o}" in page for o in options_of(ROOT_COMMAND) if o != "--help")


def test_every_setting_and_its_default_is_in_the_docs() -> None:
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.*?) \|", SETTINGS_PAGE.read_text(), re.MULTILINE))
    settings = {
        f"{section}.{name}": value
        for section, values in tomllib.loads(DEFAULTS.read_text("utf-8")).items()
        for name, value in values.items()
    }
    assert {name for name in rows if "." in name} == set(settings)
    for name, value in settings.items():
        told = rows[name].replace("`", "").replace(",", "")
        assert told.split() == (value if isinstance(value, list) else [str(value)])


def test_every_setting_of_feeds_and_its_default_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "feeds.md").read_text("utf-8")
    feeds, watch = page.split("In `[watch]`, for all:")
    for section, told in ((Feed, feeds), (WatchSettings, watch)):
        rows = dict(re.findall(r"^\| (`[^|]*) \|([^|]*)\|", told, re.MULTILINE))
        defaults = {name: cell for names, cell in rows.items() for name in names.split(", ")}
        assert {f"`{name}`" for name in section.model_fields} <= set(defaults)
        for name, field in section.model_fields.items():
            if isinstance(field.default, bool | int) and not field.is_required():
                shown = defaults[f"`{name}`"].strip(" `").replace(",", "")
                assert shown == str(field.default).lower(), name


def examples(page: Path) -> list[list[str]]:
    """The arguments of each ``$ crisiswire …`` line of a page's console blocks."""
    blocks = re.findall(
        r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[2:] for line in lines if line.startswith("$ crisiswire ")]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def collections(folder: Path) -> None:
    """The archive and the export that the pages name."""
    (folder / "crawl.warc.gz").write_bytes(
        warc(("https://example.org/a", "200 OK", "text/html", PAGE.encode()))
    )
    (folder / "export.rtf").write_text(as_rtf(NEXIS_UNI))


@pytest.mark.parametrize("page", [p for p in PAGES if examples(p)], ids=lambda page: page.name)
def test_every_example_runs(
    page: Path, cli: Cli, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order, in an empty folder, with the shipped examples and a file of rows for each stage.

    The ids of events, and those of ``--story``, stand for any: the store's first are taken.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    collections(tmp_path)
    feed = {"name": "Wire", "url": site.add("/rss", rss(site.add("/a", article("A"))), RSS)}
    feeds_file(tmp_path / "feeds.toml", feed)
    for name, row in ROWS.items():
        (tmp_path / name).write_text(json.dumps(row) + "\n")
    for arguments in examples(page):
        if EVENT in arguments:
            with open_store(tmp_path / "store.db") as store:
                first = next(store.events()).event.event_id[:8]
            arguments = [first if argument == EVENT else argument for argument in arguments]
        if "--story" in arguments:
            with open_store(tmp_path / "store.db") as store:
                arguments[arguments.index("--story") + 1] = next(store.stories())[0].place.story_id
        result = cli(*arguments)
        assert result.status == 0, f"{page.name}: crisiswire {shlex.join(arguments)}: {result.err}"
        assert result.raw or result.err or "--output" in arguments or "-o" in arguments
