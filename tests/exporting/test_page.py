"""docs/exports.md keeps up with the columns, forms and tables."""

from __future__ import annotations

import re

import pytest

from crisiswire.exporting.forms import FORMS
from crisiswire.exporting.gdelt import MENTION_COLUMNS
from crisiswire.exporting.icews import COLUMNS as ICEWS_COLUMNS
from crisiswire.exporting.plover import plover_record
from crisiswire.exporting.polecat import COLUMNS as POLECAT_COLUMNS
from crisiswire.knowledge.export_tables import FOLDER
from helpers import ROOT

from .samples import stored

PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("POLECAT", [name for name in POLECAT_COLUMNS if "Recipient" not in name]),
        ("ICEWS", ICEWS_COLUMNS),
        ("GDELT", MENTION_COLUMNS),
        ("PLOVER", list(plover_record(stored()))),
    ],
)
def test_every_column_is_told(title: str, columns: list[str]) -> None:
    told = section(title)
    missing = [name for name in columns if not re.search(rf"\b{re.escape(name)}\b", told)]
    assert missing == []


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_told(form: str) -> None:
    assert f"`{form}`" in PAGE


def test_every_table_is_told() -> None:
    names = {path.name for path in FOLDER.iterdir()}
    assert names == set(re.findall(r"`(\w+\.csv)`", section("The codes")))


def test_r_is_told_not_to_look_for_quotes() -> None:
    calls = re.findall(r"read\.delim\((.*)", PAGE)
    assert len(calls) == 3
    assert all('quote = ""' in call for call in calls)
