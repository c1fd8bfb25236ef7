"""Build hook: bakes the tables before a wheel or an editable installation is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeHook(BuildHookInterface):
    """Runs scripts/bake_index.py on the sources that are being built."""

    PLUGIN_NAME = "bake"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        root = Path(self.root)
        page = root / "src" / "crisiswire" / "serving" / "static" / "index.html"
        if version == "standard" and not page.is_file():
            self.app.display_warning(
                "this wheel has no web page; run python scripts/build_page.py before"
            )
        environment = os.environ | {"PYTHONPATH": str(root / "src")}
        script = root / "scripts" / "bake_index.py"
        subprocess.run([sys.executable, str(script)], check=True, env=environment)
