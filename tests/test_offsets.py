"""Every field of an event and of a quote holds the article's own words, whatever the article."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisiswire import Article, Coder, Event, Quote
from helpers import check_spans

DAY = dt.date(2021, 3, 9)
ANY = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SENTENCES = """
On Monday the Chadian army killed 12 rebels and wounded 30 others near the border with Sudan.
Peru’s foreign minister said on 3 March that Lima had expelled two Bolivian diplomats.
“We will strike back within days,” General Idris Noor told reporters in N'Djamena.
According to the governor, between 20 and 30 people were killed when Kenyan jets bombed Kismayo.
Norway lent Zambia $1.5 million, and Oslo reportedly sent about 100 soldiers aboard two Il-76s.
The rebels claimed full responsibility for the “attack” on the Turkish embassy last week.
Thousands of protesters marched in Lagos; police arrested at least 60 of them, officials said.
A court in Quito jailed Ana Ruiz for three and a half years on Friday.
""".strip().split("\n")
# Marks that join or hide, other scripts, wide characters, ends of lines, a very long word.
NOISE = (
    "\u0301|\u200b|\u200d|\ufeff|\u00ad|\U0001f600|\U0001f469\u200d\U0001f692|\U00020000|é|\t|\r\n"
    "|\n\n|\u00a0|\u2028|\u202e|\u05d0\u05d1|\u0645\u0631\u062d\u0628\u0627|\u4e2d\u6587|\u0e01"
    "|\x00|\ud800|—|'|\"|«|…|.|,| |" + "x" * 300 + "|\U0001d7d9\U0001d7da|\u0663|½|ﬁ|İ|ß"
).split("|")


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Sentences of news with anything between their words, and inside them."""
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
    for piece in draw(st.lists(st.sampled_from(NOISE) | st.text(max_size=8), max_size=5)):
        at = draw(st.integers(0, len(text)))
        if draw(st.booleans()):  # beside a word
            at = text.find(" ", at) + draw(st.integers(0, 1)) if " " in text[at:] else len(text)
        text = text[:at] + piece + text[at:]
    return text


def spans(event: Event) -> Iterator[tuple[int, int]]:
    """First and last offset of every field of an event."""
    said, when = event.attribution, event.date
    for item in (*event.actors, *event.recipients, *event.quantities, event.evidence.trigger):
        yield item.start, item.end
    for part in (event.place, said.speaker):
        if part is not None:
            yield part.start, part.end
    for start, end in ((when.text_start, when.text_end), (said.verb_start, said.verb_end)):
        if start is not None and end is not None:
            yield start, end
    for place in event.explanation.get("hedges_at", ()):
        if place is not None:
            yield place[0], place[1]


def inside_a_word(text: str, at: int) -> bool:
    """Whether an offset stands between two letters or digits, or before a mark of one."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after):
        return not before.isspace()
    return before.isalnum() and after.isalnum()


def check_quote(quote: Quote, text: str) -> None:
    """Assert that the fields of a quote hold the very words of the article."""
    assert text[quote.start : quote.end] == quote.text
    assert (quote.verb is None) == (quote.verb_start is None) == (quote.verb_end is None)
    if quote.verb is not None:
        assert text[quote.verb_start : quote.verb_end] == quote.verb
    if quote.speaker is not None:
        assert text[quote.speaker.start : quote.speaker.end] == quote.speaker.text


@given(articles())
@ANY
def test_every_field_holds_whole_words_of_the_article(coder: Coder, text: str) -> None:
    article = Article(text, DAY, "a")
    events = coder.code(article)
    for event in events:
        check_spans(event, article)
        for start, end in spans(event):
            assert not inside_a_word(text, start), (text[start:end], text)
            assert not inside_a_word(text, end), (text[start:end], text)
    for quote in coder.quotes_of(article):
        check_quote(quote, text)
    assert [e.event_id for e in coder.code(article)] == [e.event_id for e in events]


def test_the_sentences_fill_every_field(coder: Coder) -> None:
    article = Article(" ".join(SENTENCES), DAY, "a")
    events = coder.code(article)
    assert {e.event_type for e in events} >= {"ASSAULT", "SANCTION", "AID", "PROTEST"}
    assert any(e.date.text_start is not None for e in events)
    assert any(e.place is not None for e in events)
    assert any(e.attribution.speaker is not None for e in events)
    assert any("hedges_at" in e.explanation for e in events)
    kinds = {q.kind for e in events for q in e.quantities}
    assert kinds >= {"dead", "injured", "money", "personnel", "vehicles", "protesters"}
    assert any(q.verb_start is not None for q in coder.quotes_of(article))
