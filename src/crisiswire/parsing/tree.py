"""A parsed sentence: tokens with lemma, tag, dependency and head, offsets into the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(slots=True)
class Token:
    """One token. ``head`` is the index of its head within the sentence (itself at the root)."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    ent: str = ""
    children: list[int] = field(default_factory=list)

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(slots=True)
class Sentence:
    """A sentence of an article; ``start``/``end`` and token offsets count article characters."""

    index: int
    text: str
    start: int
    end: int
    tokens: list[Token]

    def link(self) -> Sentence:
        """(Re)build the children lists from the heads; returns itself."""
        for token in self.tokens:
            token.children = []
        for token in self.tokens:
            if token.head != token.i:
                self.tokens[token.head].children.append(token.i)
        return self

    def kids(self, i: int, *deps: str) -> list[Token]:
        """Children of token ``i`` with one of the dependency labels (any, if none given)."""
        tokens = self.tokens
        children = tokens[i].children
        if not children or not deps:
            return [tokens[c] for c in children]
        return [tokens[c] for c in children if tokens[c].dep in deps]

    def kid(self, i: int, *deps: str) -> Token | None:
        """The first such child."""
        for c in self.tokens[i].children:
            if self.tokens[c].dep in deps:
                return self.tokens[c]
        return None

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Heads from the nearest to the root; ends even if the tree has a cycle."""
        seen = {token.i}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.i)
            yield token

    def subtree(self, i: int) -> list[int]:
        """Indices of the token and all its descendants, in text order."""
        out, stack, seen = [], [i], {i}
        while stack:
            current = stack.pop()
            out.append(current)
            for child in self.tokens[current].children:
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        return sorted(out)
