"""The sources that come with the product: one declaration each in `ingest/sources`."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from ingest.mapping.source_spec import SourceSpec, read_source_spec
from ontology.errors import UnknownSourceError

FOLDER = Path(__file__).parents[1] / "sources"
SHIPPED = FOLDER / "data"  # where the files of sources lie that come with their data
ONTOLOGY = "ontology"  # the source of the product's own concepts and default playbook


def source_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Names of all sources in `folder`, ascending."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_source_spec(name: str, folder: Path = FOLDER) -> SourceSpec:
    """The declaration of the source `name`.

    Raises:
        UnknownSourceError: There is none; the nearest name is given.
        MappingError: Its file does not fit the mapping language.
    """
    names = source_names(folder)
    if name not in names:
        near = get_close_matches(name, names, 1)
        guess = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
        raise UnknownSourceError(f"no source is called {name!r}", fix=guess, source=name)
    return read_source_spec(folder / f"{name}.yaml")


def load_source_specs(folder: Path = FOLDER) -> Mapping[str, SourceSpec]:
    """The declarations of all sources by name."""
    return {name: load_source_spec(name, folder) for name in source_names(folder)}
