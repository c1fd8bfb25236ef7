"""Copies of agency reports recognised in a store: ``python eval/copies.py [--errors]``.

The reports of tests/storing/copies.yaml, made for this project, are saved one after another in an
order drawn by lot; two articles count as a pair when the store holds them for copies of one report.
Shingles and thresholds were chosen on every second group (``chosen``); the rest is ``held out``.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from crisiswire import Article
from crisiswire.knowledge.files import read_yaml
from crisiswire.reading import ArticleDefaults
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.reader import Desk
from crisiswire.storing import open_store

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "storing" / "copies.yaml"
DAY = dt.date(2024, 3, 5)


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the table; those of one ``report`` are copies of each other."""

    article: Article
    group: int
    report: str


def read_table(path: Path = TABLE) -> list[Told]:
    """Every article of the table, as the reader would hand it on."""
    told = []
    for number, group in enumerate(read_yaml(path)):
        wire = group["wire"]
        told.append(_told(number, "wire", wire, 0, None, f"{number}-0"))
        for kind in ("copies", "others"):
            for at, version in enumerate(group[kind], 1):
                report = "wire" if kind == "copies" else f"other {at}"
                day, title = version.get("day", 0), version.get("title")
                name = f"{number}-{kind[0]}{at}"
                told.append(_told(number, report, edited(wire, version), day, title, name))
    return told


def edited(wire: str, version: dict[str, Any]) -> str:
    """The wire with the changes of one row of the table. Raises ValueError when words that are to
    be changed are not there."""
    if "text" in version:
        return str(version["text"])
    paragraphs = wire.strip().split("\n")
    for number, text in version.get("rewrite", {}).items():
        paragraphs[number] = text
    if version.get("cut"):
        del paragraphs[-version["cut"] :]
    for number, text in reversed(version.get("add", [])):
        paragraphs.insert(number, text)
    text = "\n".join(paragraphs)
    for old, new in version.get("change", {}).items():
        if old not in wire:
            raise ValueError(f"{TABLE.name}: {old!r} is not in the wire")
        text = text.replace(old, str(new))
    return str(version.get("dateline", "")) + text


def _told(group: int, report: str, text: str, day: int, title: str | None, name: str) -> Told:
    desk = Desk(ArticleDefaults(), ReadLimits(), lambda _: None)
    date = DAY + dt.timedelta(days=day)
    draft = Draft(name, text.strip().replace("\n", "\n\n"), name, date, title)
    return Told(desk.finish(draft), group, f"{group} {report}")


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs found rightly, found wrongly and missed."""

    right: int
    wrong: frozenset[tuple[str, str]]
    missed: frozenset[tuple[str, str]]

    @property
    def precision(self) -> float:
        """The share of the pairs found that are copies."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of the copies that are found."""
        return self.right / max(1, self.right + len(self.missed))


def measure(told: Sequence[Told], folder: Path, seed: int = 0) -> Figures:
    """Save the articles in an order drawn by lot in a store in ``folder`` and count its pairs."""
    order = [one.article for one in told]
    random.Random(seed).shuffle(order)
    with open_store(folder / f"{seed}.db") as store:
        first = {article.id: store.save(article, []) or article.id for article in order}
    gold = pairs({one.article.id: one.report for one in told})
    found = pairs(first)
    return Figures(len(gold & found), found - gold, gold - found)


def pairs(groups: dict[str, str]) -> frozenset[tuple[str, str]]:
    """The pairs of ids within each group."""
    members: dict[str, list[str]] = defaultdict(list)
    for article, group in sorted(groups.items()):
        members[group].append(article)
    return frozenset(pair for ids in members.values() for pair in combinations(ids, 2))


def main() -> None:
    """Prints one line a half of the table; with --errors the pairs that are wrong or missed."""
    told = read_table()
    halves: dict[str, Iterable[Told]] = {
        "chosen": [one for one in told if one.group % 2 == 0],
        "held out": [one for one in told if one.group % 2],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, half in halves.items():
            listed = list(half)
            (Path(folder) / name).mkdir()
            found = measure(listed, Path(folder) / name)
            print(
                f"{name:<9} {len(listed)} articles, precision {found.precision:.3f}, "
                f"recall {found.recall:.3f} ({found.right} pairs, {len(found.wrong)} wrong, "
                f"{len(found.missed)} missed)"
            )
            if "--errors" in sys.argv:
                for kind, wrong in (("wrong", found.wrong), ("missed", found.missed)):
                    for one, other in sorted(wrong):
                        print(f"  {kind:<7} {one} {other}")


if __name__ == "__main__":
    main()
