"""Shell completion: ``--show-completion bash`` and ``--install-completion zsh``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script, install

PROGRAM = "crisiswire"
_VARIABLE = "_CRISISWIRE_COMPLETE"


class Shell(StrEnum):
    """Shells that commands can be completed in."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


def enable() -> None:
    """Let the application answer the completion script's questions."""
    completion_init()


def _show(shell: Shell | None) -> None:
    if shell is not None:
        typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=_VARIABLE, shell=shell))
        raise typer.Exit


def _install(shell: Shell | None) -> None:
    if shell is None:
        return
    try:
        _, path = install(shell=shell, prog_name=PROGRAM, complete_var=_VARIABLE)
    except OSError as error:
        raise typer.BadParameter(
            f"{error.filename} cannot be written ({error.strerror}); "
            f"put the output of {PROGRAM} --show-completion {shell} where {shell} reads it"
        ) from error
    typer.echo(f"written to {path}; it works from the next terminal on")
    raise typer.Exit


ShowOption = Annotated[
    Shell | None,
    typer.Option(
        "--show-completion",
        help="Print the completion script of a shell.",
        callback=_show,
        is_eager=True,
    ),
]
InstallOption = Annotated[
    Shell | None,
    typer.Option(
        "--install-completion",
        help="Install completion for a shell.",
        callback=_install,
        is_eager=True,
    ),
]
