"""GDELT: columns, actor codes, places, and several reports of one event."""

from __future__ import annotations

import datetime as dt

import pytest

from crisiswire.exporting.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, fraction_date
from crisiswire.exporting.gdelt_parties import geo_fields, party_fields
from crisiswire.model import Actor, Place, When

from .samples import (
    CARACAS,
    CLERICS,
    GUNMEN,
    MIAMI,
    RAFAH,
    TALKS,
    UN,
    USA,
    YEMEN,
    ZULIA,
    lines,
    stored,
    written,
)

EXPECTED_EVENT_COLUMNS = """
    GLOBALEVENTID SQLDATE MonthYear Year FractionDate
    Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode
    Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
    Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode
    Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
    IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions
    NumSources NumArticles AvgTone
    Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code
    Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
    Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code
    Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
    ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code
    ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID
    DATEADDED SOURCEURL
""".split()
EXPECTED_MENTION_COLUMNS = """
    GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier
    SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence
    MentionDocLen MentionDocTone MentionDocTranslationInfo Extras
""".split()
AID_LINE = (
    "{id}\t20190520\t201905\t2019\t2019.3836\t"
    "RUSGOV\tRUSSIA\tRUS\t\t\t\t\tGOV\t\t\tVENGOV\tNICOLAS MADURO\tVEN\t\t\t\t\tGOV\t\t\t"
    "1\t072\t072\t07\t2\t8.3\t1\t1\t1\t\t"
    "0\t\t\t\t\t\t\t\t0\t\t\t\t\t\t\t\t"
    "4\tCaracas, Distrito Capital, Venezuela\tVE\t\t\t10.48801\t-66.87919\t\t"
    "20190520000000\thttps://example.org/a"
)


def rows(raw: bytes, columns: tuple[str, ...] = EVENT_COLUMNS) -> list[dict[str, str]]:
    return [dict(zip(columns, fields, strict=True)) for fields in lines(raw)]


def test_the_columns() -> None:
    assert list(EVENT_COLUMNS) == EXPECTED_EVENT_COLUMNS
    assert list(MENTION_COLUMNS) == EXPECTED_MENTION_COLUMNS
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)


def test_the_line_of_an_event() -> None:
    raw = written([stored()], "gdelt")
    number = lines(raw)[0][0]
    assert raw.decode() == AID_LINE.format(id=number) + "\n"
    assert number.isdigit()
    assert int(number) < 10**15


def test_the_line_of_a_mention() -> None:
    number = lines(written([stored()], "gdelt"))[0][0]
    raw = written([stored()], "gdelt-mentions", document_length={"doc-1": 2300}.get)
    assert lines(raw) == [
        [
            number, "20190520000000", "20190520000000", "1", "Example Wire",
            "https://example.org/a", "1", "0", "40", "7", "1", "83", "2300", "", "",
            "3f2a9c0011223344",
        ]
    ]  # fmt: skip


def test_without_address_a_mention_names_the_document() -> None:
    (row,) = rows(written([stored(url=None, recipients=())], "gdelt-mentions"), MENTION_COLUMNS)
    assert (row["MentionType"], row["MentionIdentifier"]) == ("2", "doc-1")
    assert (row["Actor2CharOffset"], row["MentionDocLen"]) == ("-1", "")


class TestSeveralReports:
    later = dt.date(2019, 5, 21)
    told = [
        stored(event_id="e1", document_id="d1", article_date=later, url=None),
        stored(event_id="e2", document_id="d2", sentence=4, outlet="Other Wire"),
        stored(event_id="e3", document_id="d2", sentence=6, outlet="Other Wire"),
        stored(event_id="e4", document_id="d3", cameo="073"),
    ]

    def test_are_one_event(self) -> None:
        first, other = rows(written(self.told, "gdelt"))
        counts = [first[n] for n in ("NumMentions", "NumSources", "NumArticles", "IsRootEvent")]
        assert counts == ["3", "2", "2", "1"]
        assert (first["DATEADDED"], first["SOURCEURL"]) == (
            "20190520000000",
            "https://example.org/a",
        )
        assert (other["NumMentions"], other["EventCode"]) == ("1", "073")

    def test_are_mentions_of_that_event(self) -> None:
        events = [row["GLOBALEVENTID"] for row in rows(written(self.told, "gdelt"))]
        mentions = rows(written(self.told, "gdelt-mentions"), MENTION_COLUMNS)
        assert [(row["GLOBALEVENTID"], row["Extras"]) for row in mentions] == [
            (events[0], "e1"),
            (events[0], "e2"),
            (events[0], "e3"),
            (events[1], "e4"),
        ]
        assert {row["EventTimeDate"] for row in mentions} == {"20190520000000"}

    def test_on_another_day_or_elsewhere_are_others(self) -> None:
        next_day = When(None, self.later, self.later, "day")
        told = [stored(), stored(place=MIAMI), stored(date=next_day)]
        assert len({row["GLOBALEVENTID"] for row in rows(written(told, "gdelt"))}) == 3


def test_talks_go_both_ways() -> None:
    sides = [(r["Actor1Code"], r["Actor2Code"]) for r in rows(written([stored(TALKS)], "gdelt"))]
    assert sides == [("USAGOV", "IRN"), ("IRN", "USAGOV")]


def test_quad_class_is_the_record_s() -> None:
    eased = stored(event_type="CONCEDE", quad_class="verbal cooperation", cameo="0813")
    (row,) = rows(written([eased], "gdelt"))
    assert [row[n] for n in ("QuadClass", "EventCode", "EventBaseCode", "EventRootCode")] == [
        "1", "0813", "081", "08",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (USA, "USAGOV|UNITED STATES|USA|||||GOV||"),
        (UN, "IGOUNO|UNITED NATIONS||UNO||||IGO||"),
        (CLERICS, "IRQMOSSHICVL|SHIITE CLERICS|IRQ|||MOS|SHI|CVL||"),
        (GUNMEN, "UAF|GUNMEN||||||UAF||"),
        (Actor("Brussels", 0, 8, "European Union", "EUR", (), "eur"),
         "IGOEUREEC|EUROPEAN UNION|EUR|EEC||||IGO||"),
        (Actor("Bucharest", 0, 9, "Romania", "ROU", (), "rou"), "ROM|ROMANIA|ROM|||||||"),
        (Actor("Jewish state", 0, 12, "Israel", "ISR", (), "isr"), "ISR|ISRAEL|ISR|||||||"),
        (Actor("the press", 0, 9, "press", "FRA", ("JRN", "PTY", "OPP"), None),
         "FRAMEDOPP|PRESS|FRA|||||MED|OPP|"),
        (Actor("x", 0, 1, "x", None, (), None), "|X||||||||"),
        (None, "|||||||||"),
    ],
)  # fmt: skip
def test_actor_codes(party: Actor | None, expected: str) -> None:
    assert "|".join(party_fields(party)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, "0|||||||"),
        (CARACAS, "4|Caracas, Distrito Capital, Venezuela|VE|||10.48801|-66.87919|"),
        (MIAMI, "3|Miami, Florida, United States|US|USFL||25.77427|-80.19366|"),
        (RAFAH, "4|Rafah, Gaza Strip, Palestine|GZ|||31.28|34.25|"),
        (YEMEN, "1|Yemen|YM|YM||15.35452|44.20646|YM"),
        (ZULIA, "5|Zulia, Venezuela|VE|||10|-72.1|"),
        (Place("Texas", 0, 5, "Texas", "USA", None, 31.2, -99.2, 4736286, "admin1"),
         "2|Texas, United States|US|USTX||31.2|-99.2|"),
        (Place("Black Sea", 0, 9, "Black Sea", None, None, 43.0, 34.0, None, "sea"),
         "4|Black Sea||||43|34|"),
    ],
)  # fmt: skip
def test_places(place: Place | None, expected: str) -> None:
    assert "|".join(geo_fields(place)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2014, 2, 18), "2014.1315"),
        (dt.date(2019, 1, 1), "2019.0027"),
        (dt.date(2019, 12, 31), "2019.9890"),
    ],
)
def test_fraction_of_the_year(day: dt.date, expected: str) -> None:
    assert fraction_date(day) == expected
