"""Time expressions that name a place in the calendar: days, months, years, decades, holidays."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from crisiswire.model import Precision
from crisiswire.resolving.dates_calendar import (
    Interval,
    calendar_unit,
    choose,
    date_or_none,
    day,
    holiday_in,
    months,
    share,
    shift,
    week,
    weekday_date,
)
from crisiswire.resolving.dates_patterns import Context, part_of
from crisiswire.resolving.dates_vocabulary import Holiday, vocabulary

_NEXT_WORD = re.compile(r"[ \n]{1,3}(\w+)")
_TO_NUMBER = re.compile(r" (?:to|and) [0-9]")
_LONGEST_LINK = 8  # characters of ", and " between two years of a list
_YEAR_STEP = {"last": -1, "this": 0, "the": 0, "next": 1, "previous": -1, "following": 1}
_WEEK_STEP = {"last": -1, "this": 0, "next": 1}
_MODIFIERS = {"this past": "last", "past": "last", "this coming": "next", "coming": "next"}
_WEAK_CUES = frozenset("to by for under than around about between".split())
_STRONG_CUES = frozenset("in since during throughout early late mid last".split())


def year_of(match: re.Match[str], context: Context) -> tuple[int | None, bool]:
    """The year that ``%yref`` names (None if none), and whether it counts from the anchor."""
    if match["year"]:
        return int(match["year"]), False
    if not match["yref"]:
        return None, False
    word = match["yref"].split()[-1]
    anchored = word in ("same", "that", "previous", "following")
    base = context.anchor if anchored and context.anchor else context.reference
    return base.year + _YEAR_STEP.get(word, 0), anchored


def modifier(match: re.Match[str]) -> str | None:
    """The word last, this or next (or another) before a name, in its plain form."""
    word = " ".join(match["mod"].split()) if match["mod"] else None
    return _MODIFIERS.get(word, word) if word else None


def iso(match: re.Match[str], _context: Context) -> Interval | None:
    """2019-05-03"""
    found = date_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
    return day(found) if found else None


def numeric(match: re.Match[str], _context: Context) -> Interval | None:
    """25/03/2019, if only one order of day and month gives a date"""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    readings = {date_or_none(year, b, a), date_or_none(year, a, b)} - {None}
    found = readings.pop() if len(readings) == 1 else None
    return day(found) if found else None


def named_day(match: re.Match[str], _context: Context) -> Interval:
    """9/11"""
    return day(vocabulary().named_days[" ".join(match["name"].split())])


def month_day(match: re.Match[str], context: Context) -> Interval | None:
    """May 3; 3 to 7 May 2019; Friday, 3 May last year"""
    month = vocabulary().months[match["month"].rstrip(".")]
    if not context.capital(match.start("month")) and month in (3, 5) and not match["year"]:
        return None
    first = int(match["day"].rstrip("stndrh"))
    last = int(match["day2"].rstrip("stndrh")) if match["day2"] else first
    if last < first or ("and" in (match["sep"] or "") and last - first > 7 and not match["lead"]):
        return None

    def in_year(year: int) -> list[Interval]:
        ends = date_or_none(year, month, first), date_or_none(year, month, last)
        return [Interval(ends[0], ends[1], "day")] if ends[0] and ends[1] else []

    year, anchored = year_of(match, context)
    if year is None:
        return choose(in_year, context.reference, context.tense)
    found = in_year(year) if 1 <= year <= dt.MAXYEAR else []
    return replace(found[0], anchored=anchored) if found else None


def worded_day(match: re.Match[str], context: Context) -> Interval | None:
    """the third of May"""
    words = vocabulary()
    month, number = words.months[match["month"].rstrip(".")], words.days[match["day"]]
    if not context.capital(match.start("month")):
        return None

    def in_year(at: int) -> list[Interval]:
        found = date_or_none(at, month, number)
        return [day(found)] if found else []

    year_number, _anchored = year_of(match, context)
    if year_number is None:
        return choose(in_year, context.reference, context.tense)
    return next(iter(in_year(year_number)), None)


def whole_month(match: re.Match[str], context: Context) -> Interval | None:
    """March; late March; last March; March 2018; May next year"""
    word, part, mod = match["month"], part_of(match), modifier(match)
    year, anchored = year_of(match, context)
    if not _month_is_meant(match, context, bool(part or mod or year is not None)):
        return None
    month = vocabulary().months[word.rstrip(".")]

    def in_year(number: int) -> list[Interval]:
        return [months(number, month, 1, "month")]

    found: Interval | None
    if year is not None:
        found = replace(in_year(year)[0], anchored=anchored)
    else:
        found = choose(in_year, context.reference, context.tense, mod)
    return share(found, part) if found and part else found


def _month_is_meant(match: re.Match[str], context: Context, helped: bool) -> bool:
    """Whether the word is a month here, not a verb, a name or another word."""
    words, word, at = vocabulary(), match["month"], match.start("month")
    if context.alone or match["year"]:
        return True
    if word not in words.full_months and not helped:
        return context.word_before(at) in words.before_month and context.capital(at)
    if word in words.ambiguous_months:
        if not context.capital(at):
            return False
        cued = context.word_before(match.start()) in words.before_month
        listed = 0 <= match.start() - context.previous_end <= 6
        return helped or cued or (listed and context.previous_end >= 0)
    return True


def weekday(match: re.Match[str], context: Context) -> Interval | None:
    """Monday; late Friday; next Tuesday; Monday of last week"""
    words, number = vocabulary(), vocabulary().weekdays[match["wday"]]
    if context.word_before(match.start()) in words.not_before_weekday:
        return None
    if match["wref"]:
        monday = week(shift(context.reference, 7 * _WEEK_STEP[match["wref"]])).first
        return day(shift(monday, number))
    word = modifier(match)
    if word in ("the following", "the next", "the previous", "that"):
        base = context.anchor or context.reference
        toward = {"the previous": "last", "that": None}.get(word, "next")
        found = weekday_date(number, base, None, toward)
        return replace(found, certain=context.anchor is not None, anchored=True)
    if match["mod"] and " ".join(match["mod"].split()) in ("this coming", "coming"):
        return day(shift(context.reference, (number - context.reference.weekday() - 1) % 7 + 1))
    return weekday_date(number, context.reference, context.tense, word)


def year(match: re.Match[str], context: Context) -> Interval | None:
    """2014; late 2018; the end of 2018"""
    part, number = part_of(match), int(match["year"])
    if not (part or match["cue"] or context.alone or _year_is_meant(match, context)):
        return None
    whole = months(number, 1, 12, "year")
    return share(whole, part) if part else whole


def _year_is_meant(match: re.Match[str], context: Context) -> bool:
    """Whether four digits are a year here: a word before them says so, or brackets do."""
    text, start, end = context.folded, match.start(), match.end()
    words = vocabulary()
    before = context.word_before(start)
    if before in _STRONG_CUES:
        return True
    after = _NEXT_WORD.match(text, end)
    if after and after[1] in words.counted:
        return False
    if _TO_NUMBER.match(text, end) and before in ("from", "between"):
        return False
    if before in _WEAK_CUES and int(match["year"]) % 100 == 0:
        return False
    if before in words.before_year or (before == "s" and "'s" in text[max(0, start - 5) : start]):
        return True
    if text[start - 1 : start] == "(" and text[end : end + 1] in (")", ",", ";"):
        return True
    if context.previous_end < 0 or start - context.previous_end > _LONGEST_LINK:
        return False
    between = text[context.previous_end : start]
    return between.strip() in (",", "and", "or", ", and", ", or")


def year_pair(match: re.Match[str], _context: Context) -> Interval | None:
    """1991-95; 2019-05 is a month"""
    first, short = int(match["year"]), int(match["short"])
    last = first // 100 * 100 + short
    if last > first:
        return Interval(
            months(first, 1, 12, "year").first, months(last, 1, 12, "year").last, "year"
        )
    return months(first, short, 1, "month") if 1 <= short <= 12 else None


def season(match: re.Match[str], context: Context) -> Interval | None:
    """the summer of 2014; last winter; in spring (by the half of the earth)"""
    name, mod = match["season"], modifier(match)
    found_year, anchored = year_of(match, context)
    part, before = part_of(match), context.word_before(match.start())
    if found_year is None and mod is None:
        cued = before in ("in", "during", "since", "until", "by", "over", "last", "this")
        if name == "fall" or not (cued or context.alone or part):
            return None
    first = vocabulary().seasons[name]
    if context.country in vocabulary().southern:
        first = (first + 5) % 12 + 1

    def in_year(number: int) -> list[Interval]:
        return [replace(months(number, first, 3, "quarter"), certain=first != 12)]

    found: Interval | None
    if found_year is not None:
        found = replace(in_year(found_year)[0], anchored=anchored)
    else:
        found = choose(in_year, context.reference, context.tense, mod)
    return share(found, part) if found and part else found


def ordinal_part(match: re.Match[str], context: Context) -> Interval | None:
    """the third quarter of 2018; the first half of this year"""
    found_year, anchored = year_of(match, context)
    number = vocabulary().ordinals[match["ord"]]
    size = 3 if match["what"] == "quarter" else 6
    if size == 6:
        number = 2 if match["ord"] in ("last", "final") else number
        if number > 2 or found_year is None:
            return None
    elif found_year is None:
        of_other = context.folded[match.end() : match.end() + 6].lstrip().startswith("of ")
        if of_other or match["ord"] in ("last", "final"):
            return None
    return _part_of_year(found_year, number, size, anchored, context)


def short_quarter(match: re.Match[str], context: Context) -> Interval | None:
    """Q3 2020"""
    found_year = int(match["year"]) if match["year"] else None
    return _part_of_year(found_year, int(match["q"]), 3, False, context)


def _part_of_year(
    year_number: int | None, number: int, size: int, anchored: bool, context: Context
) -> Interval | None:
    precision: Precision = "quarter" if size == 3 else "year"

    def in_year(at: int) -> list[Interval]:
        return [months(at, 1 + size * (number - 1), size, precision)]

    if year_number is None:
        return choose(in_year, context.reference, context.tense)
    return replace(in_year(year_number)[0], anchored=anchored)


def half_month(match: re.Match[str], context: Context) -> Interval | None:
    """the first half of May"""
    month = vocabulary().months[match["month"].rstrip(".")]
    number, _anchored = year_of(match, context)
    first_half = match["which"] == "first"

    def in_year(at: int) -> list[Interval]:
        whole = months(at, month, 1, "month")
        middle = shift(whole.first, 14)
        if first_half:
            return [replace(whole, last=middle)]
        return [replace(whole, first=shift(middle, 1))]

    if number is not None:
        return in_year(number)[0]
    return choose(in_year, context.reference, context.tense)


def decade(match: re.Match[str], _context: Context) -> Interval:
    """the 1990s; the early 1980s; the nineties; the 90s"""
    groups = match.groupdict()
    if groups.get("decade"):
        first = int(groups["decade"])
    elif groups.get("short"):
        first = 1900 + int(groups["short"])
    else:
        first = 1900 + vocabulary().decades[groups["word"]]
    whole = calendar_unit("decade", dt.date(first, 1, 1))
    part = part_of(match)
    return share(whole, part) if part else whole


def century(match: re.Match[str], _context: Context) -> Interval | None:
    """the 19th century"""
    word = match["c"]
    digits = word.rstrip("stndrh")
    number = int(digits) if digits.isdigit() else vocabulary().centuries[word]
    if not 1 <= number <= 22:
        return None
    first = (number - 1) * 100 + 1
    part = part_of(match)
    whole = months(first, 1, 1200, "decade")
    return share(whole, part, "century") if part else whole


def day_of_month(match: re.Match[str], context: Context) -> Interval | None:
    """on the 3rd; the 3rd of last month"""
    number = int(match["day"].rstrip("stndrh"))
    reference = context.reference
    if match["which"]:
        step = {"last": -1, "next": 1}.get(match["which"], 0)
        start = months(reference.year, reference.month + step, 1, "month").first
        found = date_or_none(start.year, start.month, number)
        return day(found) if found else None
    if context.word_before(match.start()) not in ("on", "by", "until", "since", "from"):
        return None
    order = range(3) if context.tense == "future" else range(0, -3, -1)
    for step in order:
        start = months(reference.year, reference.month + step, 1, "month").first
        found = date_or_none(start.year, start.month, number)
        ahead = found is not None and found > reference
        if found and (found == reference or ahead == (context.tense == "future")):
            return day(found)
    return None


def holiday(match: re.Match[str], context: Context) -> Interval | None:
    """Christmas Eve; last Easter; Ramadan 2018"""
    at, end = match.start("holiday"), match.end()
    following = _NEXT_WORD.match(context.text, end)
    if not context.capital(at) or (following and following[1][0].isupper() and not context.alone):
        return None
    rule = _kept(" ".join(match["holiday"].split()), context.country)
    if rule is None:
        return None
    number, anchored = year_of(match, context)
    if number is not None:
        found = holiday_in(number, rule)
        return replace(found[0], anchored=anchored) if found else None
    return choose(
        lambda at_year: holiday_in(at_year, rule), context.reference, context.tense, modifier(match)
    )


def _kept(name: str, country: str | None) -> Holiday | None:
    """The holiday of that name: the country's own, else the one of no country in particular.
    None where the country is known and its day is not."""
    known = vocabulary()
    national = known.national_days.get(name)
    if national is None or (country is None and name in known.holidays):
        return known.holidays.get(name)
    return national.get(country) if country is not None else None
