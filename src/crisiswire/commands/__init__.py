"""The command line: thin commands over the library, see ``crisiswire --help``."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point. ``--version`` alone is answered without loading anything else."""
    if sys.argv[1:] == ["--version"]:
        from crisiswire import __version__

        sys.stdout.write(f"crisiswire {__version__}\n")
        return
    try:
        from crisiswire.commands.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("crisiswire: stopped\n")
        sys.exit(130)
