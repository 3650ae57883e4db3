"""The source contracts that come with the product: one YAML file each in `ingest/sources`."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from ingest.mapping.source_spec import Contract, read_contract
from ontology.errors import UnknownSourceError

FOLDER = Path(__file__).parents[1] / "sources"
SHIPPED = FOLDER / "data"  # where the files of sources lie that come with their data
ONTOLOGY = "ontology"  # the source of the product's own concepts and default playbook


def contract_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Names of all contracts in `folder`, ascending."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_contract(name: str, folder: Path = FOLDER) -> Contract:
    """The contract of the source `name`.

    Raises:
        UnknownSourceError: There is none; the nearest name is given.
        MappingError: Its file does not fit the mapping language.
    """
    names = contract_names(folder)
    if name not in names:
        near = get_close_matches(name, names, 1)
        guess = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
        raise UnknownSourceError(f"no source is called {name!r}", fix=guess, source=name)
    return read_contract(folder / f"{name}.yaml")


def load_contracts(folder: Path = FOLDER) -> Mapping[str, Contract]:
    """All contracts by name."""
    return {name: load_contract(name, folder) for name in contract_names(folder)}
