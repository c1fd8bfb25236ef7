"""Persons by family name and title, and names in another spelling."""

from __future__ import annotations

import datetime as dt

import pytest

from crisiswire import Coder
from crisiswire.resolving.near_names import skeleton
from crisiswire.resolving.phrases import resolve_phrase


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jaysh al-Islam", "Jaish al Islam"),
        ("Harakat al-Shabaab", "Harakat Al-Shabab"),
        ("Muqtada", "Moqtada"),
        ("Hezbollah", "Hizbullah"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Hamas", "Houthis"), ("Fatah", "Fetih Ordusu")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("phrase", "day", "entity"),
    [
        ("Foreign Minister Velliste", "1993-05-14", "trivimi-velliste"),
        ("Estonian Foreign Minister Velliste", "1993-05-14", "trivimi-velliste"),
        ("Latvian Foreign Minister Velliste", "1993-05-14", None),
        ("Foreign Minister Velliste", "2005-05-14", None),
        ("Judge Velliste", "1993-05-14", None),
        ("Foreign Minister Aisha Velliste", "1993-05-14", None),
        ("President Hosni Mubarrak", "2005-01-01", "hosni-mubarak"),
        ("plumber Hosni Mubarrak", "2005-01-01", None),
    ],
)
def test_a_title_and_a_family_name_name_the_holder(
    coder: Coder, phrase: str, day: str, entity: str | None
) -> None:
    found = resolve_phrase(coder, phrase, dt.date.fromisoformat(day))
    assert found is not None
    assert found.actor.entity_id == entity


def test_a_place_is_not_taken_for_a_name_spelled_alike(coder: Coder) -> None:
    found = resolve_phrase(coder, "Jericho", dt.date(2012, 1, 1))
    assert found is not None
    assert (found.actor.country, found.actor.sectors) == ("PSE", ("CVL",))


@pytest.mark.parametrize(
    ("phrase", "day", "first"),
    [
        ("President Robert Mugabe", "2017-12-10", "GOV"),
        ("Robert Mugabe", "2017-12-10", "ELI"),
        ("former President Robert Mugabe", "2017-12-10", "ELI"),
        ("President Robert Mugabe", "2019-06-10", "ELI"),
    ],
)
def test_a_title_outlives_the_office_by_a_year(
    coder: Coder, phrase: str, day: str, first: str
) -> None:
    found = resolve_phrase(coder, phrase, dt.date.fromisoformat(day))
    assert found is not None
    assert found.actor.sectors[0] == first
