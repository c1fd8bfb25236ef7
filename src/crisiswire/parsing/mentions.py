"""The noun phrase around a head token: the words that name a party."""

from __future__ import annotations

from crisiswire.parsing.tree import Sentence, Token

_LEFT = frozenset(
    """det amod compound nummod nmod poss quantmod predet advmod npadvmod punct neg case""".split()
)
_INNER_PREPS = frozenset({"of"})


def mention_tokens(sentence: Sentence, head: int) -> list[Token]:
    """Tokens of the noun phrase at ``head``, contiguous, in text order.

    Takes determiners, modifiers, possessors, "of"-phrases and name appositions; leaves out
    relative clauses, other prepositional phrases and what "and" adds.
    """
    tokens = sentence.tokens
    first = last = head
    for kid in sentence.kids(head):
        if kid.i < head and (kid.dep in _LEFT):
            if (kid.dep == "punct" and kid.text not in ("-", '"', "'")) or kid.ent == "DATE":
                continue
            first = min(first, sentence.subtree(kid.i)[0])
    while first < head and tokens[first].pos in ("PUNCT", "SPACE", "CCONJ", "ADP", "SCONJ"):
        if tokens[first + 1].lower in ("least", "most"):  # "at least ten"
            break
        first += 1
    last = _right_edge(sentence, head, last)
    words = tokens[first : last + 1]
    if (
        any(t.text == "(" for t in words)
        and last + 1 < len(tokens)
        and tokens[last + 1].text == ")"
    ):
        words.append(tokens[last + 1])
    return words


def _right_edge(sentence: Sentence, head: int, last: int) -> int:
    for kid in sentence.kids(head):
        if kid.i < head:
            continue
        if kid.dep == "prep" and kid.lower in _INNER_PREPS and kid.i <= last + 1:
            for pobj in sentence.kids(kid.i, "pobj"):
                last = max(last, _right_edge(sentence, pobj.i, pobj.i))
        elif kid.dep in ("compound", "nummod") and kid.i == last + 1:
            last = kid.i
        elif kid.dep == "appos" and kid.pos == "PROPN" and kid.i - last <= 4:
            last = max(last, _right_edge(sentence, kid.i, kid.i))
    return last
