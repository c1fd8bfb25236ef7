"""Settings: the defaults of ``defaults.toml``, overridden by a file, checked strictly."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crisiswire.errors import ConfigError

DEFAULTS = Path(__file__).with_name("defaults.toml")
LOCAL = "crisiswire.toml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ParserConfig(_Section):
    """Which spaCy pipeline parses, and how many paragraphs at once."""

    model: str = Field(min_length=1)
    batch_size: int = Field(ge=1, le=10_000)


class CoderConfig(_Section):
    """What is given out and which languages are coded."""

    min_confidence: float = Field(ge=0, le=1)
    min_confidence_of: dict[str, float]
    model: str
    lexicon_share: float = Field(ge=0, le=2)
    none_above: float = Field(ge=0, le=1)
    languages: tuple[str, ...]

    @field_validator("min_confidence_of")
    @classmethod
    def _of_known_types(cls, value: dict[str, float]) -> dict[str, float]:
        from crisiswire.knowledge.files import ontology

        unknown = set(value) - set(ontology()["types"])
        if unknown:
            raise ValueError(f"{sorted(unknown)[0]} is no event type")
        if not all(0 <= v <= 1 for v in value.values()):
            raise ValueError("must lie between 0 and 1")
        return value


class ActorsConfig(_Section):
    """Actor files of the user, laid over the shipped tables; later ones over earlier ones."""

    files: tuple[Path, ...]


class InputConfig(_Section):
    """Limits on what is read."""

    max_bytes: int = Field(ge=1)
    max_line: int = Field(ge=1)
    max_chars: int = Field(ge=1)


class ServeConfig(_Section):
    """Limits of the server; rates are for each address."""

    max_body: int = Field(ge=1000)
    max_text: int = Field(ge=1)
    coding_queue: int = Field(ge=1, le=1000)
    reads_per_second: int = Field(ge=1)
    works_per_minute: int = Field(ge=1)
    cache_bytes: int = Field(ge=0)


class Config(_Section):
    """All settings."""

    parser: ParserConfig
    coder: CoderConfig
    actors: ActorsConfig
    input: InputConfig
    serve: ServeConfig


def load_config(path: Path | None = None) -> Config:
    """Defaults, overridden by ``path``, else by the file that CRISISWIRE_CONFIG names, else by
    ``crisiswire.toml`` of the working folder if there is one. A relative path of an actor file
    starts at the folder of the file that names it. Raises ConfigError."""
    merged = _read(DEFAULTS)
    named = os.environ.get("CRISISWIRE_CONFIG")
    chosen = path or (Path(named) if named else None)
    if chosen is None and Path(LOCAL).is_file():
        chosen = Path(LOCAL)
    if chosen is not None:
        for section, values in _read(chosen).items():
            if not isinstance(values, dict):
                raise ConfigError(f"{chosen}: {section} must stand in a section such as [coder]")
            merged.setdefault(section, {}).update(values)
    try:
        config = Config.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(p) for p in first["loc"])
        raise ConfigError(f"{chosen or DEFAULTS}: {name}: {first['msg']}") from error
    if chosen is None:
        return config
    files = tuple(chosen.parent / file.expanduser() for file in config.actors.files)
    return config.model_copy(update={"actors": ActorsConfig(files=files)})


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML ({error})") from error
