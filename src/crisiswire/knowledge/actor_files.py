"""What a reader of users' actor files gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from crisiswire.knowledge.known import Known, Role


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a user's file that was left out, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(slots=True)
class ActorFile:
    """What a file says: names with their entities, role terms, words that name nobody, and the
    lines that were left out."""

    name: str
    names: list[tuple[str, Known]] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    not_names: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def usable(self) -> int:
        """How many names, role terms and hiding phrases it has."""
        return len(self.names) + len(self.roles) + len(self.not_names)
