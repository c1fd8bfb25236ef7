"""Which dates are understood, and which are refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.reading.dates import parse_date, written_date

DAY = dt.date(2019, 5, 14)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        dt.datetime(2019, 5, 14, 23, 59),
        "2019-05-14",
        " 2019-05-14\n",
        "2019-5-14",
        "20190514",
        20190514,
        "2019-05-14T10:00",
        "2019-05-14T10:00:00Z",
        "2019-05-14T23:30:00-05:00",
        "2019-05-14 10:00:00.123456 UTC",
        "20190514T100000Z",
        "14/05/2019",
        "05/14/2019",
    ],
)
def test_forms_of_one_day(value: object) -> None:
    assert parse_date(value) == DAY


def test_slashes_with_equal_day_and_month_have_one_reading() -> None:
    assert parse_date("05/05/2019") == dt.date(2019, 5, 5)


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2019", "05/06/2019", "13/13/2019", "2019-13-01", "2019-02-29", "2019", "May 14",
        "14.05.2019", "2019-05-14T", "2019-05-14 tomorrow", "19-05-14", "1557792000", 1557792000,
        True, 2019.5, None, [], "٢٠١٩-٠٥-١٤", "\ud800", "x" * 10_000, "0001-01-01",
    ],
    ids=lambda value: ascii(value)[:30],
)  # fmt: skip
def test_refused_with_the_form_wanted(value: object) -> None:
    with pytest.raises(ValueError, match="write it as YYYY-MM-DD") as caught:
        parse_date(value)
    assert len(str(caught.value)) < 150


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
def test_iso_dates_are_read_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == parse_date(day.strftime("%4Y%m%d").zfill(8)) == day


@pytest.mark.parametrize(
    ("words", "day", "year_told"),
    [
        ("May 3", "2019-05-03", False),
        ("3 May", "2019-05-03", False),
        ("May 14", "2019-05-14", False),
        ("June 3", "2018-06-03", False),
        ("Sept. 30", "2018-09-30", False),
        ("Tuesday, May 7", "2019-05-07", False),
        ("Feb 29", "2016-02-29", False),
        ("14 May 2018", "2018-05-14", True),
        ("Jan. 31st, 2001", "2001-01-31", True),
    ],
)
def test_days_as_datelines_tell_them(words: str, day: str, year_told: bool) -> None:
    assert written_date(words, DAY) == (dt.date.fromisoformat(day), year_told)


@pytest.mark.parametrize(
    "words",
    ["Tuesday", "May", "2019", "June 3, 2019", "Feb 30", "3 or 4 May", "May 3 to June 7", ""],
)
def test_words_of_no_one_past_day(words: str) -> None:
    assert written_date(words, DAY) is None


@given(st.text(max_size=30), st.dates(min_value=dt.date(1010, 1, 1)))
def test_no_day_told_lies_ahead(words: str, latest: dt.date) -> None:
    told = written_date(words, latest)
    assert told is None or told[0] <= latest
