"""Quotes with their speakers, over sentence and paragraph breaks and in every sort of marks."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from crisiswire import Article, Coder
from crisiswire.coding.quotation_marks import find_stretches
from crisiswire.coding.quotes import quote_at
from crisiswire.config import load_config

LINES = Path(__file__).with_name("quotes.txt").read_text("utf-8").splitlines()
CASES = [line.split(" =>") for line in LINES if line and not line.startswith("#")]
DAY = dt.date(2019, 5, 1)


@pytest.fixture(scope="module")
def reader() -> Coder:
    config = load_config()
    alone = config.coder.model_copy(update={"model": "none"})
    return Coder(config.model_copy(update={"coder": alone}))


def told(reader: Coder, passage: str) -> str:
    """The passage's quotes as the cases write them."""
    article = Article(passage.replace("¶", "\n\n"), DAY)
    out = []
    for quote in reader.quotes_of(article):
        assert article.text[quote.start : quote.end] == quote.text
        who = quote.speaker
        words = "-" if who is None else article.text[who.start : who.end]
        marks = (" ?" if quote.unnamed else "") + (" *" if quote.continues else "")
        out.append(f"{quote.kind} {words}{marks}")
    return " | ".join(out)


def test_there_are_many_passages() -> None:
    assert len(CASES) >= 80
    assert len({passage for passage, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("passage", "expected"), CASES, ids=[c[0] for c in CASES])
def test_quotes_and_their_speakers(passage: str, expected: str, reader: Coder) -> None:
    assert told(reader, passage) == expected.strip()


def test_a_pronoun_stands_for_the_speaker_named_last(reader: Coder) -> None:
    text = '"We stay," President Maia Sandu said in Chisinau.\n\n"Nobody will move us," she said.'
    first, second = reader.quotes_of(Article(text, DAY))
    assert first.speaker is not None
    assert second.speaker is not None
    assert second.speaker.country == first.speaker.country == "MDA"


def test_an_unnamed_source_keeps_country_and_sector(reader: Coder) -> None:
    text = '"The talks are dead," a senior Peruvian army officer said on condition of anonymity.'
    (quote,) = reader.quotes_of(Article(text, DAY))
    assert quote.unnamed
    assert quote.speaker is not None
    assert (quote.speaker.country, quote.speaker.sectors[0]) == ("PER", "MIL")


def test_events_inside_take_the_speaker_of_another_sentence(coder: Coder) -> None:
    text = (
        'Rosa Quintana, the mayor of Ilo, was blunt. "Chilean soldiers burned the Peruvian camp."'
    )
    (event,) = coder.code(Article(text, DAY))
    said = event.attribution
    assert (said.kind, said.quoted) == ("quote", True)
    assert said.speaker is not None
    assert said.speaker.text == "Rosa Quintana"


def test_other_languages_and_masked_words_give_no_quotes(reader: Coder) -> None:
    assert reader.quotes_of(Article('"Wir bleiben," sagte er.', DAY, language="de")) == []
    text = '"Advertisement here." The mill burned.'
    assert reader.quotes_of(Article(text, DAY, masked=((0, 21),))) == []


def test_the_innermost_quote_around_a_place(reader: Coder) -> None:
    text = """"We told them, 'Go home now,' and they went," the captain said."""
    quotes = reader.quotes_of(Article(text, DAY))
    inner = quote_at(quotes, text.index("home"))
    assert inner is not None
    assert inner.text == "Go home now,"
    assert quote_at(quotes, len(text) - 2) is None
    assert quote_at(quotes, text.index("home"), scare=True) is None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('A "b c" d.', ["b c"]),
        ("A “b “c” d.", ["c"]),  # the mark that is not closed opens nothing
        ('A "b c.\nD "e" f.', ["e"]),
        ('"A b c.\nD e f.', ["A b c."]),  # but one that opens a paragraph does
        ("„A b“ c.", ["A b"]),
        ("«A b» c «d».", ["A b", "d"]),
        ("The boys' dogs' leads", []),
        ("He said 'no way' twice.", ["no way"]),
        ('("A b")', ["A b"]),
        ('A—"b c"—d', ["b c"]),
        ('A " b', []),
        ("“ A b ”", ["A b"]),
        ('""', []),
        ("", []),
    ],
)
def test_marks(text: str, inside: list[str]) -> None:
    found = find_stretches(text)
    assert [text[s.start : s.end] for s in found] == inside


def test_no_text_makes_the_marks_fail() -> None:
    """Every stretch lies within one paragraph, whatever marks are strewn over the text."""
    text = re.sub(r"(.)", r"\1\"", "ab “c” ‘d' «e\nf» ' \" ” “\n„g h``i''", count=9)
    for cut in range(len(text)):
        for s in find_stretches(text[cut:]):
            assert 0 <= s.start < s.end <= len(text) - cut
            assert "\n" not in text[cut:][s.start : s.end]
