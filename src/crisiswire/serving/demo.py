"""The shipped examples as a store to look at."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crisiswire.errors import ConfigError, ReadError
from crisiswire.storing import Store, open_store

if TYPE_CHECKING:
    from crisiswire.config import Config
    from crisiswire.pipeline import Coder

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples")  # installed; in the sources
# What examples/oslo-talks.txt, plain text, does not say itself.
_DAY, _OUTLET = dt.date(2019, 5, 17), "Fjord Post"
_KEPT = 7 * 24 * 3600  # seconds for which another version's examples are kept unasked
_TITLE = "Norway brings Venezuela's rivals to Oslo"


def examples_folder() -> Path:
    """Where the example articles are. Raises ConfigError where they were not installed."""
    for folder in _FOLDERS:
        if (folder / "README.md").is_file():
            return folder
    raise ConfigError("--demo: this installation has no examples; give a store with --store")


@contextmanager
def demo_store(config: Config) -> Iterator[Store]:
    """A store of the examples, coded once by each version of the coder and then kept in the
    user's cache. What is judged in it is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="crisiswire-demo-") as folder:
        path = Path(folder) / "examples.db"
        _fetch(config, path)
        with open_store(path) as store:
            yield store


def _fetch(config: Config, path: Path) -> None:
    """Put the coded examples at ``path``, from the cache if it has them."""
    from crisiswire.pipeline import Coder
    from crisiswire.storing.schema import HEAD

    coder, examples = Coder(config), examples_folder()
    digest = hashlib.blake2b(f"{coder.version} {HEAD} {config}".encode(), digest_size=8)
    for file in sorted(one for one in examples.iterdir() if one.is_file()):
        digest.update(f"{file.name} {file.stat().st_size} ".encode() + file.read_bytes())
    cache = _cache()
    kept = None if cache is None else cache / f"examples-{digest.hexdigest()}.db"
    if kept is not None and kept.is_file():
        shutil.copyfile(kept, path)
        os.utime(kept)
        return
    _code(coder, examples, path)
    if kept is not None:
        _keep(path, kept)


def _keep(path: Path, kept: Path) -> None:
    """Copy a coded store into the cache, whole or not at all, and take away those of other
    versions that nobody has asked for lately."""
    with tempfile.TemporaryDirectory(dir=kept.parent) as part:
        fresh = Path(part) / kept.name
        shutil.copyfile(path, fresh)
        fresh.replace(kept)
    oldest = time.time() - _KEPT
    for other in kept.parent.glob("examples-*.db"):
        if other != kept and other.stat().st_mtime < oldest:
            other.unlink(missing_ok=True)


def _code(coder: Coder, folder: Path, path: Path) -> None:
    from crisiswire.reading import ArticleDefaults, read_articles

    def fail(error: ReadError) -> None:
        raise error

    articles = read_articles(
        [folder],
        defaults=ArticleDefaults(_DAY, _OUTLET, _TITLE),
        on_error=fail,
        on_warning=lambda _: None,
    )
    with open_store(path) as store:
        for article, events in coder.code_many(articles):
            store.save(article, events)


def _cache() -> Path | None:
    """The user's folder for what can be made anew, None where there can be none."""
    shared = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if shared.is_absolute():
        base = shared
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    folder = base / "crisiswire"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
