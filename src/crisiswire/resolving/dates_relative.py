"""Time expressions that count from the article's date or from the event told before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from crisiswire.model import Precision
from crisiswire.resolving.dates_calendar import (
    Interval,
    before_now,
    calendar_unit,
    day,
    months,
    share,
    shift,
)
from crisiswire.resolving.dates_patterns import Context, number_bounds, part_of
from crisiswire.resolving.dates_vocabulary import vocabulary

VAGUE_COUNT = 3  # "recent months", "weeks ago": about three of them
VAGUE_BOUNDS = (2.0, 4.0)
_BEFORE_SPAN = frozenset("in over during within for its his her their".split())
_DAYLIKE = frozenset({"day", "night", "morning", "afternoon", "evening"})
_TO_COME = ("from now", "hence", "later", "after", "afterward", "afterwards", "on")
_FROM_REPORT = ("ago", "from now", "hence")
_SPAN_PRECISION: dict[str, Precision] = {
    "minute": "day",
    "hour": "day",
    "day": "week",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "decade",
}


def _words(match: re.Match[str], group: str) -> str:
    """The folded words of a group with single spaces, or an empty text."""
    return " ".join(match[group].split()) if match[group] else ""


def deictic(match: re.Match[str], context: Context) -> Interval:
    """yesterday; late last night; the day before yesterday"""
    first, last = vocabulary().deictic[_words(match, "deictic")]
    return Interval(shift(context.reference, first), shift(context.reference, last), "day")


def unit(match: re.Match[str], context: Context) -> Interval:
    """last month; this weekend; earlier this week; later this year"""
    name, word, reference = match["unit"], _words(match, "mod"), context.reference
    if name == "weekend":
        return _weekend(word, context)
    step = {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(word, 0)
    whole = calendar_unit(name, reference, step)
    if match["pos"] == "earlier" and step == 0:
        return replace(whole, last=max(whole.first, shift(reference, -1)))
    if match["pos"] == "later" and step == 0:
        return replace(whole, first=reference)
    return whole


def _weekend(word: str, context: Context) -> Interval:
    """The weekend meant: the last one begun, the coming one after next or in the future."""
    reference = context.reference
    current = calendar_unit("weekend", reference)
    begun = current if current.first <= reference else calendar_unit("weekend", reference, -1)
    if word == "last":
        return begun if begun.last < reference else calendar_unit("weekend", reference, -1)
    if word in ("next", "this coming", "the coming"):
        return current if current.first > reference else calendar_unit("weekend", reference, 1)
    return current if context.tense == "future" else begun


def unit_part(match: re.Match[str], context: Context) -> Interval:
    """the end of the month; early last year; late the following week"""
    word = _words(match, "mod")
    anchored = word in ("that", "the same", "the following", "the previous")
    step = {"last": -1, "next": 1, "the previous": -1, "the following": 1}.get(word, 0)
    base = context.anchor if anchored and context.anchor else context.reference
    whole = calendar_unit(match["unit"], base, step)
    certain = not anchored or context.anchor is not None
    named = share(whole, part_of(match) or "mid", match["unit"])
    return replace(named, certain=certain, anchored=anchored)


def span(match: re.Match[str], context: Context) -> Interval | None:
    """the past two weeks; the last month (counted back from now); the next few days"""
    name, way = vocabulary().units[match["unit"]], match["way"]
    plural = match["unit"] != name
    if match["num"] is None and not plural:
        rolling = bool(match["the"]) and way in ("past", "last", "coming", "next")
        day_only = name == "day" and way != "past"
        if day_only or not (rolling or way == "past"):
            return None
    if context.folded[match.end() : match.end() + 6].lstrip().startswith("of "):
        return None
    if way == "last" and not match["the"] and not _span_is_meant(match, context):
        return None
    low, high = VAGUE_BOUNDS if plural else (1.0, 1.0)
    if match["num"]:
        low, high = number_bounds(match["num"])
    count = (low + high) / 2
    anchored = way in ("previous", "preceding", "following")
    base = context.anchor if anchored and context.anchor else context.reference
    forward = way in ("next", "coming", "following")
    other = before_now(base, -count if forward else count, name)
    precision = "day" if name == "day" and count <= 2 else _SPAN_PRECISION[name]
    certain = low == high and not (anchored and context.anchor is None)
    return Interval(min(base, other), max(base, other), precision, certain, anchored)


def _span_is_meant(match: re.Match[str], context: Context) -> bool:
    """Whether "last two days" without "the" is a time: the talks may last two days."""
    before = context.word_before(match.start())
    return context.alone or match.start() == 0 or before in _BEFORE_SPAN


def before_last(match: re.Match[str], context: Context) -> Interval:
    """the week before last; the month after next"""
    step = -2 if match["way"] == "before" else 2
    return calendar_unit(match["unit"], context.reference, step)


def recent(match: re.Match[str], context: Context) -> Interval:
    """recent months"""
    name = vocabulary().units[match["unit"]]
    first = before_now(context.reference, VAGUE_COUNT, name)
    return Interval(first, context.reference, _SPAN_PRECISION[name], certain=False)


def distance(match: re.Match[str], context: Context) -> Interval | None:
    """two weeks ago; a day earlier; several months later; years ago"""
    name, way = vocabulary().units[match["unit"]], _words(match, "way")
    number = _words(match, "num")
    digits_before = context.word_before(match.start())[-1:].isdigit()
    if not number and (match["unit"] == name or digits_before):
        return None
    low, high = VAGUE_BOUNDS if not number else (1.0, 1.0)
    if number and number != "the":
        low, high = number_bounds(number)
    if match["half"] or match["half2"]:
        low, high = low + 0.5, high + 0.5
    anchored = way not in _FROM_REPORT
    base = context.anchor if anchored and context.anchor else context.reference
    sign = -1 if way in _TO_COME else 1
    if low != high:
        ends = (_at(base, sign * high, name), _at(base, sign * low, name))
        first, last = min(e.first for e in ends), max(e.last for e in ends)
        precision: Precision = "week" if name == "day" else ends[0].precision
        found = Interval(first, last, precision, certain=False)
    else:
        found = _at(base, sign * low, name)
        exact = not match["approx"] or _words(match, "approx") in ("just", "only", "exactly")
        found = replace(found, certain=exact)
    known = not anchored or context.anchor is not None
    return replace(found, certain=found.certain and known, anchored=anchored)


def _at(base: dt.date, count: float, name: str) -> Interval:
    """The time ``count`` units before ``base``, as exact as people mean it: a day for days,
    a week for weeks, the calendar month for months, the calendar year for years."""
    point = before_now(base, count, name)
    if name in ("minute", "hour", "day"):
        return day(point)
    if name in ("week", "fortnight"):
        return Interval(shift(point, -3), shift(point, 3), "week")
    if name in ("month", "quarter"):
        return calendar_unit(name, point)
    if name == "year":
        fraction = abs(count) % 1
        scale = "year" if not fraction else "quarter" if abs(count) > 1 else "month"
        return calendar_unit(scale, point)
    around = 3 if name == "decade" else 10
    first = months(point.year - around, 1, 12, "year").first
    last = months(point.year + around, 1, 12, "year").last
    return Interval(first, last, "decade")


def from_event(match: re.Match[str], context: Context) -> Interval | None:
    """a week after (the vote); days before (he fled); the day after (the raid)"""
    word = match["unit"]
    name = "day" if word in _DAYLIKE else vocabulary().units.get(word)
    if name is None:
        return None
    number = _words(match, "num")
    if not number and word == name:
        return None
    low, high = VAGUE_BOUNDS if not number else (1.0, 1.0)
    if number and number != "the":
        low, high = number_bounds(number)
    elif number and word != name and word not in _DAYLIKE:  # "in the weeks after"
        low, high = 0.0, VAGUE_BOUNDS[1]
    sign = 1 if match["way"] == "before" else -1
    base = context.anchor or context.reference
    ends = (_at(base, sign * low, name), _at(base, sign * high, name))
    first, last = min(e.first for e in ends), max(e.last for e in ends)
    precision: Precision = "week" if name == "day" and low != high else ends[1].precision
    return Interval(first, last, precision, context.anchor is not None, anchored=True, event=True)


def of_event(match: re.Match[str], context: Context) -> Interval:
    """the eve of (the summit); the night of (the attack)"""
    base = context.anchor or context.reference
    found = day(shift(base, -1) if match["which"] == "eve" else base)
    return replace(found, certain=context.anchor is not None, anchored=True, event=True)


def same_day(_match: re.Match[str], context: Context) -> Interval:
    """earlier in the day; later that night"""
    known = context.anchor is not None
    return replace(day(context.anchor or context.reference), certain=known, anchored=True)


def anchored_unit(match: re.Match[str], context: Context) -> Interval:
    """the same day; the next morning; the following week; that year; later that month"""
    name = "day" if match["unit"] in _DAYLIKE else match["unit"]
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(match["which"], 0)
    base = context.anchor or context.reference
    whole = calendar_unit(name, base, step)
    if match["pos"] == "later" and step == 0:
        whole = replace(whole, first=base)
    if match["pos"] == "earlier" and step == 0:
        whole = replace(whole, last=base)
    return replace(whole, certain=context.anchor is not None, anchored=True)


def ahead(match: re.Match[str], context: Context) -> Interval | None:
    """in two weeks' time; in three days (only with the future tense); within 48 hours"""
    if not match["time"] and context.tense != "future":
        return None
    if context.word_before(match.start()) in ("time", "first", "worst", "biggest", "lowest"):
        return None
    name = vocabulary().units[match["unit"]]
    low, high = number_bounds(match["num"])
    if match["in"] == "within":
        until = before_now(context.reference, -high, name)
        return Interval(context.reference, until, _SPAN_PRECISION[name], certain=low == high)
    soonest, latest = _at(context.reference, -low, name), _at(context.reference, -high, name)
    return replace(soonest, last=latest.last, certain=low == high)


def some_of(match: re.Match[str], context: Context) -> Interval | None:
    """the first six months of 2018; the last days of May"""
    name = vocabulary().units[match["unit"]]
    whole = _whole(match, context)
    count = number_bounds(match["num"])[1] if match["num"] else VAGUE_COUNT
    if match["which"] in ("first", "opening", "early"):
        end = shift(before_now(whole.first, -count, name), -1)
        return replace(whole, last=max(whole.first, min(end, whole.last)))
    start = shift(before_now(shift(whole.last, 1), count, name), 0)
    return replace(whole, first=min(whole.last, max(start, whole.first)))


def nth_week(match: re.Match[str], context: Context) -> Interval:
    """the second week of April; the last week of May 2018"""
    whole = _whole(match, context)
    if match["which"] in ("last", "final"):
        return Interval(shift(whole.last, -6), whole.last, "week")
    first = shift(whole.first, 7 * (vocabulary().ordinals[match["which"]] - 1))
    return Interval(first, shift(first, 6), "week")


def nth_weekday(match: re.Match[str], context: Context) -> Interval:
    """the first Sunday of June; the last Friday of the month"""
    whole = _whole(match, context)
    number = vocabulary().weekdays[match["wday"]]
    if match["which"] in ("last", "final"):
        return day(shift(whole.last, -((whole.last.weekday() - number) % 7)))
    first = shift(whole.first, (number - whole.first.weekday()) % 7)
    return day(shift(first, 7 * (vocabulary().ordinals[match["which"]] - 1)))


def unit_end(match: re.Match[str], context: Context) -> Interval:
    """by year's end; year-end 2018"""
    if match["year"]:
        return share(months(int(match["year"]), 1, 12, "year"), "end")
    return share(calendar_unit(match["unit"], context.reference), "end")


def _whole(match: re.Match[str], context: Context) -> Interval:
    """The month or year that "the first days of ..." speaks of."""
    reference = context.reference
    if match["unit2"]:
        word = match["mod"]
        step = {"last": -1, "next": 1}.get(word, 0)
        return calendar_unit(match["unit2"], reference, step)
    if match["month"]:
        month = vocabulary().months[match["month"].rstrip(".")]
        if match["year"]:
            return months(int(match["year"]), month, 1, "month")
        coming = context.tense == "future"
        behind = month < reference.month if coming else month > reference.month
        year = reference.year + ((1 if coming else -1) if behind else 0)
        return months(year, month, 1, "month")
    return months(int(match["year2"]), 1, 12, "year")
