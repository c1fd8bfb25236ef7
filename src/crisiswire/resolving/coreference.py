"""Coreference within an article: which earlier party a pronoun, a description or a short name
stands for.

Sentences are read in order. Each party named becomes a :class:`Referent`; later mentions are
linked to it where one antecedent is clearly the best, and to nothing where two are about equally
good or the nearest stands too far back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crisiswire.knowledge.anaphors import anaphors
from crisiswire.knowledge.names import Hit
from crisiswire.knowledge.operators import operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.resolving.coreference_finding import find_mentions
from crisiswire.resolving.coreference_mentions import Link, Mention, Reader, Referent
from crisiswire.resolving.coreference_names import Names
from crisiswire.resolving.coreference_phrases import Phrases
from crisiswire.resolving.coreference_pronouns import Pronouns, pronoun_class

_QUOTES = ('"', "``", "''")
_NAME, _SPEAKER = 0.95, 0.9


class Coreference:
    """The parties of an article, as its sentences are read one after another."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.referents: list[Referent] = []
        self.names = Names()
        self.number = -1
        self.open_quote = False
        self.speaker: Referent | None = None

    def read(
        self, clauses: Clauses, hits: Sequence[Hit], reader: Reader, links: dict[int, Link]
    ) -> None:
        """Takes up the next sentence and fills ``links``: head token → what it stands for.
        ``reader`` gives the party that the words at a head alone name."""
        self.number += 1
        Reading(self, clauses, hits, reader, links).run()


class Reading:
    """One sentence on its way into the article's referents."""

    def __init__(
        self,
        text: Coreference,
        clauses: Clauses,
        hits: Sequence[Hit],
        reader: Reader,
        links: dict[int, Link],
    ) -> None:
        self.text, self.clauses, self.number = text, clauses, text.number
        self.sentence = clauses.sentence
        self.hits, self.reader = hits, reader
        self.links = links
        self._at: dict[int, tuple[Referent, ...]] = {}
        self._pronouns, self._phrases = Pronouns(self), Phrases(self, text.day)

    # -- what is known so far -------------------------------------------------------------------

    def referents_at(self, head: int) -> tuple[Referent, ...]:
        """The referents of the mention at a head token."""
        return self._at.get(head, ())

    def all(self) -> list[Referent]:
        return self.text.referents

    def persons(self) -> list[Referent]:
        return [r for r in self.text.referents if r.kind == "person"]

    def present(self) -> list[Referent]:
        """Referents that this sentence has mentioned so far."""
        return [r for r in self.text.referents if r.last.number == self.number]

    # -- reading --------------------------------------------------------------------------------

    def run(self) -> None:
        """Reads the sentence's words in order; what a quote's "I" is once the speaker is known."""
        mentions = {m.token.i: m for m in find_mentions(self.clauses, self.hits, self.reader)}
        quoted = self._quoted()
        spoken: list[tuple[Token, str]] = []
        for token in self.sentence.tokens:
            label = pronoun_class(token)
            if label in ("speaker", "speakers"):
                if quoted[token.i]:
                    spoken.append((token, label))
            elif label is not None:
                self._pronoun(token, label)
            elif token.i in mentions:
                self._mention(mentions[token.i])
            elif token.lemma == "other" and self.sentence.kid(token.i, "det") is not None:
                self._each_other(token)
        self._find_speaker(quoted)
        for token, label in spoken:
            self._speaking(token, label)

    def _mention(self, mention: Mention) -> None:
        mention.number = self.number
        head = self._apposed(mention)
        if head is not None:
            mention.fellow = next(m for m in head.mentions if m.token.i == mention.token.head
                                  and m.number == self.number)  # fmt: skip
            self._place(mention, (head,))
            return
        owner = self.text.names.owner(mention)
        if owner is not None:
            if not (owner.kind == "state" and owner.anchor.inner) or mention.inner:
                same = bool(mention.ids & owner.anchor.ids)
                why = f"“{mention.token.text}” is named above"
                self.links[mention.token.i] = Link((owner.anchor,), why, _NAME, new=not same)
            self._place(mention, (owner,))
            return
        group = self._group_inside(mention)
        if group is not None:
            self._place(mention, (group,))
            return
        link, parts = self._phrases.link(mention)
        if link is not None:
            self.links[mention.token.i] = link
            self._place(mention, tuple(parts))
            return
        fresh = Referent(mention.kind, mention)
        self.text.referents.append(fresh)
        self._place(mention, (fresh,))
        if mention.kind == "person":
            fresh.body = self._body(mention)

    def _apposed(self, mention: Mention) -> Referent | None:
        """The referent of the noun that the mention only says again: "X, the group's leader"."""
        if mention.token.dep != "appos" or mention.inner:
            return None
        for referent in self.referents_at(mention.token.head):
            if referent.kind == mention.kind:
                return referent
        return None

    def _group_inside(self, mention: Mention) -> Referent | None:
        """The group that a phrase names before its noun: "the M23 movement", "ISIS fighters"."""
        if mention.kind not in ("group", "people") or mention.token.pos != "NOUN":
            return None
        bare = anaphors().groups.get(mention.token.lemma) == frozenset()
        for token in mention.left:
            for referent in self.referents_at(token.i):
                hit = referent.anchor.hit
                armed = hit is not None and bool(hit.known) and hit.known[0].kind == "armed_group"
                if referent.kind == "group" and (bare or armed):
                    return referent
        return None

    def _place(self, mention: Mention, referents: tuple[Referent, ...]) -> None:
        self._at[mention.token.i] = referents
        for referent in referents:
            referent.add(mention)
            if mention.token.pos != "PRON":
                self.text.names.register(referent, mention)

    def _body(self, person: Mention) -> Referent | None:
        """The group named in a person's title: "RPF commander X", "union leader X"."""
        for token in person.left:
            for referent in self.referents_at(token.i):
                if referent.kind == "group":
                    return referent
        words = {w for t in person.titles for w in t.split()[:-1]}
        for referent in reversed(self.text.referents):
            if referent.kind == "group" and words & referent.titles:
                return referent
        return None

    def _pronoun(self, token: Token, label: str) -> None:
        link = self._pronouns.link(token, label)
        if link is None:
            return
        self.links[token.i] = link
        referents = tuple(r for a in link.antecedents for r in self.all() if a in r.mentions)
        for referent in referents:
            if label in ("male", "female"):
                referent.sex = label
        self._stand(token, referents)

    def _stand(self, token: Token, referents: tuple[Referent, ...]) -> None:
        """A pronoun among the mentions of its referents."""
        kind = referents[0].kind
        mention = Mention(self.clauses, token, kind, None, (), self.reader, number=self.number)
        self._place(mention, referents)

    def _each_other(self, token: Token) -> None:
        """ "each other": the parties that are the subject of the clause."""
        if not any(k.lower == "each" for k in self.sentence.kids(token.i, "det")):
            return
        for up in self.sentence.ancestors(token):
            subjects = self.clauses.subjects(up.i) if up.pos in ("VERB", "AUX") else []
            parts = tuple(r for s in subjects for r in self.referents_at(s))
            if len(parts) > 1:
                why = "“each other” stands for it"
                self.links[token.i] = Link(tuple(r.anchor for r in parts), why, _NAME)
                self._at[token.i] = parts
                return

    # -- quotes ---------------------------------------------------------------------------------

    def _quoted(self) -> list[bool]:
        """For each token whether it stands inside quotation marks; a quote may go on from the
        sentence before."""
        if not self.text.open_quote and not any(q in self.sentence.text for q in _QUOTES):
            return [False] * len(self.sentence.tokens)
        out, inside = [], self.text.open_quote
        for token in self.sentence.tokens:
            if any(q in token.text for q in _QUOTES):
                inside = not inside
            out.append(inside)
        self.text.open_quote = inside
        return out

    def _find_speaker(self, quoted: list[bool]) -> None:
        """Who says what the sentence quotes: the subject of a verb of saying outside the marks;
        the speaker before only where the quote goes on without one."""
        if not any(quoted):
            self.text.speaker = None
            return
        for token in self.sentence.tokens:
            if token.pos != "VERB" or token.lemma not in operators().saying or quoted[token.i]:
                continue
            heads = self.clauses.subjects(token.i)
            if heads:
                found = [r for h in heads for r in self.referents_at(h)]
                self.text.speaker = found[0] if found else None
                return

    def _speaking(self, token: Token, label: str) -> None:
        speaker = self.text.speaker
        if speaker is None:
            return
        if label == "speakers" and speaker.body is not None:
            speaker = speaker.body
        inside = any(t.i == token.i for m in speaker.at(self.number) for t in m.words)
        if inside or (label == "speaker" and speaker.kind != "person"):
            return
        why = f"“{token.text}” stands for the speaker"
        self.links[token.i] = Link((speaker.anchor,), why, _SPEAKER)
        self._stand(token, (speaker,))
