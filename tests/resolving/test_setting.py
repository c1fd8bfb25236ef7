"""The country that an article is about, and what it means for roles of no named country."""

from __future__ import annotations

import datetime as dt

import pytest

from crisiswire import Article, Coder
from crisiswire.model import Actor, Event
from crisiswire.resolving.phrases import resolve_phrase
from crisiswire.resolving.setting import setting_of

DAY = dt.date(2018, 6, 1)
UNREST = (
    "Police broke up a march in Nairobi on Friday. Kenyan officials blamed the opposition. "
    "In Kisumu, residents built barricades. Kenya has seen weeks of unrest."
)
SUMMIT = (
    "Peru and Chile signed an accord in Lima. Brazil and Bolivia sent envoys. "
    "Colombia, Ecuador and Paraguay stayed away."
)


def setting(coder: Coder, text: str, title: str = "") -> tuple[str | None, str | None]:
    article = Article(text, DAY, title=title)
    found = setting_of(
        article, coder.names.find(text), coder.names.find(title), coder.resolver.place_country, ()
    )
    return found.nation, found.theatre


def parties(events: list[Event], words: str) -> list[Actor]:
    return [a for e in events for a in (*e.actors, *e.recipients) if a.text.lower() == words]


@pytest.mark.parametrize(
    ("text", "title", "nation"),
    [
        (UNREST, "", "KEN"),
        (SUMMIT, "", None),
        ("Crowds gathered.", "", None),
        ("Talks opened in Geneva. In Geneva, envoys met. They stay in Geneva.", "", None),
        ("The UN met. NATO and the African Union sent envoys to the UN.", "", None),
        ("Talks went on. Niger and Mali took part.", "Niger's army takes power in Niger", "NER"),
    ],
)
def test_the_nation_stands_out_or_is_none(
    coder: Coder, text: str, title: str, nation: str | None
) -> None:
    assert setting(coder, text, title)[0] == nation


def test_where_it_plays_is_not_who_is_spoken_of(coder: Coder) -> None:
    text = (
        "French troops went on patrol in Gao on Monday. France has kept forces there since 2013. "
        "French jets struck a camp near Kidal, in northern Mali. Paris said fighters died. "
        "The French defence minister spoke of more raids in Mali."
    )
    nation, theatre = setting(coder, text)
    assert theatre == "MLI"
    assert nation != "MLI"


def test_a_dateline_says_more_than_a_mention(coder: Coder) -> None:
    text = "DAKAR, June 1 - Crowds marched. Gambia and Mauritania watched."
    plain = Article(text, DAY)
    masked = Article(text, DAY, masked=((0, 17),))
    found = [
        setting_of(a, coder.names.find(text), (), coder.resolver.place_country, ()).theatre
        for a in (plain, masked)
    ]
    assert found == [None, None] or found[1] == "SEN"


def test_a_bare_role_is_of_the_country_the_article_is_about(coder: Coder) -> None:
    text = f"{UNREST} On Sunday police arrested twelve protesters."
    events = coder.code(Article(text, DAY))
    found = parties(events, "twelve protesters")
    assert found
    assert {a.country for a in found} == {"KEN"}


def test_a_bare_role_stays_open_where_many_countries_are_named(coder: Coder) -> None:
    events = coder.code(Article(f"{SUMMIT} On Sunday police arrested twelve protesters.", DAY))
    assert {a.country for a in parties(events, "twelve protesters")} == {None}


def test_a_group_is_of_no_country_because_of_the_story(coder: Coder) -> None:
    events = coder.code(Article(f"{UNREST} On Sunday the government banned the group.", DAY))
    found = parties(events, "the group")
    assert {a.country for a in found} <= {None}


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("the foreign ministry", "SDN"),
        ("the police", "SDN"),
        ("western officials", None),
        ("foreign observers", None),
        ("the group", None),
    ],
)
def test_the_context_gives_the_country_but_not_to_roles_of_none(
    coder: Coder, phrase: str, country: str | None
) -> None:
    found = resolve_phrase(coder, phrase, DAY, context="Fighting shook Sudan on Monday.")
    assert found is not None
    assert found.actor.country == country
