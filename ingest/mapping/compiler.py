"""A contract, compiled: its blocks turned into closures, every name checked against the vocabulary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ingest.mapping.blocks import Compiled, Frame, GroupBlock, Maker, RowBlock, Template
from ingest.mapping.conditions import Test, Value
from ingest.mapping.expressions import Compiler, Environment, Scope
from ingest.mapping.source_spec import Block, Contract, Expression, FileSpec, TableLookup
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError, MappingError
from ontology.model import RecordClass
from ontology.vocabulary import Vocabulary

_TABLES = ("csv", "xlsx", "xls", "jsonl")  # formats whose places are row numbers, so that rows can be cited together

_DOCUMENTS = ("markdown", "tartext")  # formats whose texts are documents: trimmed, they would not be what was hashed


@dataclass(frozen=True, slots=True)
class FileLookup:
    """A table that is filled from a file before rows are mapped: of rows with one key the first wins, or none."""

    file: str
    when: Test
    key: Value
    value: Value
    table: dict[str, Cell]
    columns: frozenset[str]
    unique: bool = False

    def add(self, row: dict[str, Cell]) -> None:
        """Take in a row of the file; one that is at fault is left out, since its block will refuse it by name."""
        try:
            if not self.when(row) or (key := self.key(row)) is None:
                return
            value = self.value(row)
        except InvalidRecordError:
            return
        else:
            if self.table.setdefault(str(key), value) != value and self.unique:
                self.table[str(key)] = None


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled contract: blocks by file, and the lookups that files fill."""

    contract: Contract
    blocks: Mapping[str, Sequence[Compiled]]
    lookups: Sequence[FileLookup]
    touched: list[Cell]

    def columns(self, file: str) -> frozenset[str]:
        """All columns of a file that the mapping uses."""
        used = [block.frame.columns for block in self.blocks.get(file, ())]
        used += [lookup.columns for lookup in self.lookups if lookup.file == file]
        return frozenset().union(*used)


def compile_contract(
    contract: Contract, vocabulary: Vocabulary, records: Mapping[str, RecordClass], paths: Mapping[str, str]
) -> Program:
    """The program of a contract; `paths` says what evidence calls each file.

    Raises:
        MappingError: An expression does not fit the language, or names a record class, field or kind that is not there.
    """
    tables: dict[str, dict[str, Cell]] = {
        name: {} if isinstance(table, TableLookup) else {str(key): value for key, value in table.items()}
        for name, table in contract.lookups.items()
    }
    prefixes = {name: kind.prefix for name, kind in vocabulary.kinds.items()}
    filled = frozenset(name for name, table in contract.lookups.items() if isinstance(table, TableLookup))
    environment = Environment(contract.source, prefixes, tables, filled, contract.countries)
    compiler = Compiler(environment)
    lookups = [
        _compile_lookup(name, table, tables[name], contract.files[table.file], compiler)
        for name, table in contract.lookups.items()
        if isinstance(table, TableLookup)
    ]
    blocks: dict[str, list[Compiled]] = {}
    for block in contract.records:
        spec = contract.files[block.source_file]
        path = paths.get(block.source_file, spec.path)
        compiled = _BlockCompiler(compiler, records, environment.touched).compile(block, spec, path)
        blocks.setdefault(block.source_file, []).append(compiled)
    return Program(contract, blocks, lookups, environment.touched)


def _compile_lookup(
    name: str, said: TableLookup, table: dict[str, Cell], spec: FileSpec, compiler: Compiler
) -> FileLookup:
    columns: set[str] = set()
    scope = Scope(f"lookups.{name}", nulls=_nulls(spec), columns=columns, exact=spec.format in _DOCUMENTS)
    when = compiler.test(said.when, scope.at("when"))
    key, value = compiler.value(said.key, scope.at("key")), compiler.value(said.value, scope.at("value"))
    return FileLookup(said.file, when, key, value, table, frozenset(columns), said.unique)


class _BlockCompiler:
    def __init__(self, compiler: Compiler, records: Mapping[str, RecordClass], touched: list[Cell]) -> None:
        self._compiler, self._records, self._touched = compiler, records, touched

    def compile(self, block: Block, spec: FileSpec, path: str) -> Compiled:
        columns: set[str] = set()
        scope = Scope(f"records.{block.name}", nulls=_nulls(spec), columns=columns, exact=spec.format in _DOCUMENTS)
        when = self._compiler.test(block.when, scope.at("when"))
        lets = []
        for name, said in block.let.items():
            lets.append((name, self._compiler.value(said, scope.at(f"let.{name}"))))
            scope = scope.knowing(name)
        keys = [(name, self._compiler.value(f"${{{name}}}", scope.at("key"))) for name in block.key or block.group_by]
        maker_scope, aggregates = self._maker_scope(block, spec, scope)
        maker = self._maker(block, maker_scope)
        frame = Frame(
            block.name, block.source_file, path, when, tuple(lets), tuple(keys), frozenset(columns), self._touched
        )
        return GroupBlock(frame, maker, tuple(aggregates)) if block.group_by else RowBlock(frame, maker)

    def _maker_scope(self, block: Block, spec: FileSpec, scope: Scope) -> tuple[Scope, list[tuple[str, Value]]]:
        aggregates: list[tuple[str, Value]] = []
        if not block.group_by:
            return scope, aggregates
        if spec.format not in _TABLES:
            raise scope.wrong(f"rows of a {spec.format} file cannot be grouped")
        grouped = Scope(scope.path, frozenset(block.group_by), scope.nulls, None, aggregates, row=scope)
        return grouped, aggregates

    def _maker(self, block: Block, scope: Scope) -> Maker:
        loops = []
        for name, said in block.for_each.items():
            loops.append((name, self._compiler.value(said, scope.at(f"for_each.{name}"))))
            scope = scope.knowing(name)
        templates = [self._template(said, scope.at(f"make.{index}")) for index, said in enumerate(block.make)]
        return Maker(tuple(loops), tuple(templates))

    def _template(self, said: Mapping[str, Expression], scope: Scope) -> Template:
        if "@type" not in said:
            raise scope.wrong('a record template says its "@type"')
        when = self._compiler.test(said.get("when"), scope.at("when"))
        self._check_fields(said, scope)
        fields = tuple(
            (name, self._compiler.value(value, scope.at(name))) for name, value in said.items() if name != "when"
        )
        return Template(when, fields)

    def _check_fields(self, said: Mapping[str, Expression], scope: Scope) -> None:
        name = said["@type"]
        if not isinstance(name, str) or "${" in name:
            return  # which class it is depends on the row; the validators will tell
        if name not in self._records:
            raise _unknown(f"no record class is called {name!r}", name, self._records, scope)
        known = self._records[name].fields
        for field in said:
            if field not in known and field not in ("@type", "when"):
                raise _unknown(f"{name} has no field {field!r}", field, known, scope)


def _unknown(message: str, name: str, known: Mapping[str, object], scope: Scope) -> MappingError:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return MappingError(f"{scope.path}: {message}", fix=hint, path=scope.path)


def _nulls(spec: FileSpec) -> frozenset[str]:
    return frozenset(["", *spec.null])
