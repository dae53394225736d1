"""The command that the wheel carries."""

import subprocess
import sys
from pathlib import Path

TEAM = """
[people]
ana = { zone = "Europe/Berlin" }
[[schedule.primary.rotation]]
zone = "Europe/Berlin"
members = ["ana"]
[escalation]
otherwise = { page = ["person:ana"] }
[escalation.sev1]
first = [{ page = ["on-call:primary"] }]
[prove]
horizon = "1 week"
sev1 = { first_page = "1m" }
"""


def run(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "incident_core", *args], cwd=folder, capture_output=True, text=True)


def test_it_checks_files(tmp_path: Path) -> None:
    (tmp_path / "payments.toml").write_text(TEAM)
    done = run("check", "payments.toml", "--from", "2026-12-07", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done
    assert done.stdout.startswith("payments: the claim is proved"), done.stdout


def test_it_is_on_the_path(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("incident-core")
    done = subprocess.run([program, "explain", "coverage_hole"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("escalation.coverage_hole: ")


def test_its_exit_code_is_honest(tmp_path: Path) -> None:
    assert run("check", "nowhere.toml", folder=tmp_path).returncode == 2
    (tmp_path / "x.toml").write_text(TEAM.replace("on-call:primary", "on-call:primry"))
    assert run("check", "x.toml", folder=tmp_path).returncode == 1
