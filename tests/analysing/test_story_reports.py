"""Whole reports, coded and joined: the marked files of ``eval/stories``."""

from __future__ import annotations

import sys

import pytest

from crisiswire import Coder
from crisiswire.analysing.story_rules import story_rules
from helpers import ROOT

sys.path.insert(0, str(ROOT / "eval"))
import stories as evaluation


@pytest.mark.parametrize("name", evaluation.HALVES)
def test_the_marked_reports_are_whole(name: str) -> None:
    reports = evaluation.half(name)
    assert len(reports) >= 100
    assert len({mark.story for report in reports for mark in report.marks}) >= 40
    texts = [report.article.text for report in reports]
    assert len(set(texts)) == len(texts)
    for report in reports:
        for mark in report.marks:
            words = report.article.text[mark.start : mark.end]
            assert words.strip() == words != ""


def test_b_cubed_by_hand() -> None:
    told = [
        evaluation.Told("1", "x", ("s",)),
        evaluation.Told("2", "x", ("s",)),
        evaluation.Told("3", "x", ()),
        evaluation.Told("4", "y", ("s",)),
    ]
    # In s two of three are of x; of x two of three are found.
    precision, recall, _ = evaluation.b_cubed(told, end_to_end=True)
    assert (precision, recall) == pytest.approx((5 / 9, 7 / 12))
    assert evaluation.b_cubed(told, end_to_end=False)[1] == pytest.approx(1.0)


def test_two_ambushes_a_week_apart(coder: Coder) -> None:
    reports = evaluation.read_reports(evaluation.FOLDER / "a" / "kenya.txt")
    told = evaluation.told(evaluation.coded(coder, reports), story_rules())
    precision, recall, _ = evaluation.b_cubed(told, end_to_end=False)
    assert precision == 1.0
    assert recall >= 0.8
