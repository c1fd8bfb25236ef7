"""Every exception that crisiswire raises on purpose.

    CrisiswireError
    ├── ReadError        an input could not be read as articles (file, row, encoding, format)
    ├── FetchError       an address could not be fetched, or may not be
    ├── DataError        a shipped or user-supplied knowledge file has a bad line
    ├── ConfigError      a setting is unknown or has a value that makes no sense
    ├── ModelError       a parser or encoder is missing, damaged or of the wrong version
    ├── ReviewError      a judgement about an event makes no sense (field, value, event)
    │   └── ReviewConflict   somebody else has judged the event meanwhile
    └── StoreError       the event store cannot be opened, read or written
        ├── StoreLocked      another process holds the store's write lock
        ├── StoreReadOnly    the store or its folder may not be written
        └── StoreVersion     the store was made by another version of crisiswire

Each message names the item and says what to do next. The library raises;
only the commands print and choose an exit status.
"""


class CrisiswireError(Exception):
    """Base of every error raised on purpose."""


class ReadError(CrisiswireError):
    """An input could not be read as articles.

    ``item`` names what failed: a path, or a path with a line or row number.
    """

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(f"{item}: {reason}")
        self.item = item
        self.reason = reason


class FetchError(CrisiswireError):
    """An address could not be fetched, or may not be.

    ``lasting``: trying again later makes no sense. ``wait``: seconds after which the host
    asks to be tried again, 0 where it does not say.
    """

    def __init__(self, reason: str, *, lasting: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.lasting = lasting
        self.wait = wait


class DataError(CrisiswireError):
    """A knowledge file has a bad line; the message names file, line and fault."""


class ConfigError(CrisiswireError):
    """A setting is unknown or out of range."""


class ModelError(CrisiswireError):
    """A parser or model is missing, damaged or of the wrong version."""


class ReviewError(CrisiswireError):
    """A judgement about an event makes no sense; ``field`` names what is wrong, if one field is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ReviewConflict(ReviewError):
    """Somebody else has judged the event since it was looked at."""


class StoreError(CrisiswireError):
    """The event store cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another process holds the store's write lock."""


class StoreReadOnly(StoreError):
    """The store, or the folder that holds it, may not be written."""


class StoreVersion(StoreError):
    """The store was made by a newer or an unknown version of crisiswire."""
