"""The mentions of parties in a sentence: noun phrases and the names inside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.files import above_states
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.knowledge.names import Hit
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.resolving.coreference_mentions import MODIFIERS, Kind, Mention, Reader

_NO_PARTIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "QUANTITY"})
_PLACING = frozenset("in at near inside outside around".split())  # before towns, not persons


def find_mentions(clauses: Clauses, hits: Sequence[Hit], reader: Reader) -> Iterator[Mention]:
    """Mentions of the sentence, in text order, pronouns left out."""
    under = _hits_under(clauses.tokens, hits)
    for token in clauses.tokens:
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            continue
        hit = under.get(token.i)
        if token.ent in _NO_PARTIES and not _of_age(token):
            continue
        if hit is not None and under.get(token.head) is hit and token.head != token.i:
            continue  # a part of a longer name
        if token.dep in MODIFIERS:
            kind = _inner_kind(clauses, token, hit)
            if kind is not None:
                yield Mention(clauses, token, kind, hit, hits, reader, inner=True)
            continue
        if token.pos == "ADJ" and not _of_age(token):
            continue
        kind = kind_of(clauses, token, hit, under)
        if kind is not None and not _predicated(clauses, token):
            yield Mention(clauses, token, kind, hit, hits, reader)


def _inner_kind(clauses: Clauses, token: Token, hit: Hit | None) -> Kind | None:
    """What a name inside a phrase stands for: "RPF commander", "Iranian troops"."""
    if hit is not None and hit.known:
        kind = _kind_of_known(token, hit)
        part = kind == "person" and clauses.sentence.head(token).pos == "PROPN"
        return None if part else kind  # "Jordan" of "Jordan Smith"
    return "group" if _acronym(token) else None


def _predicated(clauses: Clauses, token: Token) -> bool:
    """Whether a noun says what somebody is, not who: "became a leader", "sworn in as president"."""
    over = clauses.sentence.head(token)
    as_such = token.dep == "pobj" and over.lower == "as"
    return token.pos == "NOUN" and (token.dep in ("attr", "oprd") or as_such)


def _hits_under(tokens: list[Token], hits: Sequence[Hit]) -> dict[int, Hit]:
    out: dict[int, Hit] = {}
    cursor = 0
    for token in tokens:
        while cursor < len(hits) and hits[cursor].end <= token.start:
            cursor += 1
        if cursor < len(hits) and hits[cursor].start <= token.start:
            out[token.i] = hits[cursor]
    return out


def _ends(token: Token, hit: Hit) -> bool:
    """Whether the token is the last of the name."""
    return token.end == hit.end


def _acronym(token: Token) -> bool:
    return token.text.isupper() and 2 <= len(token.text) <= 7 and token.text.isalpha()


def _of_age(token: Token) -> bool:
    """ "the 37-year-old"."""
    return token.lemma == "old" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss")


def kind_of(clauses: Clauses, token: Token, hit: Hit | None, under: dict[int, Hit]) -> Kind | None:
    """What the noun phrase at a token stands for; None for what is no party."""
    if hit is not None and hit.known:
        return _kind_of_known(token, hit)
    upper = token.pos == "PROPN" and token.text[:1].isupper()
    if upper and (hit is None or not hit.role or token.ent == "PERSON"):
        return _kind_of_name(clauses, token, under)
    words = anaphors()
    lemma = token.lemma
    if lemma in words.groups:
        return "group"
    if lemma in words.states:
        return "state"
    plural = token.tag in ("NNS", "NNPS")
    if _of_age(token):
        return "person"
    role = hit is not None and hit.role is not None and _ends(token, hit)
    if lemma in words.not_persons:
        return ("people" if plural else "group") if role else None
    named = lemma in words.persons or lemma in words.anyone or lemma in words.nouns
    if role or named or lemma in lexicon().classes["PEOPLE"] or (plural and lemma in words.pairs):
        return "people" if plural else "person"
    return None


def _kind_of_known(token: Token, hit: Hit) -> Kind | None:
    first = hit.known[0]
    if first.kind == "person":
        return "person"
    if not hit.is_country or first.id.upper() in above_states():
        return "group"
    if first.kind == "region":
        return None
    return "person" if first.kind == "demonym" and token.tag == "NN" else "state"


def _kind_of_name(clauses: Clauses, token: Token, under: dict[int, Hit]) -> Kind | None:
    """A name that the tables do not know, by the parser's label and the titles before it."""
    kids = clauses.sentence.kids(token.i, *MODIFIERS)
    titled = any(
        k.i in under and (role := under[k.i].role) is not None and _personal(role.term)
        for k in kids
    )
    over = clauses.sentence.head(token)
    placed = token.dep == "pobj" and over.lower in _PLACING and not kids
    titled = titled or any(k.lower in anaphors().titles for k in kids)
    if titled or (token.ent == "PERSON" and not placed):
        return "person"
    if token.ent == "ORG" or _acronym(token):
        return "group"
    if token.ent == "NORP" or (token.ent == "" and token.tag == "NNPS"):
        return "people" if token.tag == "NNPS" else None
    return None


def _personal(term: str) -> bool:
    last = term.split()[-1]
    return last not in anaphors().groups
