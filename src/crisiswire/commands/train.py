"""``crisiswire train``: an event model of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.shared import QuietOption, note
from crisiswire.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from crisiswire.training.making import Recipe


def train(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the model; replaced when done.")
    ],
    corpus: Annotated[
        list[Path],
        typer.Option(help="Marked sentences: .jsonl files, or folders of them; may be repeated."),
    ],
    add: Annotated[
        list[Path] | None,
        typer.Option(help="Sentences of your own beside the corpus; may be repeated."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="Passes over the corpus.")] = 7,
    rate: Annotated[float, typer.Option(min=1e-6, max=1e-2, help="Highest learning rate.")] = 2e-4,
    seed: Annotated[int, typer.Option(help="Seed of every random choice.")] = 7,
    rows: Annotated[
        int | None, typer.Option(min=1, help="Train on so many sentences, for a learning curve.")
    ] = None,
    teacher: Annotated[
        bool, typer.Option("--teacher", help="Let a larger encoder learn first and teach.")
    ] = False,
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option(help="Sentences without marks, one a line, for the teacher to judge."),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Train the event model on marked sentences and write it, calibrated, with its figures.

    Use the model with `--model FOLDER`, or name the folder in the settings (`coder.model`).
    Needs the extra: `pip install 'crisiswire[train]'`. Rows: docs/model.md.

    Example: `crisiswire train --corpus training/corpus --add mine.jsonl --output my-model`
    """
    places = [*corpus, *(add or [])]
    missing = next((p for p in (*places, *(unlabelled or ())) if not p.exists()), None)
    if missing is not None:
        raise ConfigError(f"{missing}: no such file or folder")
    recipe = _recipe(epochs=epochs, rate=rate, seed=seed, rows=rows, teacher=teacher,
                     unlabelled=tuple(unlabelled or ()))  # fmt: skip
    from crisiswire.training.making import make_model

    figures = make_model(places, output, recipe, lambda line: note(line, quiet=quiet))
    note(
        f"{output}: type micro-F1 {figures['type_micro_f1']:.3f} on the test part, "
        f"calibration error {figures['calibration_error']:.3f}; more in {output}/README.md",
        quiet=quiet,
    )


def _recipe(**values: object) -> Recipe:
    """The training recipe. Raises ModelError where torch is missing."""
    try:
        from crisiswire.training.making import Recipe
    except ImportError as error:
        raise ModelError(f"training needs {error.name}: pip install 'crisiswire[train]'") from error
    return Recipe(**values)  # type: ignore[arg-type]
