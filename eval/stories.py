"""How well reports of one event are joined, on the reports of ``eval/stories``.

``python eval/stories.py`` scores both halves; ``--errors`` shows what was torn or joined wrongly,
``--fit`` learns the weights anew from half A and prints them.

The figure is B³ over the marked events: a marked event is found where the coder has an event of
a marked type at marked words. ``end to end`` counts those it lacks as never joined (recall 0);
``of those found`` leaves them out. Several events of the coder for one mark share its weight.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crisiswire import Article, Coder, Event
from crisiswire.analysing.story_rules import SIGNALS, StoryRules, story_rules
from crisiswire.analysing.story_scores import signals
from crisiswire.analysing.story_shelf import Shelf
from crisiswire.analysing.story_traits import Traits, report_traits
from crisiswire.reading.cleaning import masked_ranges

FOLDER = Path(__file__).with_name("stories")
HALVES = ("a", "b")
_MARK = re.compile(r"\[([^\]]+)\]([A-Z][A-Z0-9]*)")
_SHARES = {"same": 0.5, "other": 0.25, "moved": 0.25}  # of the loss, by kind of pair
# What an editor would say each signal counts: few reports leave the weights near these.
_EXPECTED = {
    "bias": -1.0, "same_day": 0.5, "days_apart": -1.4, "related_type": -2.2, "not_yet": -2.0,
    "same_spot": 1.5, "unsure_spot": -0.3, "far_spot": -2.5, "far_but_named": -0.5,
    "spot_named": 1.0, "spot_unnamed": -0.7, "same_province": 0.7, "other_province": -1.5,
    "other_country": -2.5, "actors_same": 0.8, "actors_like": 0.6, "actors_country": 0.3,
    "actors_differ": -1.2, "recipients_same": 0.8, "recipients_like": 0.5,
    "recipients_country": 0.3, "recipients_differ": -0.7, "parties_same": 0.8,
    "parties_like": 0.5, "parties_country": 0.2, "parties_differ": -1.2, "parties_shared": 0.5,
    "turned": -1.0, "same_number": 1.2, "like_number": 0.5, "other_number": -0.6,
    "same_verb": 0.2, "words": 3.0, "names": 3.5,
}  # fmt: skip
_TRUST = 0.03  # how much that counts beside the reports; chosen by cross-validation in half A
_WORDS = range(40, 151)  # of a report


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a report at ``start:end`` that tell ``story`` as an event of one of ``types``."""

    story: str
    types: tuple[str, ...]
    start: int
    end: int

    def told_by(self, event: Event) -> bool:
        trigger = event.evidence.trigger
        meets = trigger.start < self.end and self.start < trigger.end
        return meets and event.event_type in self.types


@dataclass(frozen=True, slots=True)
class Report:
    """An article with the marks in it."""

    article: Article
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A mark's events: the story it tells and the stories that its events were put into."""

    document_id: str
    gold: str
    found: tuple[str, ...]


def read_reports(path: Path) -> list[Report]:
    """The reports of a file: lines ``CODE: TYPES | what happened``, then for each report
    ``=== date | outlet | title`` and its text with ``[words]CODE``. Raises ValueError that names
    the report at fault."""
    head, *blocks = path.read_text("utf-8").split("\n=== ")
    types = {
        code: tuple(rest.partition("|")[0].strip().split("/"))
        for code, _, rest in (line.partition(":") for line in head.splitlines() if line)
    }
    return [
        _report(block, f"{path.parent.name}-{path.stem}-{n:02}", types)
        for n, block in enumerate(blocks, 1)
    ]


def _report(block: str, name: str, types: dict[str, tuple[str, ...]]) -> Report:
    line, _, body = block.partition("\n")
    day, outlet, title = (part.strip() for part in line.split("|"))
    parts, marks, size, end = [], [], 0, 0
    for match in _MARK.finditer(body):
        words, code = match.groups()
        if code not in types:
            raise ValueError(f"{name}: {match[0]} names no story of the file")
        parts += [body[end : match.start()], words]
        size += match.start() - end
        story = f"{name.rpartition('-')[0]}-{code}"
        marks.append(Mark(story, types[code], size, size + len(words)))
        size, end = size + len(words), match.end()
    text = "".join((*parts, body[end:])).strip()
    if len(text.split()) not in _WORDS or not marks:
        raise ValueError(f"{name}: {len(text.split())} words, {len(marks)} marks")
    return Report(
        Article(
            text,
            dt.date.fromisoformat(day),
            name,
            title,
            outlet,
            language="en",
            masked=masked_ranges(text, outlet),
        ),
        tuple(marks),
    )


def half(name: str) -> list[Report]:
    """All reports of a half, by date."""
    reports = [r for path in sorted((FOLDER / name).glob("*.txt")) for r in read_reports(path)]
    return sorted(reports, key=lambda r: (r.article.date, r.article.id))


def coded(coder: Coder, reports: Sequence[Report]) -> list[tuple[Report, list[Event]]]:
    """The reports with the coder's events."""
    results = coder.code_many([report.article for report in reports])
    return [(report, events) for report, (_, events) in zip(reports, results, strict=True)]


def told(pairs: Sequence[tuple[Report, list[Event]]], rules: StoryRules) -> list[Told]:
    """Each story that a report tells, with the stories that its events were put into."""
    shelf = Shelf(rules)
    out = []
    for report, events in pairs:
        placed = [shelf.place(t).story_id for t in report_traits(report.article, events)]
        for story in dict.fromkeys(mark.story for mark in report.marks):
            marks = [mark for mark in report.marks if mark.story == story]
            found = tuple(
                name
                for event, name in zip(events, placed, strict=True)
                if any(mark.told_by(event) for mark in marks)
            )
            out.append(Told(report.article.id, story, found))
    return out


def b_cubed(items: Sequence[Told], *, end_to_end: bool) -> tuple[float, float, float]:
    """Precision, recall and F1; ``end_to_end`` counts what was not found against recall."""
    share: Counter[tuple[str, str]] = Counter()
    cluster: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for item in items:
        gold[item.gold] += 1 if item.found or end_to_end else 0
        for name in item.found:
            share[item.gold, name] += 1 / len(item.found)  # type: ignore[assignment]
            cluster[name] += 1 / len(item.found)  # type: ignore[assignment]
    found = sum(share.values())
    precision = sum(w * w / cluster[name] for (_, name), w in share.items()) / found
    recall = sum(w * w / gold[story] for (story, _), w in share.items()) / sum(gold.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def fit(pairs: Sequence[tuple[Report, list[Event]]], rules: StoryRules) -> dict[str, float]:
    """Weights learned from all pairs of marked events that can meet: logistic regression by
    gradient descent, kept near ``_EXPECTED`` and of the sign that a signal's name says."""
    import numpy as np

    rows, kinds = _pairs(pairs, rules)
    x = np.array([[row.get(name, 0.0) for name in SIGNALS] for row in rows])
    y = np.array([float(kind == "same") for kind in kinds])
    sign = np.array([_sign(name) for name in SIGNALS])
    expected = np.array([_EXPECTED.get(name, 0.0) for name in SIGNALS])
    count = Counter(kinds)
    each = np.array([_SHARES[kind] / count[kind] for kind in kinds])
    weights, bias = expected.copy(), _EXPECTED["bias"]
    for _ in range(4_000):
        missing = each * (1 / (1 + np.exp(-(x @ weights + bias))) - y)
        weights -= 0.5 * (missing @ x + _TRUST * (weights - expected))
        weights = np.where(sign * weights < 0, 0.0, weights)
        bias -= 0.5 * (float(missing.sum()) + _TRUST * (bias - _EXPECTED["bias"]))
    return {"bias": bias} | dict(zip(SIGNALS, map(float, weights), strict=True))


def _sign(name: str) -> int:
    """+1 for what can only speak for one event, -1 for what can only speak against it."""
    against = ("other_", "far_", "related", "not_yet", "turned", "days_apart", "spot_unnamed")
    if name.startswith(against) or name.endswith("_differ"):
        return -1
    return 0 if name in ("same_report", "near_spot", "unsure_spot", "wide_time") else 1


def _pairs(
    pairs: Sequence[tuple[Report, list[Event]]], rules: StoryRules
) -> tuple[list[dict[str, float]], list[str]]:
    """Signals of pairs of marked events and which of ``_SHARES`` they are. Two of different
    stories are also taken as if they had happened on one day, since elsewhere such things do."""
    events = [
        (event_traits, mark.story)
        for report, found in pairs
        for event, event_traits in zip(found, report_traits(report.article, found), strict=True)
        for mark in report.marks
        if mark.told_by(event)
    ]
    rows, kinds = [], []
    for n, (one, story) in enumerate(events):
        for other, its in events[:n]:
            forms = {"other": other, "moved": _moved(other, one)}
            if story == its:
                forms = {"same": other}
            for kind, form in forms.items():
                signal = signals(one, form, rules) if _meet(one, form, rules) else None
                if signal is not None:
                    rows.append(dict(signal))
                    kinds.append(kind)
    return rows, kinds


def _meet(one: Traits, other: Traits, rules: StoryRules) -> bool:
    return bool({*one.keys()} & {*other.sought(tuple(rules.related[other.event_type]))})


def _moved(traits: Traits, beside: Traits) -> Traits:
    """The event as if it had happened when another did."""
    by = beside.last - traits.last
    return dataclasses.replace(traits, first=traits.first + by, last=traits.last + by)


def show(items: Sequence[Told]) -> None:
    """Prints stories that were torn, and those that others were joined with."""
    into: dict[str, set[str]] = defaultdict(set)
    holds: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in item.found:
            into[item.gold].add(name)
            holds[name].add(item.gold)
    for gold, names in into.items():
        if len(names) > 1:
            where = [f"{i.document_id}:{','.join(n[:4] for n in i.found)}" for i in items
                     if i.gold == gold]  # fmt: skip
            print(f"  torn    {gold}: {' '.join(where)}")
    for stories in holds.values():
        if len(stories) > 1:
            print(f"  joined  {' '.join(sorted(stories))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show what went wrong")
    parser.add_argument("--fit", action="store_true", help="learn the weights from half A")
    options = parser.parse_args()
    coder, rules = Coder(), story_rules()
    if options.fit:
        for name, weight in fit(coded(coder, half("a")), rules).items():
            print(f"{name}: {weight:.2f}")
        return
    for name in HALVES:
        reports = half(name)
        items = told(coded(coder, reports), rules)
        stories = {item.gold for item in items}
        found = sum(bool(item.found) for item in items)
        print(f"half {name.upper()}: {len(reports)} reports, {len(stories)} stories, "
              f"{len(items)} marked events, found {found / len(items):.3f}")  # fmt: skip
        for what, whole in (("end to end", True), ("of those found", False)):
            p, r, f = b_cubed(items, end_to_end=whole)
            print(f"  {what:15} B3 precision {p:.3f} recall {r:.3f} F1 {f:.3f}")
        if options.errors:
            show(items)


if __name__ == "__main__":
    main()
