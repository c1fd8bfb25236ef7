"""Names that no table knows: found in the words of parties, counted, guessed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiswire.analysing.unknown_actors import read_heads, unknown_actors, unknown_name
from crisiswire.errors import DataError
from crisiswire.knowledge.names import name_index
from crisiswire.model import Actor
from crisiswire.storing import PartyMention

NAMES = """
Ada Lovelund                                    | Ada Lovelund
Norwegian envoy Kari Nordfjell                  | Kari Nordfjell
Foreign Minister Kari Nordfjell                 | Kari Nordfjell
Kalmar Liberation Front                         | Kalmar Liberation Front
Fighters of the Kalmar Liberation Front         | Kalmar Liberation Front
members of the Oslo Wherry Union                | Oslo Wherry Union
Kalmarian Front for Salt                        | Kalmarian Front for Salt
Munir al - Shamsani                             | Munir al-Shamsani
Qaryab's Norwegian residents                    | Qaryab
Norway's Zembians                               | Zembians
Zembian-held towns                              | -
US-backed Zembian fighters                      | Zembian
soldiers                                        | -
Russian soldiers                                | -
Angela Merkel                                   | -
the Republic of Zembia, Angela Merkel           | Republic of Zembia
J. T. Nordfjell                                 | J. T. Nordfjell
Dozens of Syria                                 | -
Another diplomat                                | -
One western diplomat                            | -
White House                                     | -
twenty of them                                  | -
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines())
def test_the_unknown_name_in_a_partys_words(line: str) -> None:
    words, expected = (part.strip() for part in line.split("|"))
    assert (unknown_name(words, name_index()) or "-") == expected


def mention(name: str, sentence: str, document: str = "a", **fields: object) -> PartyMention:
    place = fields.pop("place", None)
    start = 100 + sentence.index(name)
    party = Actor(name, start, start + len(name), name, **fields)  # type: ignore[arg-type]
    return PartyMention(party, document, sentence, 100, place)  # type: ignore[arg-type]


def found(*mentions: PartyMention) -> list[tuple[str, int, str, str | None, str]]:
    actors = unknown_actors(mentions, name_index(), lambda name: name == "Qaryab")
    return [(a.name, a.count, a.kind, a.country, "|".join(a.sectors)) for a in actors]


def test_most_mentions_first_and_a_mention_counts_once() -> None:
    salt = mention("the Salt Front", "Troops of the Salt Front fled.", "a")
    front = mention("the Salt Front", "It said the Salt Front fled.", "b")
    ada = mention("Ada Lovelund", "Ada Lovelund spoke.")
    assert [(n, c) for n, c, *_ in found(ada, salt, salt, front)] == [
        ("Salt Front", 2), ("Ada Lovelund", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "kind", "country", "sectors"),
    [
        (mention("Ada Lovelund", "So said Ada Lovelund.", country="DNK", sectors=("GOV",)),
         "person", "DNK", "GOV"),
        (mention("Salt Front", "The Salt Front fled."), "armed_group", None, "REB"),
        (mention("Salt Front", "The Salt Front fled.", sectors=("OPP",)),
         "armed_group", None, "OPP"),
        (mention("Salt Front", "The Salt Front fled.", place="SDN"), "armed_group", "SDN", "REB"),
        (mention("Salt Front", "The Salt Front fled to Norway."), "armed_group", "NOR", "REB"),
        (mention("QRZF", "The QRZF fled.", sectors=("REB",)), "armed_group", None, "REB"),
        (mention("QRZF", "The QRZF fled."), "", None, ""),
    ],
)  # fmt: skip
def test_guesses(one: PartyMention, kind: str, country: str | None, sectors: str) -> None:
    assert [row[2:] for row in found(one)] == [(kind, country, sectors)]


def test_a_capital_that_only_begins_a_sentence_is_no_name() -> None:
    assert found(mention("Ospreys", "Ospreys attacked them.")) == []
    assert found(mention("Ospreys", "“Ospreys attacked them.")) == []
    seen = mention("Ospreys", "He said Ospreys attacked them.", "b")
    assert found(mention("Ospreys", "Ospreys attacked them."), seen)[0][:2] == ("Ospreys", 2)


def test_a_place_of_known_country_is_no_unknown_actor() -> None:
    assert found(mention("Qaryab", "He shelled Qaryab.", country="SYR")) == []
    assert found(mention("Qaryab", "He shelled Qaryab.")) != []


def test_a_line_of_an_actor_table() -> None:
    sentence = "The Salt Front " + "very " * 40 + "quickly fled."
    (actor,) = unknown_actors([mention("Salt Front", sentence)], name_index(), lambda name: False)
    row = actor.table_row()
    assert list(row.values())[:5] == ["Salt Front", "", "armed_group", "", "REB"]
    assert row["note"].startswith("mentioned 1×: The Salt Front very")
    assert row["note"].endswith("very …")


def test_a_bad_line_of_the_head_words_is_named(tmp_path: Path) -> None:
    path = tmp_path / "heads.csv"
    path.write_text("head,kind,sectors\nfront,clan,REB\n")
    with pytest.raises(DataError, match=r"heads.csv:2: .*'front'"):
        read_heads(path)
