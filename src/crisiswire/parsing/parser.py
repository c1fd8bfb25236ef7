"""spaCy behind one class: article text in, sentences with syntax out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Any

from crisiswire.errors import ModelError
from crisiswire.parsing.headlines import RunningCase, Spans, is_headline
from crisiswire.parsing.repairs import repair
from crisiswire.parsing.tree import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+")
_SPACED_S = re.compile(r"(?<=\w)(['’]) s\b")
# Numbers cut up by tokenisers: "25, 000", "3. 6 million"; not the day of "May 5, 300 people".
_MONTHS = frozenset(
    """January February March April May June July August September October November December
    Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Oct. Nov. Dec.""".split()
)
_THOUSANDS = re.compile(r"(?<![\d.,])(?:(\w+\.?) )?([$€£]?\d{1,3})((?:, \d{3})+)(?!\d)")
_DECIMALS = re.compile(r"(?<=\d)\. (\d+)(?= (?:million|billion|trillion|per ?cent|percent|%))")
_FILLER = "\u2008"  # stands for a space taken out of a number, so that offsets stay true
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # lone surrogates, which spaCy refuses
_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u00ad": "-",
        "\u2011": "-",
        "`": "'",
        "\t": " ",
    }
)
_WORDS_KEPT = 20_000  # that the parser keeps at hand; the common ones come early
_MAX_PIECE = 20_000  # characters; longer paragraphs are cut at a sentence end


class Parser:
    """A loaded spaCy pipeline.

    ``name`` is an installed spaCy package or a path; ``names`` gives the ranges of known names in
    a text, which headlines in title case are read with. Raises ModelError when the pipeline is
    missing or has no parser.
    """

    def __init__(self, name: str, names: Spans | None = None) -> None:
        self.name = name
        self._nlp = _load(name)
        self._running_case: RunningCase | None = None
        if names is not None and self._nlp.has_pipe("lemmatizer"):
            self._running_case = RunningCase(self._nlp.get_pipe("lemmatizer"), names)
        meta: dict[str, Any] = self._nlp.meta
        self.version = f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"

    @property
    def pipeline(self) -> Language:
        """The spaCy pipeline itself, for measuring."""
        return self._nlp

    def parse_many(
        self,
        articles: Iterable[tuple[str, tuple[tuple[int, int], ...]]],
        batch_size: int = 8,
        *,
        headlines: bool = True,
    ) -> Iterator[list[Sentence]]:
        """Sentences of each (text, masked ranges), in order, parsed in batches over articles;
        ``headlines`` says whether words in title case may be a headline."""

        def feed() -> Iterator[tuple[str, int]]:
            for text, masked in articles:
                for start, _, piece in pieces(text, masked):
                    yield self._cased(piece) if headlines else piece, start
                yield "", -1  # closes the article

        sentences: list[Sentence] = []
        waiting = feed()
        while batch := list(islice(waiting, batch_size)):
            for read, start in self._read(batch):
                if start < 0:
                    yield sentences
                    sentences = []
                for sentence in read:
                    sentence.index = len(sentences)
                    sentences.append(sentence)

    def _read(self, batch: list[tuple[str, int]]) -> list[tuple[list[Sentence], int]]:
        """(sentences, start) of each (text, start). Of the parser's documents none lives on."""
        with self._forgetting():
            return [
                (_sentences(doc, start), start)
                for doc, start in self._nlp.pipe(batch, as_tuples=True, batch_size=len(batch))
            ]

    def _forgetting(self) -> AbstractContextManager[object]:
        """In it new words are forgotten at the end, once enough of them are known by heart: news
        never runs out of names, and spaCy would keep every one."""
        if len(self._nlp.vocab) < _WORDS_KEPT:
            return nullcontext()
        return self._nlp.memory_zone()

    def _cased(self, piece: str) -> str:
        if self._running_case is None or not is_headline(piece):
            return piece
        return self._running_case(piece)

    def parse(self, text: str, masked: tuple[tuple[int, int], ...] = ()) -> list[Sentence]:
        """Sentences of one text."""
        return next(self.parse_many([(text, masked)]))

    def parse_phrase(self, text: str) -> list[Sentence]:
        """Sentences of a text that is a name or a noun phrase, not a headline."""
        return next(self.parse_many([(text, ())], headlines=False))


def _load(name: str) -> Language:
    import importlib
    import warnings

    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            if name.isidentifier():
                module = importlib.import_module(name)
                nlp: Language = module.load()
            else:
                nlp = spacy.load(name)
    except (ImportError, OSError, AttributeError) as error:
        raise ModelError(
            f"parser {name!r} is not installed or cannot be loaded ({error}); "
            "install it with pip, or set parser.model to an installed spaCy pipeline"
        ) from error
    if "parser" not in nlp.pipe_names or "tagger" not in nlp.pipe_names:
        raise ModelError(f"parser {name!r} has no tagger and dependency parser; choose another")
    return nlp


def normalise(text: str) -> str:
    """The text as the parser likes it, character for character (offsets stay true)."""
    whole = _HALF_CHARACTER.sub(" ", text) if not text.isascii() else text
    whole = _SPACED_S.sub("'s ", whole.translate(_SAME_LENGTH))
    return _DECIMALS.sub(_one_decimal, _THOUSANDS.sub(_one_number, whole))


def _one_number(match: re.Match[str]) -> str:
    if match[1] in _MONTHS:
        return match[0]
    joined = match[3].replace(", ", ",")
    return match[0][: match.start(3) - match.start()] + joined + _FILLER * (len(match[3]) // 5)


def _one_decimal(match: re.Match[str]) -> str:
    return f".{match[1]}{_FILLER}"


def pieces(text: str, masked: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, str]]:
    """(start, end, text to parse) of the paragraphs, masked ranges blanked, long ones cut."""
    mask = 0
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        paragraph = match.group()
        while mask < len(masked) and masked[mask][1] <= start:
            mask += 1
        for first, last in masked[mask:]:
            if first >= end:
                break
            a, b = max(first, start) - start, min(last, end) - start
            paragraph = paragraph[:a] + " " * (b - a) + paragraph[b:]
        for a, b in _cut(paragraph):
            yield start + a, start + b, normalise(paragraph[a:b])


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the text without blank edges, none longer than what is parsed at once."""
    start, end = 0, len(text.rstrip())
    while end - start > _MAX_PIECE:
        cut = start + _MAX_PIECE
        for match in _SENTENCE_BREAK.finditer(text, start + _MAX_PIECE // 2, cut):
            cut = match.end()
        yield start, cut
        start = cut
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end:
        yield start, end


def _sentences(doc: Doc, offset: int) -> list[Sentence]:
    """Our own sentences of a document that begins at ``offset`` of its article."""
    text = doc.text  # put together anew at every call
    found = (_sentence(text, span, offset) for span in doc.sents)
    return [sentence for sentence in found if sentence is not None]


def _sentence(text: str, span: Span, offset: int) -> Sentence | None:
    """Our own sentence from a spaCy one of ``text``; None when it holds no word."""
    first = span.start
    tokens: list[Token] = []
    place: dict[int, int] = {}
    for t in span:
        if t.is_space:
            if tokens and t.text[:1] == _FILLER and tokens[-1].end == offset + t.idx:
                tokens[-1].end += t.text.count(_FILLER)
            continue
        place[t.i] = len(tokens)
        start = offset + t.idx
        tokens.append(
            Token(
                len(tokens),
                t.text,
                t.lemma_.lower(),
                t.pos_,
                t.tag_,
                t.dep_,
                t.head.i,
                start,
                start + len(t.text),
                t.ent_type_,
            )
        )
    if not any(c.isalpha() for t in tokens for c in t.text):
        return None
    for token in tokens:
        head = token.head
        while head not in place and head > first:  # heads on white space: take the word before
            head -= 1
        token.head = place.get(head, token.i)
    start, end = tokens[0].start, tokens[-1].end
    own = text[start - offset : end - offset]
    return repair(Sentence(0, own, start, end, tokens).link())
