"""The country of a role that none is named for: "the government", "protesters", "a gunman"."""

from __future__ import annotations

from crisiswire.knowledge.files import unplaced_roles
from crisiswire.parsing.tree import Sentence, Token
from crisiswire.resolving.actor_words import KIN
from crisiswire.resolving.records import Background, Setting

# Sectors that act and speak for their own state, wherever the sentence plays.
_OF_STATE = frozenset("GOV LEG JUD OPP PTY ELI SPY LAB".split())
_ABROAD = frozenset({"MIL"})  # fights at home as often as elsewhere
_ANYBODY = frozenset("people person man woman child other family citizen".split())
# Offices whose holders stand in the tables: one not found there is of some other country or time.
OF_RECORD = frozenset(
    """president premier chancellor king queen emir sultan monarch taoiseach""".split()
) | {"prime minister", "foreign minister", "head of state", "secretary of state"}


def bare_country(
    background: Background,
    sentence: Sentence,
    head: Token,
    words: list[Token],
    term: str,
    sectors: tuple[str, ...],
) -> tuple[str, float, str] | None:
    """Country, strength and reason for the role ``term`` at ``head``, or None where the text
    leaves it open: the place of the sentence for those who live there, the country that the
    article is about for those who act for a state; nothing for roles of no country."""
    unplaced = unplaced_roles()
    if not sectors or head.lemma in KIN or unplaced & {term, term.split()[-1], head.lemma}:
        return None
    if unplaced & ({w.lower for w in words} - set(term.split())):  # "western officials"
        return None
    sector, setting = sectors[0], background.setting
    here = background.home or _place_of_clause(background, sentence, head)
    if any(w.ent == "NORP" for w in words):  # "Kurdish authorities" are not the government
        return _first((here, 0.5), (setting.theatre, 0.45))
    indefinite = words[0].lower in ("a", "an", "any", "every", "no", "some", "one")
    if sector in _OF_STATE:
        if indefinite:
            return None
        return _first((setting.nation, 0.5), (here, 0.5))
    if sector in _ABROAD:
        same = here in (setting.theatre, setting.nation) or not (setting.theatre or setting.nation)
        settled = setting.nation if setting.nation == setting.theatre else None
        return _first((here if same else None, 0.55), (settled, 0.45))
    if len(words) == 1 and head.lemma in _ANYBODY:
        return _first((here, 0.5))
    return _first((here, 0.55), (setting.theatre, 0.5))


def _place_of_clause(background: Background, sentence: Sentence, head: Token) -> str | None:
    """Country of the place that the clause of ``head``, or one above it, names: "in Kandahar
    gunmen killed", but not "lives in Turkey, while aid to the rebels"."""
    over = [a.i for a in sentence.ancestors(head)]
    above = [i for i in over if sentence.tokens[i].pos in ("VERB", "AUX")] or [head.i]
    best: tuple[int, int, str] | None = None
    for i, code in background.places:
        if i in over:  # "in Gao, where two people died"
            return code
        holders = (a.i for a in sentence.ancestors(sentence.tokens[i]))
        holder = next((h for h in holders if h in above or h == head.i), None)
        if holder is None or _crosses_clause(sentence, i, holder):
            continue
        order = (0 if holder == head.i else 1 + above.index(holder), abs(i - head.i), code)
        best = order if best is None else min(best, order)
    if best is not None:
        return best[2]
    only = {code for _, code in background.places}
    alone = background.setting == Setting()  # nothing else says where it plays
    return only.pop() if alone and len(only) == 1 else None


def _crosses_clause(sentence: Sentence, i: int, holder: int) -> bool:
    """Whether another verb stands between a place and the word that holds it."""
    for over in sentence.ancestors(sentence.tokens[i]):
        if over.i == holder:
            return False
        if over.pos == "VERB" and over.dep in ("advcl", "conj", "relcl", "ccomp", "parataxis"):
            return True
    return True


def _first(*choices: tuple[str | None, float]) -> tuple[str, float, str] | None:
    """The first country that is known, with its strength."""
    for code, strength in choices:
        if code is not None:
            return code, strength, "country from the story's place"
    return None
