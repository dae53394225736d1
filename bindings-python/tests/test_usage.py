"""What `mypy --strict` checks also runs."""

import runpy
from pathlib import Path


def test_usage() -> None:
    runpy.run_path(str(Path(__file__).with_name("usage.py")))
