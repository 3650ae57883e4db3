"""Mutants: the small faults that can be put into a module, found in its syntax tree and written as text.

Mutated are comparisons, `and` and `or`, `not`, truth values, whole numbers by one (so also first and last), `+ - * /`,
`min` and `max`, `any` and `all`, and what functions return. Not mutated are annotations, decorators, docstrings, texts,
the contents of f-strings, and code that only type checkers read.
"""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one module.

    Attributes:
        path: The module, below the checkout.
        function: Qualified name of the function around it, without lambdas; "" for the module's own code.
        start, end: The characters of the module that it replaces.
        old, new: Text there, before and after.
        line: Its line, from 1. context: the text of that line.
    """

    path: str
    function: str
    start: int
    end: int
    old: str
    new: str
    line: int
    context: str

    @property
    def name(self) -> str:
        """Its name in the list of equivalent mutants, which does not change with the lines around it."""
        change = f"{_short(self.old)} -> {_short(self.new)}"
        return f"{self.path} {self.function or '<module>'}: {change} @ {self.context}"

    def apply(self, text: str) -> str:
        """The module's text with the fault in it."""
        return text[: self.start] + self.new + text[self.end :]


def _short(text: str) -> str:
    return " ".join(text.split())


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """All mutants of a module below `root`, in the order of its text."""
    text = path.read_text(encoding="utf-8")
    finder = _Finder(str(path.relative_to(root)), text)
    finder.visit(ast.parse(text))
    return sorted(finder.found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


class _Finder(ast.NodeVisitor):
    """Walks a module and collects its mutants."""

    def __init__(self, path: str, text: str) -> None:
        self.found: list[Mutant] = []
        self._path, self._text, self._names = path, text, [""]
        lines = text.splitlines(keepends=True)
        self._starts = [sum(map(len, lines[:index])) for index in range(len(lines))]
        self._lines = lines

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._enter(node.name, [*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body], nested=True)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._enter(node.name, node.body, nested=False)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" not in ast.unparse(node.test):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        del node

    def visit_Compare(self, node: ast.Compare) -> None:
        for index, operator in enumerate(node.ops):
            self._add(node, lambda twin, at=index, op=operator: twin.ops.__setitem__(at, _COMPARISONS[type(op)]()))
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._add(node, lambda twin: setattr(twin, "op", other))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._write(node, f"({ast.unparse(node.operand)})")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(
            isinstance(side, ast.JoinedStr | ast.Constant) and _is_text(side) for side in (node.left, node.right)
        )
        if type(node.op) in _ARITHMETIC and not texts:
            self._add(node, lambda twin: setattr(twin, "op", _ARITHMETIC[type(node.op)]()))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._write(node, str(not node.value))
        elif isinstance(node.value, int):
            self._write(node, str(node.value + 1))
            self._write(node, f"({node.value - 1})" if node.value < 1 else str(node.value - 1))

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
            self._write(node.func, _NAMES[node.func.id])
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._write(node, "return None")
        self.generic_visit(node)

    def _enter(self, name: str, body: Sequence[ast.AST], *, nested: bool) -> None:
        self._names.append(f"{self._names[-1]}{name}{'.<locals>.' if nested else '.'}")
        for child in body:
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):  # a docstring
                self.visit(child)
        self._names.pop()

    def _add(self, node: ast.expr, change: Callable[..., object]) -> None:
        twin = copy.deepcopy(node)
        change(twin)
        self._write(node, f"({ast.unparse(twin)})")

    def _write(self, node: ast.expr | ast.stmt, new: str) -> None:
        start, end = self._at(node.lineno, node.col_offset), self._at(node.end_lineno or 0, node.end_col_offset or 0)
        function = self._names[-1].removesuffix(".<locals>.").removesuffix(".")
        context = _short(self._lines[node.lineno - 1])
        self.found.append(Mutant(self._path, function, start, end, self._text[start:end], new, node.lineno, context))

    def _at(self, line: int, column: int) -> int:
        """The character of a place that the syntax tree gives in bytes."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def modules_of(room: Path) -> Iterator[Path]:
    """The modules of a room that are written by hand."""
    return (path for path in sorted(room.rglob("*.py")) if "generated" not in path.parts and path.name != "__init__.py")
