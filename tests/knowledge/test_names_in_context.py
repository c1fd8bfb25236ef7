"""Names that need more than their letters: notes of the country tables, common words, scripts."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.knowledge.names import Known, NameIndex, Term, fold, name_index
from crisiswire.knowledge.naming import WordNames, read_word_names, word_names

DAY = dt.date(2019, 5, 31)
WORDS = WordNames(
    frozenset({"rice", "bush", "hope", "time", "is", "let", "gates"}),
    frozenset({"may"}),
    frozenset({"then", "in", "the"}),
    frozenset({"president", "mr", "secretary", "gen"}),
    frozenset({"said", "ordered"}),
)


def named(name: str, *aliases: str, kind: str = "person") -> list[tuple[str, Known]]:
    term = Term("USA", (), "", dt.date.min, dt.date.max, "", "test")
    known = Known(fold(name), name, kind, [term])
    return [(alias, known) for alias in (name, *aliases)]


INDEX = NameIndex(
    [
        *named("Condoleezza Rice", "Rice"),
        *named("George W. Bush", "Bush"),
        *named("Theresa May", "May"),
        *named("Robert Gates", "Gates"),
        *named("TIME", kind="media"),
        *named("Islamic State", "IS", kind="armed_group"),
        *named("LeT", kind="armed_group"),
    ],
    [],
    [],
    words=WORDS,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rice is scarce.", []),
        ("Prices rose. Rice is scarce.", []),
        ("The price of Rice rose.", ["Rice"]),
        ("Then Rice left for Cairo.", ["Rice"]),
        ("Secretary Rice left.", ["Rice"]),
        ("He met Gen. Rice there.", ["Rice"]),
        ("Rice said so.", ["Rice"]),
        ("Rice, in Condoleezza Rice's own words", ["Rice", "Condoleezza Rice"]),
        ("“Rice is scarce,” a trader complained.", []),
        ("at Rice University", []),
        ("the singer Damien Rice", []),
        ("Bush fires raged. Critics of Bush were loud.", ["Bush", "Bush"]),
        ("In May, talks began; on 3 May they ended. May was mild.", []),
        ("Theresa May said in May", ["Theresa May"]),
        ("as President May ordered", ["May"]),
        ("Time is running out.", []),
        ("TIME reported it.", ["TIME"]),
        ("WHAT TIME IS IT", []),
        ("THIS IS WAR", []),
        ("fighters of IS fled", ["IS"]),
        ("IS fighters fled", ["IS"]),
        ("IS militants of the Islamic State", ["IS", "Islamic State"]),
        ("Let us go.", []),
        ("Gates of the city opened.", []),
        ("Hope fades.", []),
    ],
)
def test_a_name_that_is_a_word_needs_what_shows_it(text: str, names: list[str]) -> None:
    assert [hit.text for hit in INDEX.find(text)] == names


@pytest.mark.parametrize("phrase", ["Rice", "May", "Bush", "IS"])
def test_a_phrase_known_to_be_a_name_needs_nothing(phrase: str) -> None:
    assert [hit.text for hit in INDEX.find(phrase, certain=True)] == [phrase]


def countries(text: str, word: str) -> list[str]:
    """The countries that the shipped index gives for ``word`` in ``text``, its own first."""
    hits = [hit for hit in name_index().find(text) if hit.text == word and hit.is_country]
    return [code for hit in hits for code in hit.countries(DAY)]


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        # case
        ("The US and China met.", "US", ["USA"]),
        ("Us and them", "Us", []),
        ("Two Poles were freed.", "Poles", ["POL"]),
        ("POLES OF POWER", "POLES", []),
        ("The opt-out held.", "opt", []),
        ("in the oPt this week", "oPt", ["PSE"]),
        ("The Car was found in the CAR.", "Car", []),
        ("The CAR army fled.", "CAR", ["CAF"]),
        # combining
        ("a Sino-Indian border", "Sino", ["CHN"]),
        ("the Russo‐Turkish war", "Russo", ["RUS"]),
        ("the Franco-German brigade", "Franco", ["FRA"]),
        ("Rene Russo left", "Russo", []),
        ("The Franco years", "Franco", []),
        ("Anglo American is a company", "Anglo", []),
        # ambiguous: another country
        ("the rulers of the Islamic Republic", "Islamic Republic", ["IRN", "MRT", "PAK"]),
        ("Hazara protesters", "Hazara", ["AFG", "PAK"]),
        ("Congo's army", "Congo", ["COD", "COG"]),
        # ambiguous: other meanings
        ("Virginia Woolf wrote to France.", "Virginia", []),
        ("Troops left Virginia for France.", "Virginia", ["USA"]),
        ("Denzel Washington and Seattle's Denzel Washington", "Washington", []),
        ("the actor Denzel Washington", "Washington", []),
        ("In Washington, aides were silent.", "Washington", ["USA"]),
        ("Talks between Moscow and Washington", "Washington", ["USA"]),
        ("A Kiwi was eaten.", "Kiwi", []),
        ("A Kiwi from New Zealand was held.", "Kiwi", ["NZL"]),
        ("The Yankees won the cup.", "Yankees", []),
    ],
)
def test_notes_of_the_country_tables_hold(text: str, word: str, codes: list[str]) -> None:
    assert countries(text, word) == codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nicolás Maduro", "Nicolás Maduro"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdoğan"),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
    ],
)
def test_accents_may_stand_as_characters_of_their_own(text: str, name: str) -> None:
    apart = unicodedata.normalize("NFD", f"So {text} it is")
    (hit,) = name_index().find(apart)
    assert unicodedata.normalize("NFC", hit.text) == name
    assert apart[hit.start : hit.end] == hit.text


@pytest.mark.parametrize("text", ["Iran\u0301ov", "x\u0301Iran", "Iran\u093e", "\u0301Iran"])
def test_a_mark_belongs_to_its_word(text: str) -> None:
    assert name_index().find(text) == []


def test_a_soft_hyphen_parts_no_word() -> None:
    assert [h.text for h in name_index().find("Ira\u00adnian and Ira\u00adn")] == [
        "Ira\u00adnian",
        "Ira\u00adn",
    ]


NAMES = st.sampled_from(["Iran", "NATO", "Maduro", "soldier", "U.S.", "Côte d'Ivoire", "al-Qaida"])
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)


def inside(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM" or char == "_"


@given(ANY, NAMES, ANY)
@settings(max_examples=600, deadline=None)
def test_no_hit_begins_or_ends_inside_a_word(before: str, name: str, after: str) -> None:
    text = before + name + after
    for hit in name_index().find(text):
        first, last = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        assert not (first and inside(first) and inside(text[hit.start]))
        assert not (last and inside(last) and inside(text[hit.end - 1]))


# Words that news means as a country or its people wherever they have a capital.
NATIONS = {"pole", "polish", "turkey"}
COMMON = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split()


def test_the_common_words_are_a_thousand() -> None:
    assert len(set(COMMON)) == len(COMMON) >= 1_000


@pytest.mark.parametrize(
    "frame",
    [
        "They saw the {word} again.",
        "{Word} was all they saw.",
        "It ended. {Word} was all they saw.",
    ],
)
def test_common_words_name_nobody(frame: str) -> None:
    texts = [frame.format(word=word, Word=word.capitalize()) for word in COMMON]
    named = [hit.text for text in texts for hit in name_index().find(text) if hit.known]
    assert {name.lower() for name in named} <= NATIONS


@pytest.mark.parametrize("size", [1, 4])
def test_common_words_in_capitals_name_nobody(size: int) -> None:
    runs = [" ".join(COMMON[n : n + size]).upper() for n in range(0, len(COMMON), size)]
    named = [hit.text for run in runs for hit in name_index().find(run) if hit.known]
    assert {name.lower() for name in named} <= NATIONS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("words: a b", "must hold the lists"),
        ("", "must hold the lists"),
        (
            "words: [a]\nalways_capital: x\nopeners: x\ntitles: x\ndeeds: x",
            "words must be words after",
        ),
        (
            "words: Rice\nalways_capital: x\nopeners: x\ntitles: x\ndeeds: x",
            "write 'Rice' in lower case",
        ),
    ],
)
def test_a_bad_word_list_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "word_names.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"word_names\.yaml") as caught:
        read_word_names(path)
    assert message in str(caught.value)


def test_shipped_word_lists_are_apart() -> None:
    words = word_names()
    assert not words.words & words.always_capital
