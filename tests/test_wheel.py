"""What is installed is all that the package has beside its modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import ROOT

PACKAGE = ROOT / "src" / "crisiswire"
EXAMPLES = ROOT / "examples"


def files(folder: Path) -> set[str]:
    """The files of a folder, without what Python itself puts there."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix() for path in found}


def test_a_wheel_holds_every_file_of_the_package_and_the_examples() -> None:
    wheel = pytest.importorskip(
        "hatchling.builders.wheel",
        reason="what a wheel holds is not tested: no hatchling; pip install 'crisiswire[build]'",
    )
    builder = wheel.WheelBuilder(str(ROOT))
    held = {one.distribution_path for one in builder.recurse_included_files()}
    forced = builder.config.get_force_include()
    held |= {one.distribution_path for one in builder.recurse_forced_files(forced)}
    wanted = {f"crisiswire/{name}" for name in files(PACKAGE)}
    wanted |= {f"crisiswire/examples/{name}" for name in files(EXAMPLES)}
    assert {"crisiswire/serving/examples.json", "crisiswire/examples/oslo-talks.txt"} < wanted
    assert wanted - held == set()
