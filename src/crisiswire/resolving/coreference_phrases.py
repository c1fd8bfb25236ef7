"""What descriptions ("the premier", "the kingdom") and pairs ("both sides") stand for among the
parties named before."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.lexicon import lexicon
from crisiswire.knowledge.names import Known
from crisiswire.knowledge.operators import operators
from crisiswire.parsing.tree import Token
from crisiswire.resolving.coreference_mentions import Kind, Link, Mention, Referent
from crisiswire.resolving.coreference_names import definite, stem

if TYPE_CHECKING:
    from crisiswire.resolving.coreference import Reading

_OPENED = frozenset({"prep", "relcl", "acl", "appos", "poss"})
_FAR, _NEAR = 10, 2  # sentences back for an office or a word that fits, and for a bare noun
_SURE, _LIKELY, _PAIR = 0.85, 0.7, 0.65


class Phrases:
    """Resolves the descriptions of one sentence."""

    def __init__(self, reading: Reading, day: dt.date) -> None:
        self.reading, self.day = reading, day
        self.clauses, self.sentence = reading.clauses, reading.clauses.sentence

    def link(self, mention: Mention) -> tuple[Link | None, list[Referent]]:
        """The link of a description and the referents behind it; nothing for any other phrase."""
        if not self._definite(mention):
            return None, []
        if self._counted(mention):
            parts = self._pair(mention)
            link = self._made(mention, parts, _PAIR)
            return link, parts
        first = self.reading.number - _FAR
        near = [r for r in self._open(mention) if r.last.number >= first]
        ranked = [(level, r) for r in near if (level := self.fits(mention, r))]
        found, sure = self._choose(ranked, mention)
        if found is None:
            return None, []
        return self._made(mention, [found], _SURE if sure else _LIKELY), [found]

    def _made(self, mention: Mention, parts: list[Referent], weight: float) -> Link | None:
        if not parts:
            return None
        why = f"“{self.sentence.tokens[mention.token.i].text}” stands for it"
        return Link(tuple(r.anchor for r in parts), why, weight)

    def _definite(self, mention: Mention) -> bool:
        """Whether the phrase points back: "the", and nothing after it that says which one."""
        if mention.inner or (mention.names and mention.kind != "people"):
            return False
        kids = self.sentence.kids(mention.token.i)
        if any(k.dep in _OPENED and not self._gerund(k) for k in kids):
            return False
        return definite(mention)

    def _gerund(self, token: Token) -> bool:
        """ "accused the president of lying": what hangs on the noun by mistake."""
        return self.sentence.kid(token.i, "pcomp") is not None

    def _open(self, mention: Mention) -> list[Referent]:
        """Referents that may be meant: not those that stand beside it in the same clause."""
        beside: set[int] = set()
        for up in self.sentence.ancestors(mention.token):
            if up.pos in ("VERB", "AUX"):
                beside = {*self.clauses.subjects(up.i), *self.clauses.objects(up.i)}
                break
        closed = {
            id(r) for i in beside if i != mention.token.i for r in self.reading.referents_at(i)
        }
        return [r for r in self.reading.all() if id(r) not in closed]

    def _choose(
        self, ranked: list[tuple[int, Referent]], mention: Mention
    ) -> tuple[Referent | None, bool]:
        """The best that fits, and whether it fits for sure; None if two are about equally good."""
        number = self.reading.number
        for wanted, reach in ((3, _FAR), (2, _FAR), (1, _NEAR)):
            near = [(number - r.last.number, r) for level, r in ranked if level == wanted]
            near = sorted((n for n in near if n[0] <= reach), key=lambda n: n[0])
            if not near:
                continue
            gap = 2 if wanted >= 2 else 1 if mention.kind == "state" and near[0][0] == 0 else _FAR
            clear = len(near) == 1 or near[1][0] - near[0][0] >= gap
            clear = clear and not self._of_doer(mention, near[0][1])
            return (near[0][1] if clear else None), wanted >= 2
        return None, False

    def _of_doer(self, mention: Mention, referent: Referent) -> bool:
        """Whether a state is only told as that of whoever acts in the clause: "the Greek minister
        visited the country"."""
        here = referent.at(self.reading.number)
        if mention.kind != "state" or not here or not all(m.inner for m in here):
            return False
        up = next((a for a in self.sentence.ancestors(mention.token) if a.pos == "VERB"), None)
        heads = self.clauses.subjects(up.i) if up is not None else []
        doers = [r for h in heads for r in self.reading.referents_at(h)]
        country = referent.anchor.resolved.actor.country
        return any(r.anchor.resolved.actor.country == country for r in doers)

    # -- what fits ------------------------------------------------------------------------------

    def fits(self, mention: Mention, referent: Referent) -> int:
        """3 where office or name fits and a word before it too, 2 where office, name or kind of
        state fits, 1 where nothing speaks against it, else 0."""
        if mention.kind == "thing" or not self._may_be(mention.kind, referent.kind):
            return 0
        if mention.kind == "state":
            return self._fits_state(mention, referent) if referent.ids else 0
        fit = {"person": self._fits_person, "people": self._fits_people}
        level = fit.get(mention.kind, self._fits_group)(mention, referent)
        if not level:
            return 0
        told, own = mention.country(), referent.anchor.resolved.actor.country
        if told is not None and own is not None and told != own:
            return 0
        return level + (level == 2 and bool(mention.marks & referent.marks))

    def _may_be(self, kind: Kind, other: Kind) -> bool:
        groups = ("group", "people")
        return kind == other or (kind in groups and other in groups)

    def _fits_person(self, mention: Mention, referent: Referent) -> int:
        words = anaphors()
        noun, term = mention.token.lemma, self._term(mention)
        sex = words.nouns.get(noun)
        if sex and referent.sex and sex != referent.sex:
            return 0
        former = any(t.lower in words.former for t in mention.left)
        if former and self._in_office(referent):
            return 0
        titles = self._titles(referent, former)
        if term in titles:
            return 2
        wanted = words.persons.get(term) or words.persons.get(noun) or (noun,)
        if any(_is_office(t, o) for t in titles for o in wanted):
            narrow = term in words.persons or term == noun
            return 2 if narrow or self._share(mention, referent) else 0
        if noun == "old":
            return 1
        sectors = words.anyone.get(noun)
        if sectors is None:
            return 0
        return int(not sectors or bool(sectors & self._sectors(referent)))

    def _term(self, mention: Mention) -> str:
        return mention.hit.role.term if mention.hit and mention.hit.role else mention.token.lemma

    def _titles(self, referent: Referent, former: bool) -> set[str]:
        """What the referent is called in the text and, by the tables, is on the day."""
        office = self._office(referent)
        if office.startswith("former "):
            office = office.removeprefix("former ") if former else ""
        return {*referent.titles, office} - {""}

    def _office(self, referent: Referent) -> str:
        known = self._known(referent)
        return known.at(self.day).office.lower() if known is not None else ""

    def _known(self, referent: Referent) -> Known | None:
        anchor = referent.anchor
        entity = anchor.resolved.actor.entity_id
        return next((k for k in (anchor.hit.known if anchor.hit else ()) if k.id == entity), None)

    def _in_office(self, referent: Referent) -> bool:
        office = self._office(referent)
        return bool(office) and not office.startswith("former ")

    def _share(self, mention: Mention, referent: Referent) -> bool:
        """Whether the sectors of both meet, or one has none."""
        alike = anaphors().alike
        own = set(mention.resolved.actor.sectors)
        if self._term(mention) == mention.token.lemma and not anaphors().groups.get(
            mention.token.lemma, {mention.token.lemma}
        ):
            return True  # a bare "movement" tells no sector
        wide = own.union(*(alike.get(s, frozenset()) for s in own))
        theirs = self._sectors(referent)
        return not own or not theirs or bool(wide & theirs)

    def _sectors(self, referent: Referent) -> set[str]:
        """Sectors of the party on the day and, by the tables, at other times."""
        known = self._known(referent)
        ever = {s for t in known.terms for s in t.sectors} if known is not None else set()
        return ever | set(referent.anchor.resolved.actor.sectors)

    def _fits_state(self, mention: Mention, referent: Referent) -> int:
        words = anaphors()
        country = referent.anchor.resolved.actor.country
        told = mention.country()
        if told is not None and told != country:
            return 0
        codes = words.states.get(mention.token.lemma, frozenset())
        before = [t.lower for t in mention.left]
        pairs = [f"{a} {b}" for a, b in pairwise(before)]
        kinds = [words.kinds[w] for w in (*pairs, *before) if w in words.kinds]
        for kind in kinds[:1]:
            codes = kind & codes if codes else kind
        if not codes:
            said = not kinds and country in self._speakers_country(mention)
            return 2 if said else int(not kinds)
        return 2 if country in codes else 0

    def _speakers_country(self, mention: Mention) -> set[str | None]:
        """The country of those who say what the clause tells: "X said the country …"."""
        own: list[Referent] = []
        for up in self.sentence.ancestors(mention.token):
            if up.lemma in operators().saying and up.i < mention.token.i:
                for head in self.clauses.subjects(up.i):
                    own += self.reading.referents_at(head)
        return {r.anchor.resolved.actor.country for r in own if r.kind != "state"} - {None}

    def _fits_people(self, mention: Mention, referent: Referent) -> int:
        noun = mention.token.lemma
        if noun in referent.titles or stem(mention.token.lower) in map(stem, referent.names):
            return 2
        riotous = lexicon().classes["RIOTERS"]
        if noun in riotous and referent.titles & riotous:
            return 2
        role = mention.hit.role.sectors if mention.hit and mention.hit.role else ()
        armed = anaphors().alike["REB"]
        theirs = self._sectors(referent)
        if armed & set(role) and armed & theirs:
            return 2
        return int("MIL" in role and "MIL" in theirs)

    def _fits_group(self, mention: Mention, referent: Referent) -> int:
        words = anaphors()
        noun = mention.token.lemma
        called = {stem(n) for n in referent.names} | referent.titles
        sectors = words.groups.get(noun)
        if noun in called and self._share(mention, referent):
            return 1 if noun in words.own else 2
        phrase = " ".join(t.lower for t in mention.words)
        for body, names in words.bodies.items():
            if phrase.endswith(body):
                mine = {" ".join(t.lower for t in m.words) for m in referent.mentions}
                if any(n in m for n in names for m in mine) or names & referent.names:
                    return 2
        if sectors is None or noun in words.own or not self._share(mention, referent):
            return 0
        proper = referent.anchor.proper
        if not sectors:
            told = self._term(mention) != noun and bool(mention.resolved.actor.sectors)
            known = proper and bool(self._sectors(referent))
            return 2 if told and known else int(proper or referent.kind == "group")
        if not proper and "MIL" in sectors:
            return 0  # "the force" is not "troops"
        return 2 if sectors & self._sectors(referent) else 0

    # -- pairs ----------------------------------------------------------------------------------

    def _counted(self, mention: Mention) -> bool:
        kids = self.sentence.kids(mention.token.i, "nummod", "det", "predet", "preconj")
        return mention.plural and any(k.lower in ("two", "both") for k in kids)

    def _pair(self, mention: Mention) -> list[Referent]:
        """The two that "the two leaders" or "both sides" are: the only ones of their kind in this
        sentence and the nearest before it."""
        noun, words = mention.token.lemma, anaphors()
        role = mention.hit is not None and mention.hit.role is not None
        persons = role or noun in words.persons or noun in words.anyone
        of = words.pairs.get(noun) or ("person" if persons else None)
        fitting = [r for r in self._open(mention) if self._of_pair(noun, of, r)]
        for back in range(_NEAR + 1):
            numbers = range(self.reading.number - back, self.reading.number + 1)
            near = [r for r in fitting if any(r.at(n) for n in numbers)]
            plain = [r for r in near if not all(m.inner for n in numbers for m in r.at(n))]
            near = plain if len(plain) >= 2 else near
            named = [r for r in near if r.anchor.proper]
            near = named if len(named) == 2 else near
            joint = [r for r in near if any(m.shares_subject for n in numbers for m in r.at(n))]
            near = joint if len(joint) == 2 else near
            if len(near) >= 2:
                return near if len(near) == 2 else []
        return []

    def _of_pair(self, noun: str, of: str | None, referent: Referent) -> bool:
        kind = referent.kind
        if of in ("party", "group"):
            return kind in ("group", "people") or (of == "party" and bool(referent.ids))
        if of == "state":
            return kind == "state" and bool(referent.ids)
        if kind != "person" or of != "person":
            return False
        wanted = anaphors().persons.get(noun)
        if wanted is None or anaphors().pairs.get(noun) == "person":
            return True
        return any(_is_office(t, o) for t in self._titles(referent, False) for o in wanted)


def _is_office(title: str, office: str) -> bool:
    """Whether a title is the office: the same, or more words before it."""
    if title == office:
        return True
    whole = max(
        (a for a in anaphors().apart if (" " + title).endswith(" " + a)), key=len, default=""
    )
    if whole:
        return whole == office
    return title.endswith(" " + office) or title.startswith(office + " of ")
