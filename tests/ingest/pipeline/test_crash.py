"""The short form of the crash benchmark: real processes, really killed, once at each point."""

import subprocess
import sys

from tests.ingest.source_loading import EXTRACTS
from tests.public_data import ROOT


def test_a_killed_load_heals_by_loading_again() -> None:
    data = EXTRACTS / "scms" / "SCMS_Delivery_History_Dataset.csv"
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.crash", "--rows", "48"]
    command += ["--rounds", "1", "--random", "2"]
    done = subprocess.run([*command, "--data", str(data)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    kills, _, healed, *_ = done.stdout.splitlines()[-1].split()
    assert int(kills.rstrip(",")) == int(healed) > 25
    for point in ("staged", "batch-ready", "sql: INSERT claim", "sql: UPDATE record", "sql: COMMIT", "gone-written"):
        assert f"  {point} " in done.stdout
