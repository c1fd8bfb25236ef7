"""Figures of a model, worked out by hand."""

from __future__ import annotations

import pytest

from crisiswire.training.measuring import calibration_error, macro, micro, per_label

PAIRS = [("AID", "AID"), ("AID", "NONE"), ("NONE", "AID"), ("NONE", "NONE"), ("ACCUSE", "AID")]


def test_micro_f1_counts_events_only() -> None:
    assert micro(PAIRS) == pytest.approx(2 * 1 / (3 + 3), abs=1e-4)


def test_f1_of_each_label() -> None:
    assert per_label(PAIRS) == {"ACCUSE": 0.0, "AID": 0.4, "NONE": 0.5}
    assert macro(PAIRS) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(0.95, True)] * 19 + [(0.95, False)], 0.0),
        ([(0.95, False)] * 4, 0.95),
        ([(0.55, True), (0.55, False), (1.0, True), (1.0, True)], 0.025),
    ],
)
def test_calibration_error_is_the_gap_between_sure_and_right(
    pairs: list[tuple[float, bool]], error: float
) -> None:
    assert calibration_error(pairs) == pytest.approx(error, abs=1e-3)
