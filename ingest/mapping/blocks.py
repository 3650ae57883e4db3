"""Blocks of a mapping, compiled: rows, or groups of rows, become drafts of ledger entries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from ingest.mapping.aggregates import fold, slot
from ingest.mapping.drafts import Draft, Record, content_digest, key_text, parts_of, row_key
from ingest.mapping.expressions import as_list
from ingest.mapping.scope import Row, Test, Value
from ingest.readers.row import Cell, GroupQuote, RawRow, quote_of
from ontology.errors import InvalidRecordError


@dataclass(frozen=True, slots=True)
class RecordTemplate:
    """One record template, compiled: whether it is used for a row, and the values of its fields."""

    when: Test
    fields: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class RecordMaker:
    """The `make` of a block: its templates, repeated for the items of `for_each`."""

    loops: tuple[tuple[str, Value], ...]
    templates: tuple[RecordTemplate, ...]

    def records(self, row: Row) -> list[Record]:
        """All records of the cells of a row, or of a group; a field whose value is null is left out."""
        names = [name for name, _ in self.loops]
        records: list[Record] = []
        lists = [as_list(value(row)) for _, value in self.loops]
        if lists:
            row = dict(row)  # the items of this block are no cells of the next
        for items in product(*lists):
            row.update(zip(names, items, strict=True))
            records += [
                {name: found for name, value in template.fields if (found := value(row)) is not None}
                for template in self.templates
                if template.when(row)
            ]
        return records


@dataclass(frozen=True, slots=True)
class BlockFrame:
    """What row blocks and group blocks share.

    Attributes:
        name: The block's.
        file: Name of its file; path: what evidence calls that file.
        when: Whether a row is taken.
        lets: Names with their values, in order.
        keys: The values that identify a record, or a group, by name.
        columns: Columns of the file that it uses.
        touched: What lookups gave for the current row.
    """

    name: str
    file: str
    path: str
    when: Test
    lets: tuple[tuple[str, Value], ...]
    keys: tuple[tuple[str, Value], ...]
    columns: frozenset[str]
    touched: list[Cell]

    def named(self, cells: Row) -> Row:
        """The cells of a row with what `let` names."""
        if not self.lets:
            return cells
        row = dict(cells)
        for name, value in self.lets:
            row[name] = value(row)
        return row


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Makes one draft of each row that it takes."""

    frame: BlockFrame
    maker: RecordMaker

    def take(self, row: RawRow) -> Draft | bool:
        """The draft of a row; False where the block leaves the row out."""
        frame = self.frame
        frame.touched.clear()
        record = row_key(frame.name, row.number)
        try:
            if not frame.when(row.cells):
                return False
            cells = frame.named(row.cells)
            if frame.keys:
                record = key_text(frame.name, [value(cells) for _, value in frame.keys])
            records = self.maker.records(cells)
            parts = parts_of(records, frame.path, row)
        except InvalidRecordError as fault:
            quote = quote_of(frame.file, frame.path, row)
            return Draft(record, quote.sha256, quote, fault=fault, cells=row.cells)
        quote = quote_of(frame.file, frame.path, row)
        return Draft(record, content_digest(quote.sha256, frame.touched), quote, records, cells=row.cells, parts=parts)

    def finish(self) -> Iterator[Draft]:
        """No drafts: none depends on the end of the file."""
        return iter(())


@dataclass(slots=True)
class _Group:
    record: str
    cells: Row
    quote: GroupQuote
    values: list[list[Cell]]
    touched: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """Makes one draft of each group of rows, when the file has ended; of a row it keeps number and aggregates."""

    frame: BlockFrame
    maker: RecordMaker
    aggregates: tuple[tuple[str, Value], ...]
    groups: dict[tuple[Cell, ...], _Group] = field(default_factory=dict)

    def take(self, row: RawRow) -> Draft | bool:
        """True where the row went into its group, False where it is left out, a draft where it is at fault."""
        frame = self.frame
        frame.touched.clear()
        try:
            if not frame.when(row.cells):
                return False
            cells = frame.named(row.cells)
            shared = tuple([value(cells) for _, value in frame.keys])
            values = [value(cells) for _, value in self.aggregates]
            group = self._group(shared, row)
        except InvalidRecordError as fault:
            quote = quote_of(frame.file, frame.path, row)
            return Draft(row_key(frame.name, row.number), quote.sha256, quote, fault=fault)
        group.quote.add(row)
        group.touched += frame.touched
        for kept, value in zip(group.values, values, strict=True):
            if value is not None:
                kept.append(value)
        return True

    def _group(self, shared: tuple[Cell, ...], row: RawRow) -> _Group:
        """The group of the rows that share these values, begun where there is none."""
        try:
            group = self.groups.get(shared)
        except TypeError as error:
            message = "rows cannot be grouped by a list or an object"
            raise InvalidRecordError(message, fix="take one part of it in a `let`", rule="group_by") from error
        if group is None:
            record = key_text(self.frame.name, shared, whole=False)
            cells = {name: value for (name, _), value in zip(self.frame.keys, shared, strict=True)}
            quote = GroupQuote(str(row.locator.get("sheet", "")))
            group = self.groups[shared] = _Group(record, cells, quote, [[] for _ in self.aggregates])
        return group

    def finish(self) -> Iterator[Draft]:
        """The drafts of all groups, in the order in which they began; the groups are released."""
        for shared in list(self.groups):
            yield self._draft(self.groups.pop(shared))

    def _draft(self, group: _Group) -> Draft:
        record = group.record
        quote = group.quote.close(self.frame.file, self.frame.path)
        self.frame.touched.clear()
        try:
            for index, ((kind, _), values) in enumerate(zip(self.aggregates, group.values, strict=True)):
                group.cells[slot(index)] = fold(kind, values)
            records = self.maker.records(group.cells)
        except InvalidRecordError as fault:
            return Draft(record, quote.sha256, quote, fault=fault)
        return Draft(record, content_digest(quote.sha256, group.touched + self.frame.touched), quote, records)


CompiledBlock = RowBlock | GroupBlock
