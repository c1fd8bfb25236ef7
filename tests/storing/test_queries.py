"""Queries that make no sense are refused, and the default place of the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from crisiswire.errors import StoreError
from crisiswire.storing import EventQuery, default_url, open_store


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"event_types": ("ASSULT",)}, "event type 'ASSULT'.*ASSAULT"),
        ({"event_types": "AID"}, "event type 'A'"),
        ({"quad_classes": ("conflict",)}, "quad class 'conflict'"),
        ({"statuses": ("real",)}, "status 'real'"),
        ({"dyad": "USA>VEN"}, "dyad 'USA>VEN'.*USA-VEN"),
        ({"dyad": "US-VEN"}, "dyad"),
        ({"text": " \x00 !? "}, "no word"),
        ({"limit": -1}, "limit -1"),
        ({"offset": -1}, "offset -1"),
    ],
)
def test_a_query_that_can_match_nothing_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        EventQuery(**fields)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "sqlite:////home/me/.local/share/crisiswire/events.db"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "sqlite:////data/crisiswire/events.db"),
        (
            "linux",
            {"XDG_DATA_HOME": "data"},
            "sqlite:////home/me/.local/share/crisiswire/events.db",
        ),
        ("darwin", {}, "sqlite:////home/me/Library/Application Support/crisiswire/events.db"),
        ("darwin", {"CRISISWIRE_STORE": "/there/x.db"}, "sqlite:////there/x.db"),
        ("linux", {"CRISISWIRE_STORE": "~/x.db"}, "sqlite:////home/me/x.db"),
        ("linux", {"CRISISWIRE_STORE": "postgresql://host/db"}, "postgresql://host/db"),
    ],
)
def test_the_default_store_follows_the_platform(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("XDG_DATA_HOME", "CRISISWIRE_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_url() == expected


def test_the_default_store_is_made_with_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CRISISWIRE_STORE", str(tmp_path / "new" / "folder" / "x.db"))
    with open_store() as store:
        assert store.counts().articles == 0
    assert (tmp_path / "new" / "folder" / "x.db").is_file()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://user:secret@host/db", "mysql://user:[*]+@host/db.*SQLite"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("sqlite:////tmp/x.db?mode=rox", "mode=ro"),
        ("sqlite:////tmp/x.db?timeout=long", "number of seconds"),
        ("sqlite:////tmp/x.db?cache=shared", "mode=ro"),
        ("://", "store URL"),
    ],
)
def test_urls_that_name_no_store_are_refused(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(url)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://me:secret@localhost:1/nothing")
    assert "secret" not in str(caught.value)
