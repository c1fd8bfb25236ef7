"""What the actor tables must not say of one person or one name, taken together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest

from crisiswire import Coder
from crisiswire.knowledge.actor_tables import ACTOR_COLUMNS
from crisiswire.knowledge.files import DATA, above_states, read_csv
from crisiswire.knowledge.names import Known, Term, name_index
from crisiswire.resolving.phrases import resolve_phrase

DAYS = [dt.date(year, 5, 14) for year in range(1960, 2026, 5)]
# Who served two states in turn: states that split, and men who crossed a border.
IN_TWO_STATES = {
    "Chiang Kai-shek",
    "Deng Alor",
    "Eduard Shevardnadze",
    "James Kabarebe",
    "Janez Drnovsek",
    "Lam Akol",
    "Mikheil Saakashvili",
    "Momir Bulatovic",
    "Riek Machar",
    "Robert Kocharyan",
    "Salva Kiir",
    "Stjepan Mesic",
}
# Kin whose names differ by one word that reports leave out.
NAMESAKES = {
    ("Andris Berzins", "Andris Berzins Sr"),
    ("Arturo Cruz", "Arturo Cruz Sequeira"),
    ("Eduardo Frei", "Eduardo Frei Montalva"),
    ("Raul Sendic", "Raul Sendic Rodriguez"),
    ("Suleiman Frangieh", "Sleiman Frangieh"),
}


def actor_rows() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((DATA / "actors").glob("*.csv")):
        if not path.name.startswith("countries"):
            for line, row in read_csv(path, ACTOR_COLUMNS):
                yield f"{path.name}:{line}", row


ROWS = list(actor_rows())
PERSONS = [(where, row) for where, row in ROWS if row["kind"] == "person"]


def entities() -> list[tuple[str, tuple[Known, ...]]]:
    """Each name of the tables with the entities that bear it, countries left out."""
    bearers: dict[str, dict[str, Known]] = defaultdict(dict)
    for _, row in ROWS:
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            for hit in name_index().find(name, certain=True):
                if hit.text == name:
                    bearers[name].update((k.id, k) for k in hit.known if not hit.is_country)
    return [(name, tuple(known.values())) for name, known in bearers.items()]


ENTITIES = entities()


def overlap(one: Term, two: Term) -> bool:
    return max(one.first, two.first) < min(one.last, two.last)


def test_an_identifier_names_one_entity_of_all_tables() -> None:
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, row in ROWS:
        if row["wikidata"]:
            owners[row["wikidata"]].add((row["kind"], row["name"]))
    assert {item: names for item, names in owners.items() if len(names) > 1} == {}


def test_an_entity_has_one_identifier() -> None:
    items: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, row in ROWS:
        if row["wikidata"]:
            items[row["kind"], row["name"]].add(row["wikidata"])
    assert {name: found for name, found in items.items() if len(found) > 1} == {}


def test_two_persons_of_one_name_are_not_taken_for_one() -> None:
    states: dict[str, set[str]] = defaultdict(set)
    for _, row in PERSONS:
        if row["country"] and row["country"] not in above_states():
            states[row["name"]].add(row["country"])
    assert {name for name, codes in states.items() if len(codes) > 1} == IN_TWO_STATES


def test_a_person_does_not_stand_under_two_spellings() -> None:
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, row in PERSONS:
        for alias in filter(None, row["aliases"].split("|")):
            aliases[row["country"], alias].add(row["name"])
    twice = {
        (row["name"], other)
        for _, row in PERSONS
        for other in aliases.get((row["country"], row["name"]), ())
        if other != row["name"]
    }
    assert twice == NAMESAKES


def test_no_career_is_longer_than_a_life() -> None:
    years: dict[str, list[int]] = defaultdict(list)
    for _, row in PERSONS:
        years[row["name"]] += [int(day[:4]) for day in (row["from"], row["to"]) if day]
    assert [name for name, all_ in years.items() if max(all_) - min(all_) > 75] == []


def test_no_two_bodies_of_one_country_share_a_name() -> None:
    """A name that two bodies of one country bear at once can never be told apart."""
    twice = []
    for name, bearers in ENTITIES:
        bodies = [k for k in bearers if k.kind != "person"]
        for n, one in enumerate(bodies):
            for two in bodies[n + 1 :]:
                if any(
                    t.country == u.country and overlap(t, u) for t in one.terms for u in two.terms
                ):
                    twice.append((name, one.id, two.id))
    assert twice == []


def shared_family_names() -> list[tuple[str, str, str, str]]:
    """(name, day, country, entity) where persons of two countries bear one bare name in office."""
    cases = []
    for name, bearers in ENTITIES:
        persons = [k for k in bearers if k.kind == "person"]
        if " " in name or len(persons) < 2:
            continue
        for day in DAYS:
            serving = [(k, k.at(day).country) for k in persons if k.distance(day) == 0]
            countries = [country for _, country in serving]
            for known, country in serving:
                if country and countries.count(country) == 1 and len(set(countries)) > 1:
                    cases.append((name, day.isoformat(), country, known.id))
    return cases


SHARED = shared_family_names()


def test_shared_family_names_are_many_enough_to_try() -> None:
    assert len(SHARED) >= 10


@pytest.mark.parametrize(("name", "day", "country", "entity"), SHARED)
def test_a_shared_family_name_goes_to_the_known_country(
    coder: Coder, name: str, day: str, country: str, entity: str
) -> None:
    found = resolve_phrase(coder, name, dt.date.fromisoformat(day), known_country=country)
    assert found is not None
    assert (found.actor.country, found.actor.entity_id) == (country, entity)


@pytest.mark.parametrize(
    ("name", "day", "context", "entity"),
    [
        ("Napolitano", "2011-05-14", "Italy's parliament in Rome passed the budget.", "giorgio"),
        ("Napolitano", "2011-05-14", "The United States tightened checks at airports.", "janet"),
        ("Lieberman", "2010-05-14", "Israel will go on building, officials said.", "avigdor"),
        ("Lieberman", "2010-05-14", "The US Senate voted on the bill.", "joe"),
        ("Alarcon", "1997-03-14", "Ecuador's Congress in Quito swore him in.", "fabian"),
        ("Alarcon", "1997-03-14", "Cuba protested against the embargo.", "ricardo"),
        ("Fernandez", "2007-05-14", "Floods hit the Dominican Republic.", "leonel"),
        ("Fernandez", "2007-05-14", "Farmers in Argentina blocked roads.", "alberto"),
        ("Banda", "2010-05-14", "Zambia raised the tax on copper.", "rupiah"),
        ("Banda", "2010-05-14", "Malawi's vice president spoke in Lilongwe.", "joyce"),
        ("Maduro", "2005-05-14", "Gangs burned a bus in Honduras.", "ricardo"),
        ("Maduro", "2005-05-14", "Venezuela's National Assembly met in Caracas.", "nicolas"),
        ("Zia", "2004-05-14", "Strikers shut Dhaka, the capital of Bangladesh.", "khaleda"),
        ("Traore", "2023-05-14", "Burkina Faso mourned soldiers.", "ibrahim"),
        ("Traore", "1990-05-14", "Students marched in Mali.", "moussa"),
        ("Conte", "2020-05-14", "Italy extended its lockdown.", "giuseppe"),
        ("Conte", "2001-05-14", "Guinea shelled rebels at its border.", "lansana"),
        ("Marcos", "1997-05-14", "Mexico sent troops to Chiapas.", "subcomandante"),
        ("Marcos", "1978-05-14", "The Philippines lies under martial law.", "ferdinand"),
        ("Johnson", "1966-05-14", "The United States bombed North Vietnam.", "lyndon"),
        ("Johnson", "2020-05-14", "Britain left the European Union.", "boris"),
        ("Castro", "2023-05-14", "Honduras opened an embassy in Beijing.", "xiomara"),
        ("Castro", "2015-05-14", "Cuba and the United States reopen embassies.", "raul"),
    ],
)
def test_a_shared_family_name_goes_to_the_country_of_the_context(
    coder: Coder, name: str, day: str, context: str, entity: str
) -> None:
    found = resolve_phrase(coder, name, dt.date.fromisoformat(day), context)
    assert found is not None
    assert (found.actor.entity_id or "").startswith(f"{entity}-")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("ICC", "IGO"),
        ("ICJ", "UNO"),
        ("International Court of Justice", "UNO"),
        ("ICTY", "UNO"),
        ("European Court of Human Rights", "IGO"),
        ("European Court of Justice", "EUR"),
        ("Permanent Court of Arbitration", "IGO"),
        ("Inter-American Court of Human Rights", "IGO"),
        ("Special Tribunal for Lebanon", "UNO"),
    ],
)
def test_a_court_above_states_is_a_court(coder: Coder, name: str, country: str) -> None:
    found = resolve_phrase(coder, f"the {name}", dt.date(2015, 5, 14))
    assert found is not None
    assert (found.actor.country, found.actor.sectors) == (country, ("JUD",))


@pytest.mark.parametrize(
    ("rows", "day", "office"),
    [
        (["GOV,prime minister,2010,2014", "PTY,party leader,2005,2020"], "2012-05-14", "prime"),
        (["PTY,party leader,2005,2020", "GOV,prime minister,2010,2014"], "2012-05-14", "prime"),
        (["PTY,party leader,2005,2020", "GOV,prime minister,2010,2014"], "2016-05-14", "party"),
        (["GOV,president,2010,2020", "GOV,defence minister,2012,2014"], "2013-05-14", "defence"),
        (["MIL,general,2000,2020", "OPP,candidate,2012,2014"], "2013-05-14", "candidate"),
    ],
)
def test_of_two_roles_at_once_the_one_in_government_counts(
    rows: list[str], day: str, office: str
) -> None:
    known = Known("x", "X", "person")
    for row in rows:
        sector, title, first, last = row.split(",")
        span = dt.date(int(first), 1, 1), dt.date(int(last), 12, 31)
        known.terms.append(Term("FRA", (sector,), title, *span, "", "test"))
    assert known.at(dt.date.fromisoformat(day)).office.startswith(office)
