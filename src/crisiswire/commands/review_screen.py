"""The terminal session of ``crisiswire review``: one event after another, a key for each answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from crisiswire.commands.review_words import fields, marked_words, plain, said, told
from crisiswire.errors import ReviewConflict, ReviewError

if TYPE_CHECKING:
    from crisiswire.model import Event
    from crisiswire.reviewing import Desk
    from crisiswire.storing import Judgement
    from crisiswire.storing.judgements import Verdict
    from crisiswire.storing.review_rows import Subject

_FIELDS = {
    "t": ("event_type", "type, or type/mode"),
    "a": ("actors", "actors, ; between"),
    "b": ("recipients", "recipients, ; between"),
    "d": ("date", "date"),
    "p": ("place", "place, - for none"),
    "s": ("status", "status"),
}
_HELP = """c  confirm what is shown, with the changes made to it
r  reject: there is no such event
t  change the type           a  the actors        b  the recipients
d  the date                  p  the place         s  the status
+  add an event that was missed in this article
f  finish the article: all its events judged, all missed ones added
n  note: why you judge so    k  skip              u  undo
q  quit                      ?  these keys
A value may follow its key at once: t AID    a the rebels [SYR REB]    d 2019-05
=NAME [CODES] is a party that no words of the article name"""
_HINT = "c confirm, r reject, t a b d p s change a field, k skip, u undo, q quit, ? all keys"
_NEXT, _STAY, _END = 1, 0, None


class Session:
    """One person's way through events.

    ``blind``: the coder's own records are shown, whatever others have said.
    """

    def __init__(self, desk: Desk, console: Console, by: str, *, blind: bool = False) -> None:
        self.desk, self.console, self.by, self.blind = desk, console, by, blind
        self.kept: list[tuple[int, Judgement]] = []
        self._draft: dict[str, Any] = {}
        self._note: str | None = None
        self._at = 0

    def run(self, event_ids: Sequence[str]) -> int:
        """Go through the events; how many judgements were kept in the end."""
        self._at = 0
        self._say(_HINT)
        while self._at < len(event_ids):
            subject = self._subject(event_ids[self._at])
            if subject is None:
                self._at += 1
                continue
            self._show(subject, len(event_ids))
            step = self._answers(subject)
            if step is _END:
                break
            self._at = max(0, self._at + step)
        return len(self.kept)

    def _subject(self, event_id: str) -> Subject | None:
        """The event, or None where it is gone since the list was made."""
        try:
            return self.desk.store.reviews.subject(event_id)
        except ReviewError as error:
            self._say(str(error))
            return None

    def _event(self, subject: Subject) -> Event | None:
        return subject.coded if self.blind else subject.shown or subject.coded

    def _show(self, subject: Subject, total: int) -> None:
        event, article = self._event(subject), self.desk.store.article(subject.document_id)
        if event is None or article is None:
            return
        source = ", ".join(str(p) for p in (article.outlet, article.date, article.title) if p)
        head = f"{self._at + 1} of {total}  {event.event_id}  {plain(source)}"
        self.console.print()
        self.console.print(Text(head, style="bold"))
        self.console.print(marked_words(article, event))
        self._show_fields(event)
        self._say(f" said       {said(event)}, confidence {event.confidence:.2f}")
        if subject.judgement is not None and not self.blind:
            self._say(f" judged     {told(subject.judgement)}")

    def _show_fields(self, event: Event) -> None:
        for name, value in fields(event.to_record(), self._draft):
            self._say(f"{name:<11} {value}")

    def _answers(self, subject: Subject) -> int | None:
        """Ask until the event is done with; how far to go on in the list, None to end."""
        while True:
            line = self._ask("> ")
            if line is None or line[:1] == "q":
                return _END
            try:
                step = self._answer(line[:1], line[1:].strip(), subject)
            except ReviewConflict as error:
                self._say(str(error))
                return _STAY
            except ReviewError as error:
                self._say(str(error))
                continue
            if step is not _STAY or line[:1] == "u":
                return step

    def _answer(self, key: str, value: str, subject: Subject) -> int:
        if key in _FIELDS:
            self._change(*_FIELDS[key], value, subject)
            return _STAY
        answers: dict[str, Callable[[], int]] = {
            "c": lambda: self._judge(subject, "change" if self._draft else "confirm"),
            "r": lambda: self._judge(subject, "reject"),
            "k": self._skip,
            "u": self._undo,
            "n": lambda: self._take_note(value),
            "+": lambda: self._add(subject, value),
            "f": lambda: self._finish(subject),
        }
        if key in answers:
            return answers[key]()
        self._say(_HELP)
        return _STAY

    def _judge(self, subject: Subject, verdict: Verdict) -> int:
        holds = subject.judgement.id if subject.judgement is not None else ""
        changes = self._draft if verdict == "change" else None
        self._keep(
            self.desk.store.reviews.judge(
                subject.event_id, verdict, by=self.by, changes=changes, why=self._note,
                seen=holds, blind=self.blind,
            )
        )  # fmt: skip
        return self._skip()

    def _keep(self, judgement: Judgement) -> None:
        self.kept.append((self._at, judgement))
        self._note = None

    def _keep_row(self, **row: Any) -> None:
        self._keep(self.desk.judge({**row, "by": self.by, "why": self._note}))

    def _skip(self) -> int:
        self._draft, self._note = {}, None
        return _NEXT

    def _change(self, name: str, prompt: str, value: str, subject: Subject) -> None:
        value = value or self._ask(f"{prompt}: ") or ""
        if not value:
            return
        given: dict[str, Any] = {name: value}
        if name == "event_type":
            kind, _, mode = value.partition("/")
            given = {"event_type": kind, "mode": mode or None}
        elif name == "place" and value == "-":
            given = {"place": None}
        self._draft |= self.desk.changes(subject.event_id, given)
        event = self._event(subject)
        if event is not None:
            self._show_fields(event)

    def _take_note(self, value: str) -> int:
        self._note = value or self._ask("why: ")
        return _STAY

    def _add(self, subject: Subject, value: str) -> int:
        """Ask for an event that the coder has missed in the article."""
        trigger = value or self._ask("trigger, words of the article: ")
        given = {}
        for name, prompt in _FIELDS.values():
            if trigger:
                answer = self._ask(f"{prompt}: ")
                if answer and answer != "-":
                    given[name] = answer
        if not trigger:
            return _STAY
        kind, _, mode = given.get("event_type", "").partition("/")
        given |= {"event_type": kind} | ({"mode": mode} if mode else {})
        document = subject.document_id
        self._keep_row(document_id=document, verdict="add", trigger=trigger, changes=given)
        self._say(f"added: {kind} “{plain(trigger)}”")
        return _STAY

    def _finish(self, subject: Subject) -> int:
        self._keep_row(document_id=subject.document_id, verdict="complete")
        self._say(f"article {subject.document_id} is finished")
        return _STAY

    def _undo(self) -> int:
        """Drop the changes not yet kept, else take back the last judgement and go to it again."""
        if self._draft:
            self._draft = {}
            self._say("changes dropped")
            return _STAY
        if not self.kept:
            self._say("nothing to undo")
            return _STAY
        at, judgement = self.kept.pop()
        self.desk.judge({"verdict": "undo", "judgement_id": judgement.id, "by": self.by})
        self._say(f"taken back: {judgement.verdict}")
        return at - self._at

    def _ask(self, prompt: str) -> str | None:
        """A line of the answer; None at the end of the input."""
        self.console.print(prompt, end="", markup=False)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            self.console.print()
            return None
        return line.strip()

    def _say(self, words: str) -> None:
        self.console.print(words, markup=False)
