"""What holds for the events of any article, and the golden output of three examples."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisiswire import Article, Coder, Event
from helpers import ROOT, check_spans

DAY = dt.date(2019, 5, 31)
ANY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SUBJECTS = "Russia|The Sudanese army|Nicolás Maduro|rebels|“They|It|The EU’s envoy|Police in Lagos"
DEEDS = (
    "bombed|accused|met|refused to meet|will arm|threatened|was told to leave by|did not sanction"
)
OBJECTS = (
    "Kyiv|the protesters|Turkey’s ambassador|two U.N. trucks|him|its neighbours|talks with Oman"
)
TAILS = ".|, officials said.| on Tuesday.|…| in Homs, killing 12.|\n\n|?”| - Reuters\n| (AFP) —"


def choice(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split("|"))


sentences = st.builds("{} {} {}{} ".format, *map(choice, (SUBJECTS, DEEDS, OBJECTS, TAILS)))
news = st.lists(sentences, min_size=1, max_size=4).map("".join)
texts = st.one_of(news, news, st.text(max_size=60), st.builds("{}{}".format, news, st.text()))


def placed(event: Event) -> tuple[int, int]:
    return event.sentence, event.evidence.trigger.start


@given(texts)
@ANY
def test_any_text_gives_sound_ordered_events(coder: Coder, text: str) -> None:
    article = Article(text, DAY, "a")
    events = coder.code(article)
    for event in events:
        check_spans(event, article)
        assert 0 <= event.confidence <= 1
        assert event.date.start <= event.date.end
    assert [placed(e) for e in events] == sorted(placed(e) for e in events)
    assert len({e.event_id for e in events}) == len(events)


@given(texts)
@ANY
def test_coding_twice_gives_the_same_records(coder: Coder, text: str) -> None:
    first, second = (coder.code(Article(text, DAY, "a")) for _ in range(2))
    assert [e.to_record() for e in first] == [e.to_record() for e in second]


@given(news)
@ANY
def test_what_is_masked_yields_no_event(coder: Coder, text: str) -> None:
    noise = "Iran bombed Iraq. "
    article = Article(f"{noise}\n{text}\n{noise}", DAY, "a")
    edges = (0, len(noise)), (len(article.text) - len(noise), len(article.text))
    masked = Article(article.text, DAY, "a", masked=edges)
    assert any(e.evidence.trigger.end <= len(noise) for e in coder.code(article))
    for event in coder.code(masked):
        spans = [event.evidence.trigger, *event.actors, *event.recipients]
        for span in spans:
            assert edges[0][1] <= span.start < span.end <= edges[1][0]


@given(st.lists(news, min_size=2, max_size=4))
@ANY
def test_articles_coded_together_do_not_touch_each_other(coder: Coder, several: list[str]) -> None:
    articles = [Article(text, DAY, str(i)) for i, text in enumerate(several)]
    together = [[e.to_record() for e in events] for _, events in coder.code_many(articles)]
    assert together == [[e.to_record() for e in coder.code(a)] for a in articles]


def test_the_test_texts_do_hold_events(coder: Coder) -> None:
    subjects, deeds = SUBJECTS.split("|"), DEEDS.split("|")
    text = " ".join(f"{s} {d} Turkey’s ambassador." for s in subjects[:4] for d in deeds)
    assert len(coder.code(Article(text, DAY))) >= 16


def test_ids_depend_on_the_article(coder: Coder) -> None:
    text = "Iran bombed Iraq. Iran bombed Iraq."
    ids = {e.event_id for name in "ab" for e in coder.code(Article(text, DAY, name))}
    assert len(ids) == 4


def test_another_language_is_left_alone(coder: Coder) -> None:
    article = Article("Iran bombed Iraq.", DAY, language="fr")
    assert coder.code(article) == []
    assert coder.refusal(article)


def test_two_processes_code_as_one(coder: Coder) -> None:
    texts = [f"Chile expelled {n} Bolivian consuls. Peru protested." for n in range(40)]
    articles = [Article(text, DAY, str(i)) for i, text in enumerate(texts)]
    alone = list(coder.code_many(articles))
    assert sum(len(events) for _, events in alone) >= len(articles)
    assert list(coder.code_many(articles, jobs=2)) == alone


# -- pronouns -----------------------------------------------------------------------------------

PRONOUNS = [
    ("Iran said it had bombed Iraq.", "ASSAULT", "IRN", "IRQ"),
    ("Iran recalled its ambassador from Oslo.", "SANCTION", "IRN", "NOR"),
    ("Kenya withdrew its soldiers from Somalia.", "RETREAT", "KEN", "SOM"),
    ("Vladimir Putin said he would visit Serbia.", "AGREE", "RUS", "SRB"),
    ("The rebels said they had attacked Chadian troops.", "ASSAULT", None, "TCD"),
    ("Peru, which expelled its Cuban guests, thanked Chile.", "SUPPORT", "PER", "CHL"),
    ("Angela Merkel told Poland that she supported Ukraine.", "SUPPORT", "DEU", "UKR"),
    ("Ethiopia warned Sudan that it would close the border.", "THREATEN", "ETH", "SDN"),
]


@pytest.mark.parametrize(("text", "kind", "actor", "recipient"), PRONOUNS)
def test_pronouns_stand_for_their_party(
    coder: Coder, text: str, kind: str, actor: str | None, recipient: str
) -> None:
    told = [
        (e.event_type, *(p.country for p in (*e.actors[:1], *e.recipients[:1])))
        for e in coder.code(Article(text, DAY))
    ]
    assert (kind, actor, recipient) in told


@pytest.mark.parametrize(
    "text", ["He bombed it.", "They accused them.", "It rained. They met her."]
)
def test_pronouns_for_nobody_known_are_no_parties(coder: Coder, text: str) -> None:
    assert coder.code(Article(text, DAY)) == []


# -- golden output ------------------------------------------------------------------------------


@cache
def golden() -> ModuleType:
    """scripts/make_golden.py, which also makes the files."""
    spec = spec_from_file_location("make_golden", ROOT / "scripts" / "make_golden.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def examples() -> dict[str, list[Event]]:
    """Article id → its events, coded as the golden files are."""
    coded = golden().coder().code_many(golden().articles())
    return {article.id: events for article, events in coded}


@pytest.mark.parametrize("name", list(golden().ARTICLES))
def test_examples_are_coded_as_reviewed(name: str, examples: dict[str, list[Event]]) -> None:
    """A change that is meant: run scripts/make_golden.py and read the difference."""
    text = (golden().GOLDEN / f"{name}.jsonl").read_text("utf-8")
    expected = [json.loads(line) for line in text.splitlines()]
    found = [json.loads(line) for line in golden().lines(examples[name]).splitlines()]
    assert [e["event_id"] for e in found] == [e["event_id"] for e in expected]
    assert found == expected


def test_golden_files_are_those_of_the_script() -> None:
    assert {p.stem for p in golden().GOLDEN.glob("*.jsonl")} == set(golden().ARTICLES)
