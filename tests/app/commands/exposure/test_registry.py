"""Only what a measure needs is imported: M1 is read without numba or scipy's solvers."""

import subprocess
import sys

import pytest

from app.jobs.world import SAMPLE, read_world

BUYER = read_world(SAMPLE).buyer
PROGRAM = """
import sys
from app.cli import run
code = run(sys.argv[1:])
print(sorted(name for name in ("numba", "highspy", "networkx", "torch") if name in sys.modules), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(("measure", "heavy"), [("leontief", "[]"), ("inoperability", "[]"), ("loss", "['numba']")])
def test_heavy_imports_come_with_the_measure_that_needs_them(sample_store, measure, heavy):
    words = ["exposure", BUYER, "--measure", measure, "--as-of", "2026-03-01", "--store", sample_store, "--json"]
    ran = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.strip().splitlines()[-1] == heavy
