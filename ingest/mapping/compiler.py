"""The compiler of a source's declaration: blocks become closures, every name is checked against the vocabulary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ingest.mapping.blocks import BlockFrame, CompiledBlock, GroupBlock, RecordMaker, RecordTemplate, RowBlock
from ingest.mapping.expressions import ExpressionCompiler
from ingest.mapping.lookups import FileLookup
from ingest.mapping.scope import Environment, Scope, Value
from ingest.mapping.source_spec import Expression, FileSpec, LookupSpec, RecordBlock, SourceSpec
from ingest.readers.row import Cell
from ontology.errors import MappingError
from ontology.model import RecordClass
from ontology.vocabulary import Vocabulary

_TABLES = ("csv", "xlsx", "xls", "jsonl")  # formats whose places are row numbers, so that rows can be cited together

_DOCUMENTS = ("markdown", "tartext")  # formats whose texts are documents: trimmed, they would not be what was hashed


@dataclass(frozen=True, slots=True)
class CompiledSource:
    """A compiled source: its blocks by file, and the lookups that files fill."""

    spec: SourceSpec
    blocks: Mapping[str, Sequence[CompiledBlock]]
    lookups: Sequence[FileLookup]

    def columns(self, file: str) -> frozenset[str]:
        """All columns of a file that the mapping uses."""
        used = [block.frame.columns for block in self.blocks.get(file, ())]
        used += [lookup.columns for lookup in self.lookups if lookup.file == file]
        return frozenset().union(*used)


def compile_source(
    spec: SourceSpec, vocabulary: Vocabulary, classes: Mapping[str, RecordClass], paths: Mapping[str, str]
) -> CompiledSource:
    """Compile a source's declaration.

    Args:
        spec: The declaration.
        vocabulary: Kinds with the prefixes of their ids.
        classes: Record classes by name.
        paths: By a file's name, how evidence names it; the declared path where absent.

    Raises:
        MappingError: An expression does not fit the language, or names a record class, field or kind that is not there.
    """
    tables: dict[str, dict[str, Cell]] = {
        name: {} if isinstance(table, LookupSpec) else {str(key): value for key, value in table.items()}
        for name, table in spec.lookups.items()
    }
    filled = {name: table for name, table in spec.lookups.items() if isinstance(table, LookupSpec)}
    prefixes = {name: kind.prefix for name, kind in vocabulary.kinds.items()}
    environment = Environment(spec.source, prefixes, tables, frozenset(filled), spec.countries)
    compiler = _BlockCompiler(environment, classes)
    lookups = [compiler.lookup(name, lookup, tables[name], spec.files[lookup.file]) for name, lookup in filled.items()]
    blocks: dict[str, list[CompiledBlock]] = {}
    for block in spec.records:
        file = spec.files[block.source_file]
        compiled = compiler.block(block, file, paths.get(block.source_file, file.path))
        blocks.setdefault(block.source_file, []).append(compiled)
    return CompiledSource(spec, blocks, lookups)


class _BlockCompiler:
    """Compiles the lookups and blocks of one source."""

    def __init__(self, environment: Environment, classes: Mapping[str, RecordClass]) -> None:
        self._compiler, self._classes, self._touched = ExpressionCompiler(environment), classes, environment.touched

    def lookup(self, name: str, lookup: LookupSpec, table: dict[str, Cell], file: FileSpec) -> FileLookup:
        """The lookup `name`, which fills `table` from a file."""
        columns: set[str] = set()
        scope = _scope(f"lookups.{name}", file, columns)
        when = self._compiler.test(lookup.when, scope.at("when"))
        key = self._compiler.value(lookup.key, scope.at("key"))
        value = self._compiler.value(lookup.value, scope.at("value"))
        return FileLookup(lookup.file, when, key, value, table, frozenset(columns), lookup.unique)

    def block(self, block: RecordBlock, file: FileSpec, path: str) -> CompiledBlock:
        """A block of a file that evidence calls `path`."""
        columns: set[str] = set()
        scope = _scope(f"records.{block.name}", file, columns)
        when = self._compiler.test(block.when, scope.at("when"))
        lets = []
        for name, node in block.let.items():
            lets.append((name, self._compiler.value(node, scope.at(f"let.{name}"))))
            scope = scope.knowing(name)
        keys = [(name, self._compiler.value(f"${{{name}}}", scope.at("key"))) for name in block.key or block.group_by]
        maker_scope, aggregates = _maker_scope(block, file, scope)
        maker = self._maker(block, maker_scope)
        frame = BlockFrame(
            block.name, block.source_file, path, when, tuple(lets), tuple(keys), frozenset(columns), self._touched
        )
        return GroupBlock(frame, maker, tuple(aggregates)) if block.group_by else RowBlock(frame, maker)

    def _maker(self, block: RecordBlock, scope: Scope) -> RecordMaker:
        loops = []
        for name, node in block.for_each.items():
            loops.append((name, self._compiler.value(node, scope.at(f"for_each.{name}"))))
            scope = scope.knowing(name)
        templates = [self._template(node, scope.at(f"make.{index}")) for index, node in enumerate(block.make)]
        return RecordMaker(tuple(loops), tuple(templates))

    def _template(self, node: Mapping[str, Expression], scope: Scope) -> RecordTemplate:
        if "@type" not in node:
            raise scope.error('a record template names its "@type"')
        when = self._compiler.test(node.get("when"), scope.at("when"))
        self._check_fields(node, scope)
        fields = tuple(
            (name, self._compiler.value(value, scope.at(name))) for name, value in node.items() if name != "when"
        )
        return RecordTemplate(when, fields)

    def _check_fields(self, node: Mapping[str, Expression], scope: Scope) -> None:
        name = node["@type"]
        if not isinstance(name, str) or "${" in name:
            return  # which class it is depends on the row; the validators will check it
        if name not in self._classes:
            raise _unknown(f"no record class is called {name!r}", name, self._classes, scope)
        known = self._classes[name].fields
        for field in node:
            if field not in known and field not in ("@type", "when"):
                raise _unknown(f"{name} has no field {field!r}", field, known, scope)


def _scope(path: str, file: FileSpec, columns: set[str]) -> Scope:
    """The scope of a row of a file; `columns` collects which of them are used."""
    return Scope(path, nulls=frozenset(["", *file.null]), columns=columns, exact=file.format in _DOCUMENTS)


def _maker_scope(block: RecordBlock, file: FileSpec, scope: Scope) -> tuple[Scope, list[tuple[str, Value]]]:
    """The scope of a block's `make`, with what collects its aggregates: in a group only grouped names may be used."""
    aggregates: list[tuple[str, Value]] = []
    if not block.group_by:
        return scope, aggregates
    if file.format not in _TABLES:
        raise scope.error(f"rows of a {file.format} file cannot be grouped")
    return Scope(scope.path, frozenset(block.group_by), scope.nulls, None, aggregates, row=scope), aggregates


def _unknown(message: str, name: str, known: Mapping[str, object], scope: Scope) -> MappingError:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return MappingError(f"{scope.path}: {message}", fix=hint, path=scope.path)
