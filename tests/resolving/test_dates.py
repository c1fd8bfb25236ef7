"""Time expressions of news English: a table of snippets, anchors, and what always holds."""

from __future__ import annotations

import csv
import datetime as dt
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.resolving.dates import TimeMention, find_dates, resolve_date
from crisiswire.resolving.dates_calendar import easter, orthodox_easter
from crisiswire.resolving.dates_vocabulary import TIME_WORDS, load_vocabulary

CASES = Path(__file__).parent / "dates.csv"
ARTICLE = dt.date(2019, 5, 30)  # a Thursday
WORDS = [
    *("the", "last", "next", "this", "past", "early", "mid", "late", "end", "of", "start", "in"),
    *("on", "since", "until", "by", "between", "from", "and", "to", "-", ",", ".", "(", ")", "'"),
    *("'s", "May", "march", "Monday", "Sunday", "Jan.", "3", "3rd", "31", "30", "29", "1999"),
    *("2019", "2000", "90s", "1990s", "19th", "century", "decade", "year", "years", "months"),
    *("week", "weeks", "weekend", "day", "days", "ago", "earlier", "later", "before", "two", "a"),
    *("few", "several", "half", "Christmas", "Easter", "Ramadan", "Eve", "New", "Year's", "or"),
    *("summer", "winter", "quarter", "first", "second", "Q3", "9/11", "03/05/2019", "hours"),
    *("2019-05-03", "troops", "yesterday", "tonight", "same", "following", "that", "back"),
    *("recent", "within", "time", "9999", "0", "00", "01", "99", "1500", "2099", "decades"),
]
dates = st.dates()
tenses = st.sampled_from([None, "past", "present", "future"])
texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)
)


def _cases() -> list[tuple[str, str, str, list[tuple[str, str, str, str]]]]:
    """Snippets with all the times they tell, in order; none for a negative one."""
    expected: dict[tuple[str, str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found = expected[row["text"], row["reference"], row["tense"]]
            if row["expected_text"]:
                found.append((row["expected_text"], row["first"], row["last"], row["precision"]))
    return [(*key, found) for key, found in expected.items()]


@pytest.mark.parametrize(("text", "reference", "tense", "expected"), _cases())
def test_snippets(
    text: str, reference: str, tense: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = find_dates(text, dt.date.fromisoformat(reference), tense=tense or None)  # type: ignore[arg-type]
    told = [
        (m.text, m.first.isoformat(), m.last.isoformat(), m.precision)
        for m in found
        if m.certain or not m.event  # "a week after" the vote tells no day by itself
    ]
    assert told == expected


def test_the_table_is_large_and_has_negatives() -> None:
    cases = _cases()
    assert sum(bool(found) for *_, found in cases) >= 250
    assert sum(not found for *_, found in cases) >= 60


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("the same day", "2018-04-02", "2018-04-02"),
        ("that day", "2018-04-02", "2018-04-02"),
        ("that night", "2018-04-02", "2018-04-02"),
        ("two days earlier", "2018-03-31", "2018-03-31"),
        ("a day later", "2018-04-03", "2018-04-03"),
        ("the next day", "2018-04-03", "2018-04-03"),
        ("the following morning", "2018-04-03", "2018-04-03"),
        ("the day before", "2018-04-01", "2018-04-01"),
        ("the previous day", "2018-04-01", "2018-04-01"),
        ("a week later", "2018-04-06", "2018-04-12"),
        ("the following week", "2018-04-09", "2018-04-15"),
        ("the same week", "2018-04-02", "2018-04-08"),
        ("three months later", "2018-07-01", "2018-07-31"),
        ("the same month", "2018-04-01", "2018-04-30"),
        ("later that month", "2018-04-02", "2018-04-30"),
        ("a year earlier", "2017-01-01", "2017-12-31"),
        ("that year", "2018-01-01", "2018-12-31"),
        ("the following Friday", "2018-04-06", "2018-04-06"),
        ("the end of that year", "2018-10-01", "2018-12-31"),
        ("March of the following year", "2019-03-01", "2019-03-31"),
        ("later in the day", "2018-04-02", "2018-04-02"),
        ("earlier that night", "2018-04-02", "2018-04-02"),
    ],
)
def test_anchored_times_count_from_the_event_before(words: str, first: str, last: str) -> None:
    found = resolve_date(words, ARTICLE, anchor=dt.date(2018, 4, 2))
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.anchored
    assert found.certain


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("He fled a week after the vote.", "a week after", "2018-04-06", "2018-04-12"),
        ("He fled the day after troops came.", "the day after", "2018-04-03", "2018-04-03"),
        ("Two days before the raid he fled.", "Two days before", "2018-03-31", "2018-03-31"),
        ("He fled days before his trial.", "days before", "2018-03-29", "2018-03-31"),
        ("They fled in the weeks after the coup.", "the weeks after", "2018-03-30", "2018-05-03"),
        ("He fled on the eve of the summit.", "the eve of", "2018-04-01", "2018-04-01"),
        ("He fled on the night of the raid.", "the night of", "2018-04-02", "2018-04-02"),
        ("He fled a month following their visit.", "a month following", "2018-05-01", "2018-05-31"),
    ],
)
def test_times_that_count_from_an_event_named_behind_them(
    text: str, words: str, first: str, last: str
) -> None:
    (found,) = find_dates(text, ARTICLE, anchor=dt.date(2018, 4, 2))
    assert (found.text, found.event, found.certain) == (words, True, True)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert not find_dates(text, ARTICLE)[0].certain


@pytest.mark.parametrize(
    ("text", "country", "first", "last"),
    [
        ("The pits flooded last summer.", None, "2018-06-01", "2018-08-31"),
        ("The pits flooded last summer.", "FRA", "2018-06-01", "2018-08-31"),
        ("The pits flooded last summer.", "AUS", "2018-12-01", "2019-02-28"),
        ("The pits flooded in the autumn of 2017.", "ZAF", "2017-03-01", "2017-05-31"),
        ("The pits flooded in the winter of 2016.", "CHL", "2016-06-01", "2016-08-31"),
        ("Jets flew on Independence Day.", "IND", "2018-08-15", "2018-08-15"),
        ("Jets flew on Independence Day.", "USA", "2018-07-04", "2018-07-04"),
        ("Jets flew on Republic Day.", "TUR", "2018-10-29", "2018-10-29"),
        ("Jets flew on Victory Day.", "BGD", "2018-12-16", "2018-12-16"),
        ("Jets flew on National Day.", "TWN", "2018-10-10", "2018-10-10"),
    ],
)
def test_seasons_and_national_days_by_country(
    text: str, country: str | None, first: str, last: str
) -> None:
    (found,) = find_dates(text, ARTICLE, tense="past", country=country)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("country", ["CHE", "ISR"])
def test_a_national_day_that_is_not_known_is_none(country: str) -> None:
    assert find_dates("Jets flew on Independence Day.", ARTICLE, country=country) == []


def test_an_anchored_time_without_anchor_is_uncertain() -> None:
    found = resolve_date("two days later", ARTICLE)
    assert found is not None
    assert found.anchored
    assert not found.certain


def test_times_from_the_report_ignore_the_anchor() -> None:
    found = resolve_date("two days ago", ARTICLE, anchor=dt.date(2018, 4, 2))
    assert found is not None
    assert found.first == dt.date(2019, 5, 28)
    assert not found.anchored


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("shut since May 3", "since"),
        ("shut until Friday", "until"),
        ("to leave by Friday", "by"),
        ("fled before Friday", "before"),
        ("fled after Friday's raid", "after"),
        ("shut from Friday", "from"),
        ("fled on Friday", "at"),
    ],
)
def test_direction(text: str, direction: str) -> None:
    assert [m.direction for m in find_dates(text, ARTICLE)] == [direction]


@pytest.mark.parametrize(
    "words", ["two weeks", "20-year-old", "24 hours", "daily", "03/05/2019", ""]
)
def test_words_that_tell_no_day_resolve_to_none(words: str) -> None:
    assert resolve_date(words, ARTICLE) is None


@pytest.mark.parametrize("words", ["May", "in March", "2014", "the summer"])
def test_words_alone_need_no_sentence_around_them(words: str) -> None:
    assert resolve_date(words, ARTICLE) is not None


def test_a_form_without_a_rule_is_left_to_dateparser() -> None:
    assert find_dates("3May2018", ARTICLE) == []
    found = resolve_date("3May2018", ARTICLE)
    assert found is not None
    assert (found.first, found.certain) == (dt.date(2018, 5, 3), False)


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (2000, "2000-04-23", "2000-04-30"),
        (2008, "2008-03-23", "2008-04-27"),
        (2014, "2014-04-20", "2014-04-20"),
        (2019, "2019-04-21", "2019-04-28"),
        (2022, "2022-04-17", "2022-04-24"),
        (2024, "2024-03-31", "2024-05-05"),
        (1981, "1981-04-19", "1981-04-26"),
    ],
)
def test_easter(year: int, western: str, eastern: str) -> None:
    assert easter(year).isoformat() == western
    assert orthodox_easter(year).isoformat() == eastern


@given(texts, dates, tenses)
def test_mentions_point_at_their_words_in_order(text: str, reference: dt.date, tense: str) -> None:
    found = find_dates(text, reference, tense=tense)  # type: ignore[arg-type]
    _assert_sound(text, found)
    for before, after in pairwise(found):
        assert before.end <= after.start


@given(texts, dates, tenses, st.none() | dates)
def test_any_text_resolves_or_not(
    text: str, reference: dt.date, tense: str, anchor: dt.date | None
) -> None:
    found = resolve_date(text, reference, tense, anchor)  # type: ignore[arg-type]
    _assert_sound(text, [found] if found else [])


def _assert_sound(text: str, found: list[TimeMention]) -> None:
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text != ""
        assert mention.first <= mention.last


@pytest.mark.parametrize(
    "piece", ["the ", "last ", "May ", "1991-", "1991, ", "two or ", " ", "3, ", "between "]
)
def test_cost_is_linear_in_the_length_of_a_line(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        runs = []
        for _ in range(3):  # the least of them: collecting garbage falls into some run
            start = time.process_time()
            find_dates(text, ARTICLE)
            runs.append(time.process_time() - start)
        return min(runs)

    seconds(1000)
    assert seconds(100_000) < 12 * max(seconds(25_000), 0.05)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seasons:", "saisons:", "seasons is missing"),
        ("{KOR: [8, 15]", "{KOR: [8]", "wrong form"),
        ("date: [12, 26]", "datum: [12, 26]", "unknown field 'datum'"),
        ("date: [12, 26]", "days: 2", "needs exactly one of"),
        ("  5: [may]\n", "", "months must be 1 to 12"),
        ("9/11: 2001-09-11", "9/11: soon", "is not a date"),
        ("five: 5", "five: many", "wrong form"),
    ],
)
def test_a_bad_vocabulary_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = TIME_WORDS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "time.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_vocabulary(path)
