"""The table of date rules: which words begin a form, how it looks, what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from crisiswire.resolving import dates_named as named
from crisiswire.resolving import dates_relative as relative
from crisiswire.resolving.dates_calendar import Interval, shift, week
from crisiswire.resolving.dates_patterns import (
    APPROXIMATELY,
    Context,
    Resolver,
    Rule,
    compile_template,
)
from crisiswire.resolving.dates_vocabulary import vocabulary

_POINT_RULES = ("month day", "day month", "month", "weekday", "year", "unit", "holiday")

# (name, template, meaning, groups of first words or words themselves); on equal length the
# earlier rule wins.
_TIME_OF_DAY = "(?: (?:morning|afternoon|evening|night|lunchtime|midnight|overnight))?"
_SPAN_BEFORE = "(?:(?P<approx>%approx) )?(?:(?P<num>%num|the) )?(?P<unit>%unit|%step) "
_POSITION = "(?:(?P<pos>earlier|later|early|late)(?: on)? )?"
_TEMPLATES: tuple[tuple[str, str, Resolver, str], ...] = (
    (
        "iso",
        r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
        r"(?:t[0-9:.]{2,15}z?)?(?![0-9])",
        named.iso,
        "DIGITS",
    ),
    (
        "numeric",
        r"(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})(?P=s)(?P<y>(?:19|20)[0-9]{2})(?![/.-]?[0-9])",
        named.numeric,
        "DIGITS",
    ),
    ("named day", "(?P<name>%named)", named.named_day, "NAMED"),
    (
        "month day",
        r"(?:%anywday,? \(?)?(?:(?P<lead>from|between) (?:the )?)?(?P<month>%month) (?:the )?"
        r"(?P<day>%day)(?:(?P<sep>%sep)(?:the )?(?P<day2>%day)(?! [a-z]+[ -](?:killed|dead|"
        r"people)))?%yref?(?:\))?",
        named.month_day,
        "MONTHS ANYDAYS from between",
    ),
    (
        "day month",
        r"(?:%anywday,? \(?)?(?:(?P<lead>from|between) )?(?:the (?=[0-9]+[a-z]))?"
        r"(?P<day>%day)(?:, %day){0,3}"
        r"(?:(?P<sep>%sep)(?:the )?(?P<day2>%day))?(?: of)?[ -](?P<month>%month)"
        r"%yref?(?:\))?",
        named.month_day,
        "DIGITS ANYDAYS from between the",
    ),
    (
        "worded day",
        "(?:the )?(?P<day>%dayword)(?: day)? of (?P<month>%month)%yref?",
        named.worded_day,
        "DAYWORDS the",
    ),
    (
        "half month",
        "(?:the )?(?P<which>first|second|latter) half of (?P<month>%month)%yref?",
        named.half_month,
        "the first second latter",
    ),
    (
        "month",
        r"%part?(?:(?P<mod>last|this past|this coming|this|next|past) )?(?P<month>%month)%yref?",
        named.whole_month,
        "MONTHS PARTS the last this next past",
    ),
    (
        "weekday",
        "(?:overnight (?:on |into )?)?(?:(?:earlier|later|early|late|mid)(?: on)? )?"
        "(?:(?P<mod>last|this past|this coming|this|next|past|coming|the following|the next|"
        "the previous|that) )?(?P<wday>%wday)"
        + _TIME_OF_DAY
        + "(?:,? (?:of )?(?P<wref>last|this|next) week)?",
        named.weekday,
        "WEEKDAYS overnight earlier later early late mid last this next past coming the that",
    ),
    (
        "year",
        "%part?(?P<cue>(?:the )?(?:fiscal |calendar )?year )?(?P<year>%year)",
        named.year,
        "DIGITS PARTS the year fiscal calendar",
    ),
    (
        "year pair",
        "(?P<year>(?:1[5-9]|20)[0-9]{2})-(?P<short>[0-9]{2})(?![-0-9])",
        named.year_pair,
        "DIGITS",
    ),
    (
        "season",
        "%part?(?:the )?(?:(?P<mod>last|this past|this coming|this|next|past|coming) )?"
        "(?P<season>%season)(?: months)?%yref?",
        named.season,
        "SEASONS PARTS the last this next past coming",
    ),
    (
        "part of year",
        "(?:the )?(?P<ord>%ord)[ -](?P<what>quarter|half)%yref?",
        named.ordinal_part,
        "ORDINALS the",
    ),
    (
        "short quarter",
        "q(?P<q>[1-4])(?:,?(?: of)? (?P<year>%year))?",
        named.short_quarter,
        "q1 q2 q3 q4",
    ),
    (
        "decade",
        "%part?(?:the )?(?P<decade>(?:1[5-9]|20)[0-9]0)'?s",
        named.decade,
        "DIGITS PARTS the",
    ),
    ("short decade", "%part?the '?(?P<short>[2-9]0)'?s", named.decade, "PARTS the"),
    ("inner short decade", "the %part'?(?P<short>[2-9]0)'?s", named.decade, "the"),
    ("decade word", "%part?(?:the )(?P<word>%decade)", named.decade, "PARTS the"),
    ("inner decade word", "the %part(?P<word>%decade)", named.decade, "the"),
    (
        "century",
        "%part?(?:the )?(?P<c>[0-9]{1,2}(?:st|nd|rd|th)|%century)[ -]centur(?:y|ies)",
        named.century,
        "DIGITS PARTS CENTURIES the",
    ),
    (
        "deictic",
        "(?:(?:earlier|later|early|late|mid)(?: on)?[ -])?(?P<deictic>%deictic)" + _TIME_OF_DAY,
        relative.deictic,
        "DEICTIC earlier later early late mid",
    ),
    (
        "weekend",
        "(?:(?P<pos>earlier|later|sometime)(?: on)? )?(?P<mod>last|this past|the past|this coming|"
        "the coming|this|next|the) (?P<unit>weekend)",
        relative.unit,
        "earlier later sometime last this next the",
    ),
    (
        "unit",
        "(?:(?P<pos>earlier|later|sometime)(?: on)? )?(?P<mod>last|this past|this coming|this|"
        "next|the current) (?P<unit>week|month|quarter|year|decade|century)(?! of\\b)",
        relative.unit,
        "earlier later sometime last this next the",
    ),
    (
        "in unit",
        "(?P<pos>earlier|later)(?: on)? in (?P<mod>the|this|that) (?P<unit>week|month|year|decade)",
        relative.unit,
        "earlier later",
    ),
    (
        "in day",
        "(?:earlier|later)(?: on)? (?:in the|that|the same) (?P<unit>day|night|morning|afternoon|"
        "evening)",
        relative.same_day,
        "earlier later",
    ),
    (
        "before last",
        "the (?P<unit>week|weekend|month|year) (?:(?P<way>before) last|after next)",
        relative.before_last,
        "the",
    ),
    (
        "part of unit",
        "%part(?P<mod>last|this|next|the current|the same|the following|the previous|the|that) "
        "(?P<unit>week|month|quarter|year|decade|century)",
        relative.unit_part,
        "PARTS the",
    ),
    (
        "span",
        "(?P<the>the )?(?P<way>past|last|previous|preceding|next|coming|following) "
        "(?:(?P<num>%num) )?(?P<unit>%unit)",
        relative.span,
        "the past last previous preceding next coming following",
    ),
    ("recent", "recent (?P<unit>days|weeks|months|years|decades)", relative.recent, "recent"),
    (
        "distance",
        "(?:(?P<approx>%approx) )?(?:(?P<num>%num|the)(?P<half> and a half)? )?(?P<unit>%unit)"
        "(?P<half2> and a half)? (?P<way>ago|earlier(?! than)|later(?! than)|previously|"
        "prior(?! to)|from now|hence|afterwards?|(?:before|after|on)(?=\\Z|[.,;:)\"']))",
        relative.distance,
        "DIGITS NUMBERS UNITS APPROX the",
    ),
    (
        "from event",
        _SPAN_BEFORE + "(?P<way>before|after|following)(?= [a-z])",
        relative.from_event,
        "DIGITS NUMBERS UNITS APPROX the",
    ),
    (
        "of event",
        "(?:the )?(?P<which>eve|day|morning|afternoon|evening|night) of(?= (?:the|a|an|his|her|its|"
        "their|that|this) (?![a-z]+ (?:day|week|month|year)\\b))",
        relative.of_event,
        "the eve",
    ),
    (
        "anchored unit",
        _POSITION + "(?:the |that )?(?:very )?(?P<which>same|following|previous|preceding) "
        "(?P<unit>%step)",
        relative.anchored_unit,
        "earlier later early late the that same following previous preceding",
    ),
    (
        "next day",
        _POSITION + "the (?:very )?(?P<which>next) (?P<unit>day|night|morning|afternoon|evening)",
        relative.anchored_unit,
        "earlier later early late the",
    ),
    (
        "that day",
        _POSITION + "(?P<which>that) (?:very )?(?P<unit>%step)",
        relative.anchored_unit,
        "earlier later early late that",
    ),
    (
        "ahead",
        "(?P<in>in|within)(?: the)? (?:about |around |some )?(?P<num>%num) (?P<unit>%unit)"
        "(?P<time>(?:'s?)? time)?",
        relative.ahead,
        "in within",
    ),
    (
        "some of",
        "the (?P<which>first|last|final|opening|early|closing) (?:(?P<num>%num) )?"
        "(?P<unit>days|weeks|months) (?:of|in) (?:(?P<month>%month)(?:,? (?P<year>%year))?|"
        "(?P<year2>%year)|(?P<mod>last|this|next|the) (?P<unit2>month|year))",
        relative.some_of,
        "the",
    ),
    (
        "nth week",
        "the (?P<which>first|second|third|fourth|last|final) (?:full )?week (?:of|in) "
        "(?:(?P<month>%month)(?:,? (?P<year>%year))?|(?P<mod>last|this|next|the) (?P<unit2>month))",
        relative.nth_week,
        "the",
    ),
    (
        "nth weekday",
        "the (?P<which>first|second|third|fourth|last|final) (?P<wday>%wday) (?:of|in) "
        "(?:(?P<month>%month)(?:,? (?P<year>%year))?|(?P<mod>last|this|next|the) (?P<unit2>month))",
        relative.nth_weekday,
        "the",
    ),
    (
        "unit end",
        "(?P<unit>week|month|year|decade)(?:'s[ -]|-)end(?: (?P<year>%year))?",
        relative.unit_end,
        "UNITS",
    ),
    (
        "day of month",
        "the (?P<day>[0-9]{1,2}(?:st|nd|rd|th))(?: of (?P<which>the|this|last|next) "
        "month|(?=\\Z|[.,;:!?)\"']| (?:and|but|when|as|after|in|at|by|for|with|while)\\b))",
        named.day_of_month,
        "the",
    ),
    (
        "holiday",
        "(?:(?P<mod>last|this past|this coming|this|next) )?(?P<holiday>%holiday)%yref?",
        named.holiday,
        "HOLIDAYS last this next",
    ),
)


def _range(match: re.Match[str], context: Context) -> Interval | None:
    """from May 30 to June 2; 1991-1995; Monday to Wednesday; between March and May 2018"""
    sep = match["sep"].strip()
    if sep == "and" and match["lead"] != "between":
        return None
    end = read_point(context, *match.span("y"))
    if end is None:
        return None
    earlier = replace(context, reference=end.last, tense="past", alone=True)
    start = read_point(earlier, *match.span("x"))
    if start is None or start.first > end.last:
        return None
    return replace(end, first=start.first, certain=end.certain and start.certain)


def _eve(match: re.Match[str], context: Context) -> Interval | None:
    """the eve of Easter; the eve of May 3"""
    found = read_point(context, *match.span("of"))
    if found is None:
        return None
    before = shift(found.first, -1)
    return replace(found, first=before, last=before, precision="day")


def _from_point(match: re.Match[str], context: Context) -> Interval | None:
    """two days before Christmas; a week after May 3; the day after Sunday's vote"""
    found = read_point(context, *match.span("of"))
    if found is None or found.precision != "day":
        return None
    told = relative.from_event(match, replace(context, anchor=found.first))
    return replace(told, anchored=False, event=False, certain=found.certain) if told else None


def _week_of(match: re.Match[str], context: Context) -> Interval | None:
    """the week of May 6"""
    found = read_point(context, *match.span("of"))
    return replace(week(found.first), certain=found.certain) if found else None


def read_point(context: Context, start: int, end: int) -> Interval | None:
    """The day, month, year or holiday that the folded text names between two offsets."""
    relaxed = replace(context, alone=True)
    by_name = {rule.name: rule for rule in rules()}
    for name in _POINT_RULES:
        match = by_name[name].pattern.fullmatch(context.folded, start, end)
        found = by_name[name].resolve(match, relaxed) if match else None
        if found is not None:
            return found
    return None


_COMPOUND: tuple[tuple[str, str, Resolver, str], ...] = (
    (
        "range",
        "(?:(?P<lead>from|between) )?(?P<x>%point)(?P<sep>%sep)(?P<y>%point)",
        _range,
        "DIGITS MONTHS WEEKDAYS from between",
    ),
    (
        "from point",
        _SPAN_BEFORE + "(?P<way>before|after|following) (?:the )?"
        "(?P<of>%holiday|%month %day(?:,? %year)?|%day(?: of)? %month(?:,? %year)?|(?:last |next )?"
        "%wday)",
        _from_point,
        "DIGITS NUMBERS UNITS APPROX the",
    ),
    (
        "week of",
        "the week of (?P<of>(?:%month %day|%day(?: of)? %month)(?:,? %year)?)",
        _week_of,
        "the",
    ),
    (
        "eve",
        "the eve of (?P<of>(?:%holiday|%month %day|%day %month|%wday)(?:,? %year)?)",
        _eve,
        "the",
    ),
)


@cache
def rules() -> tuple[Rule, ...]:
    """All date rules, compiled once."""
    rows = (*_TEMPLATES, *_COMPOUND)
    return tuple(
        Rule(name, compile_template(template), resolve, first_words(starts))
        for name, template, resolve, starts in rows
    )


def first_words(names: str) -> frozenset[str]:
    """First words of a form: groups in capitals stand for the words of the vocabulary."""
    words = vocabulary()
    groups: dict[str, Iterable[str]] = {
        "DIGITS": ("#",),
        "NAMED": words.named_days,
        "MONTHS": words.months,
        "WEEKDAYS": words.full_weekdays,
        "ANYDAYS": words.weekdays,
        "PARTS": ("the", *words.parts),
        "SEASONS": words.seasons,
        "ORDINALS": words.ordinals,
        "CENTURIES": words.centuries,
        "DAYWORDS": words.days,
        "DEICTIC": words.deictic,
        "NUMBERS": (*words.numbers, *words.vague_numbers),
        "UNITS": words.units,
        "APPROX": APPROXIMATELY,
        "HOLIDAYS": (*words.holidays, *words.national_days),
    }
    phrases = [phrase for name in names.split() for phrase in groups.get(name, (name,))]
    firsts = [re.split(r"[^0-9a-z]", phrase, maxsplit=1)[0] for phrase in phrases]
    return frozenset("#" if not word or word[0].isdigit() else word for word in firsts)
