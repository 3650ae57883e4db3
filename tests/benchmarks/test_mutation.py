"""Mutants: which faults are put into a module, where they stand, and which of them are left out."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.mutation.__main__ import EQUIVALENT, ROOT, choose, equivalents, kill, pattern_of
from benchmarks.mutation.copies import Copy
from benchmarks.mutation.mutants import Mutant, modules_of, mutants_of

HEAD = '"""Docs."""\n\n\ndef f(a, b):\n    """Docs."""\n'


def mutants(folder: Path, body: str) -> list[Mutant]:
    path = folder / "m.py"
    path.write_text(f"{HEAD}    {body}\n", encoding="utf-8")
    return mutants_of(path, folder)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("x = a > b", ["x = (a >= b)"]),
        ("x = a in b", ["x = (a not in b)"]),
        ("x = 'ü' < a < b", ["x = ('ü' < a <= b)", "x = ('ü' <= a < b)"]),
        ("x = a or b", ["x = (a and b)"]),
        ("x = not a", ["x = (a)"]),
        ("x = True", ["x = False"]),
        ("x = a[0]", ["x = a[(-1)]", "x = a[1]"]),
        ("x = a + b", ["x = (a - b)"]),
        ("x = min(a)", ["x = max(a)"]),
        ("return a", ["return None"]),
        ("x: int = 3", ["x: int = 2", "x: int = 4"]),
        ("x = a + 'text'", []),
        ("x = f'{a > b}'", []),
        ("return None", []),
        ("return", []),
    ],
)
def test_which_faults_a_line_may_have(tmp_path: Path, body: str, faults: list[str]) -> None:
    found = mutants(tmp_path, body)
    text = (tmp_path / "m.py").read_text(encoding="utf-8")
    assert [mutant.apply(text) for mutant in found] == [f"{HEAD}    {fault}\n" for fault in faults]
    assert {mutant.function for mutant in found} <= {"f"}


def test_decorators_annotations_and_what_only_type_checkers_read_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text(
        "if TYPE_CHECKING:\n    A = 1\n\n\n@d(frozen=True)\nclass C:\n    x: L[0]\n\n"
        "    def g(self, a: L[0]) -> L[0]:\n        def h():\n            return a == 1\n",
        encoding="utf-8",
    )
    found = mutants_of(path, tmp_path)
    assert [(mutant.function, mutant.new) for mutant in found] == [
        ("C.g.<locals>.h", "return None"),
        ("C.g.<locals>.h", "(a != 1)"),
        ("C.g.<locals>.h", "0"),
        ("C.g.<locals>.h", "2"),
    ]


def test_a_sample_depends_on_its_seed_only() -> None:
    drawn = [choose("ingest", "", 20, seed) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0]) == 20


def test_every_equivalent_mutant_is_one_and_has_its_reason() -> None:
    listed = list(equivalents())
    rooms = {name.partition("/")[0] for name in listed}
    names = [mutant.name for room in rooms for path in modules_of(ROOT / room) for mutant in mutants_of(path, ROOT)]
    assert [each for each in listed if not any(re.fullmatch(pattern_of(each), name) for name in names)] == []
    lines = [line for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all("  # " in line for line in lines)


@pytest.mark.slow
def test_a_mutant_meets_the_tests_that_enter_its_function_and_is_killed_by_one(tmp_path: Path) -> None:
    (tmp_path / "benchmarks").symlink_to(ROOT / "benchmarks")
    (tmp_path / "room").mkdir()
    module = tmp_path / "room" / "m.py"
    module.write_text("def f(a):\n    return a > 1\n\n\ndef g(a):\n    return min(a)\n", encoding="utf-8")
    text = module.read_text(encoding="utf-8")
    (tmp_path / "test_m.py").write_text(
        "from room import m\n\n\ndef test_f():\n    assert m.f(2) and not m.f(1)\n\n\n"
        "def test_g():\n    assert m.g([3]) == 3\n",
        encoding="utf-8",
    )
    with closing(Copy(tmp_path)) as copy:
        record = copy.record(["test_m.py"])
        faults = {mutant.new: mutant for mutant in mutants_of(module, tmp_path)}
        killed = {new: kill(copy, faults[new], record) for new in ("(a >= 1)", "max")}
    ours = {test: [name for name in found["functions"] if "room" in name] for test, found in record.items()}
    assert ours == {"test_m.py::test_f": ["room/m.py:f"], "test_m.py::test_g": ["room/m.py:g"]}
    assert killed == {"(a >= 1)": True, "max": False}
    assert module.read_text(encoding="utf-8") == text
