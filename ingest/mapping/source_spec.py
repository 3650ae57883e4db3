"""The declaration of a source, one YAML file: who publishes it, its files, and how their rows become records.

docs/mapping.md explains the language with an example. These models check the frame of a declaration; the expressions in
`make`, `let`, `when` and so on are checked when `ingest.mapping.compiler` compiles them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.mapping.yaml_text import parse_yaml
from ingest.readers.formats import Format
from ontology.canonical import digest
from ontology.errors import MappingError, SourceFileError
from ontology.records import Basis

Expression = Any  # a constant, a template such as "${Country}", or an object with one reserved key
BLANK = "FILL-IN"  # what a starter mapping leaves to its owner
SOURCE_NAME = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"


class _SpecModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FileSpec(_SpecModel):
    """One file of a source.

    Attributes:
        path: Its name in the source's folder; `*` and `?` stand for what varies.
        media_type: Media type of the document; that of the format where absent.
        read: Options of the reader (docs/mapping.md lists them by format).
        null: Texts that mean "nothing stands here", besides the empty text.
        rows: How many rows this edition has; another number is reported as a warning.
        optional: Whether the source can be loaded without it.
    """

    path: str
    format: Format
    media_type: str = ""
    read: dict[str, Any] = Field(default_factory=dict)
    null: tuple[str, ...] = ()
    rows: int | None = None
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _null_is_a_word(cls, body: Any) -> Any:  # noqa: ANN401  # YAML reads a bare `null:` as no name at all
        if isinstance(body, Mapping) and None in body:
            return {"null" if key is None else key: value for key, value in body.items()}
        return body


class LookupSpec(_SpecModel):
    """A lookup table that a file of the source fills: `key` to `value`; of rows with one key the first wins.

    Attributes:
        file: Name of the file.
        key: Expression over its columns. value: expression over its columns.
        when: Condition that a row must meet.
        unique: Whether a key with different values is left out, since it identifies none of them.
    """

    file: str
    key: Expression
    value: Expression
    when: Expression = None
    unique: bool = False


class RecordBlock(_SpecModel):
    """How rows of one file become records.

    Attributes:
        name: First part of its record keys; short and stable (`delivery`).
        source_file: `from:`, the file that it reads.
        when: Condition that a row must meet to be taken.
        let: Names for values that are used more than once; a later one may use an earlier one.
        key: Columns or names of `let` that identify a record; without it and `group_by` the row's number does.
        group_by: Columns or names of `let`: the rows that share them make one record together.
        for_each: Name to a list: one set of records for each of its items, within the row's ledger entry.
        make: Record templates.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    source_file: str = Field(alias="from")
    when: Expression = None
    let: dict[str, Expression] = Field(default_factory=dict)
    key: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    for_each: dict[str, Expression] = Field(default_factory=dict)
    make: tuple[dict[str, Expression], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_identity(self) -> "RecordBlock":
        if self.key and self.group_by:
            message = "a block has either `key` or `group_by`"
            raise ValueError(message)
        return self


class SourceSpec(_SpecModel):
    """The declaration of a source: one YAML file.

    Attributes:
        source: Name of the source; the `source` of its claims.
        mode: `snapshot`: rows that a later edition lacks are closed. `append`: they stay.
        confidence: Greatest confidence of its claims, and their confidence unless a record has a lower one.
        basis: Basis of its claims unless a record has another.
        files: Its files by name.
        lookups: Tables by name: written out, or filled from a file.
        countries: Further spellings for `country` and `region`, to ISO 3166 alpha-2 codes.
        shipped: Whether its files come with the product, in `ingest/sources/data`.
        records: How rows become records.
    """

    source: str = Field(pattern=SOURCE_NAME)
    title: str
    licence: str
    publisher: str
    uri: str
    mode: Literal["snapshot", "append"]
    confidence: float = Field(default=1.0, gt=0, le=1)
    basis: Basis = "observed"
    shipped: bool = False
    files: dict[str, FileSpec] = Field(min_length=1)
    lookups: dict[str, LookupSpec | dict[str, Any]] = Field(default_factory=dict)
    countries: dict[str, str] = Field(default_factory=dict)
    records: tuple[RecordBlock, ...] = Field(min_length=1)

    @property
    def version(self) -> str:
        """Hash of everything that decides which claims a row gives; titles and expected counts are not in it."""
        body = self.model_dump(mode="json", include={"confidence", "basis", "lookups", "countries", "records"})
        files: dict[str, Any] = {name: [f.format, dict(f.read), list(f.null)] for name, f in self.files.items()}
        return digest([body, files])

    @model_validator(mode="after")
    def _names_fit(self) -> "SourceSpec":
        used = [block.source_file for block in self.records]
        used += [table.file for table in self.lookups.values() if isinstance(table, LookupSpec)]
        for name in used:
            if name not in self.files:
                message = f"no file is called {name!r}; there are {', '.join(self.files)}"
                raise ValueError(message)
        names = [block.name for block in self.records]
        if len(set(names)) < len(names):
            message = f"two records are called {next(name for name in names if names.count(name) > 1)!r}"
            raise ValueError(message)
        return self


def read_source_spec(path: Path) -> SourceSpec:
    """Read a source's declaration from a YAML file.

    Raises:
        SourceFileError: The file is not there or cannot be read.
        MappingError: It is not YAML, or not of the language; the YAML path is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(f"{path} cannot be read: {error}", fix="give the path of a mapping in UTF-8") from error
    return parse_source_spec(text, name=path.name)


def parse_source_spec(text: str, *, name: str) -> SourceSpec:
    """Parse a source's declaration; `name` is what errors call the text.

    Raises:
        MappingError: It is not YAML, or not of the language; the YAML path is named.
    """
    _refuse_blanks(text, name)
    try:
        body = parse_yaml(text)
    except yaml.YAMLError as error:
        raise MappingError(f"{name} is not YAML: {error}", fix="mend it at that line") from error
    if not isinstance(body, Mapping):
        raise MappingError(f"{name} is not a mapping", fix="begin with `source:`; docs/mapping.md has an example")
    try:
        return SourceSpec.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"{name}: {where or 'top level'}: {first['msg']}"
        raise MappingError(message, fix="docs/mapping.md lists what may stand there", path=where) from error


def _refuse_blanks(text: str, name: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if BLANK in line.partition("#")[0]:
            message = f"{name}: line {number} still says {BLANK}: {line.strip()}"
            raise MappingError(message, fix="put in what you know, or take the line away", line=number)
