"""Searches in words, over articles and sentences, the same in each database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisiswire.errors import StoreError
from crisiswire.storing import EventQuery, Store
from crisiswire.storing.searching import (
    MAX_DEPTH,
    MAX_TERMS,
    SNIPPET,
    AllOf,
    AnyOf,
    Term,
    matches,
    parse_search,
    snippet,
)

from .samples import DAY, article, event

ARTICLES = {
    "embargo": ("Gulf states ease oil embargo", "Bogotá's minister met the U.S. envoy."),
    "pipeline": (None, "An oil-rich province shut its pipeline; Ankara/Tehran talks go on."),
    "strike": ("Dockers' strike", "No ship was loaded in Ævarhöfn on 5.5.2019. NOT ONE, AND OR."),
}
SEARCHES = [
    ("oil", "embargo pipeline"),
    ("OIL", "embargo pipeline"),
    ("oil embargo", "embargo"),
    ("oil AND embargo", "embargo"),
    ("embargo oil", "embargo"),
    ("embargo envoy", "embargo"),
    ('"oil embargo"', "embargo"),
    ('"embargo oil"', ""),
    ("“oil embargo”", "embargo"),
    ('"embargo Bogota"', ""),  # not from the title into the text
    ('"oil rich"', "pipeline"),
    ("oil-rich", "pipeline"),
    ("tehran", "pipeline"),
    ("ankara/tehran", "pipeline"),
    ("U.S.", "embargo"),
    ("u s", "embargo"),
    ("bogota", "embargo"),
    ("BOGOTÁ", "embargo"),
    ("bogota\u0301", "embargo"),
    ("ævarhofn", "strike"),
    ("ÆVARHÖFN", "strike"),
    ("5.5.2019", "strike"),
    ("emb", ""),
    ("emb*", "embargo"),
    ("emb* oil*", "embargo"),
    ('"gulf states eas"*', "embargo"),
    ('"gulf eas"*', ""),
    ("oil-r*", "pipeline"),
    ("embargo OR pipeline", "embargo pipeline"),
    ("embargo OR pipeline OR strike", "embargo pipeline strike"),
    ("oil pipeline OR strike", "pipeline strike"),
    ("oil (pipeline OR strike)", "pipeline"),
    ("(pipeline OR embargo) (envoy OR talks)", "embargo pipeline"),
    ("oil -embargo", "pipeline"),
    ("oil NOT embargo", "pipeline"),
    ('oil -"oil embargo"', "pipeline"),
    ("oil -(embargo OR strike)", "pipeline"),
    ("oil NOT (envoy talks)", "embargo pipeline"),
    ("oil - embargo", "embargo"),
    ("oil -embargo -pipeline", ""),
    ("strike OR oil -embargo", "pipeline strike"),
    ('"not" "one"', "strike"),
    ("not one", "strike"),
    ("OR oil", "embargo pipeline"),
    ("oil OR", "embargo pipeline"),
    ("oil AND OR strike NOT", "embargo pipeline strike"),
    ("((oil", "embargo pipeline"),
    ("oil))", "embargo pipeline"),
    ("() oil", "embargo pipeline"),
    ('oil "', "embargo pipeline"),
    ("title:oil", ""),
    ("article_search", ""),
    ("oil^2", ""),
    ("NEAR(oil embargo)", ""),
    ("oil'; DROP TABLE articles; --", ""),
    ("oil & !embargo | strike <-> x", ""),
    ("oil ½", "embargo pipeline"),
    ("strike OR ªª", "strike"),
    ("½", None),
    ("*", None),
    ("", None),
    (" \x00 !? ", None),
    ("-oil", "only what is not wanted"),
    ("oil OR -strike", "only what is not wanted"),
    ("x " * (MAX_TERMS + 1), f"asks for {MAX_TERMS + 1} words"),
]


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with the articles; each has an event whose sentence is the text."""
    for name, (title, text) in ARTICLES.items():
        one = event(name, f"event of {name}", sentence_text=text)
        store.save(article(name, title=title, text=text), [one])
    return store


def names(store: Store, words: str) -> list[str]:
    return [found.article.id for found in store.search(words, newest_first=False).items]


@pytest.mark.parametrize(("words", "expected"), SEARCHES, ids=[words for words, _ in SEARCHES])
def test_searches(filled: Store, words: str, expected: str | None) -> None:
    if expected is None or " not " in expected or expected.startswith("asks"):
        with pytest.raises(StoreError, match=expected or "no word to search for"):
            filled.search(words)
        with pytest.raises(StoreError, match=expected or "no word to search for"):
            EventQuery(search=words)
        return
    assert names(filled, words) == expected.split()
    events = [one.event.document_id for one in filled.events(EventQuery(search=words))]
    assert events == expected.split()


def test_every_letter_case_is_found_in_sentences_too(filled: Store) -> None:
    for words in ("bogota envoy", "minister -talks", "(MINISTER OR xyz) env*"):
        found = [one.event.document_id for one in filled.events(EventQuery(text=words))]
        assert found == ["embargo"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from([*"\"()*-+^:&|!<>'\\%_;{}[]", " ", " OR ", " AND ", " NOT ", "NEAR/2"])
        | st.sampled_from(["oil", "talks", "\x00", "\ud800", "ß", "\u0301", "ﬁ", "１", "石油", "½"])
        | st.text(max_size=3),
        max_size=12,
    ).map("".join)
)
def test_no_words_break_the_search(filled: Store, words: str) -> None:
    try:
        search = parse_search(words)
    except StoreError:
        return
    for found in filled.search(words).items:
        assert (found.article.title, found.article.text) == ARTICLES[found.article.id]
        assert matches(found.article.text, search) or found.title_matches or not words.isascii()
    list(filled.events(EventQuery(text=words, search=words)))
    assert filled.counts().articles == len(ARTICLES)


def test_what_changes_is_found_as_it_is_now(filled: Store) -> None:
    filled.save(article("embargo", text="The harbour reopened."), [])
    assert names(filled, "oil") == ["pipeline"]
    assert names(filled, "harbour") == ["embargo"]
    filled.delete_article("pipeline")
    assert names(filled, "oil OR harbour") == ["embargo"]


def test_what_was_not_saved_is_not_found(filled: Store) -> None:
    with pytest.raises(StoreError, match="2 times"):
        filled.save(article("new", text="unheard"), [event("new"), event("new")])
    assert names(filled, "unheard") == []


def test_a_found_article_shows_where_the_words_stand(store: Store) -> None:
    text = "Ünder the \ud800 bridge. " + "Nothing here. " * 40 + "The Élysée spoke of the bridge."
    told = article("a", text=text, title="On the bridge", masked=((0, 3),))
    store.save(told, [])
    (found,) = store.search("elysee bridge").items
    assert found.article == told
    assert [text[start:end] for start, end in found.matches] == ["bridge", "Élysée", "bridge"]
    assert found.title_matches == ((7, 13),)
    assert found.snippet.endswith("The Élysée spoke of the bridge.")
    assert text[found.snippet_start :].startswith(found.snippet)
    assert len(found.snippet) <= SNIPPET


def test_pages_of_what_was_found(store: Store) -> None:
    for number in range(5):
        store.save(article(f"a{number}", text="oil", outlet="One" if number else "Two"), [])
    first = store.search("oil", limit=2, outlet="One")
    rest = store.search("oil", limit=2, outlet="One", after=first.next)
    found = [one.article.id for one in (*first.items, *rest.items)]
    assert (found, rest.next) == (["a4", "a3", "a2", "a1"], None)
    assert store.search("oil", published_from=DAY, published_to=DAY, limit=9).next is None


def test_an_article_of_very_many_words_is_kept_and_found(store: Store) -> None:
    text = "first " + " ".join(f"w{number:x}" for number in range(200_000))
    store.save(article("long", text=text), [])
    assert names(store, "first w1f") == ["long"]
    assert store.article("long") == article("long", text=text)


@pytest.mark.parametrize(
    ("words", "search"),
    [
        ("oil", Term("oil")),
        ("oil*", Term("oil", True)),
        ("oil-rich", Term("oil rich")),
        ("oil½ 1½5", AllOf((Term("oil"), Term("1 5")))),
        ("a b", AllOf((Term("a"), Term("b")))),
        ("a OR b c", AnyOf((Term("a"), AllOf((Term("b"), Term("c")))))),
        ("a -b", AllOf((Term("a"),), (Term("b"),))),
        ("NOT b OR a", None),
        ("(" * 50 + "a" + ")" * 50, Term("a")),
    ],
)
def test_the_language_of_searches(words: str, search: object) -> None:
    if search is None:
        with pytest.raises(StoreError, match="not wanted"):
            parse_search(words)
    else:
        assert parse_search(words) == search


def test_deep_brackets_are_no_groups_of_their_own(store: Store) -> None:
    nested = "(x OR " * (2 * MAX_DEPTH) + "oil"
    store.save(article("a", text="oil"), [])
    assert names(store, nested) == ["a"]


@given(st.text(alphabet="oil \n.é\u0301A", max_size=600), st.sampled_from(["oil", "o*", '"oil a"']))
def test_a_snippet_is_a_part_of_the_text(text: str, words: str) -> None:
    found = matches(text, parse_search(words))
    start, end = snippet(text, found)
    assert 0 <= start <= end <= len(text)
    assert end - start <= SNIPPET
    assert bool(text) == bool(text[start:end])
    if found:
        assert start <= found[0].start or len(text) > SNIPPET
        assert any(start <= one.start < end for one in found)
