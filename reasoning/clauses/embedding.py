"""Embeddings: derived data that adds recall to a ranking and never decides it.

The last two numbers of a stored vector are a fingerprint of its text. So a vector whose text has changed is recognised
and computed again.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from graph.port import GraphReader
from ontology.errors import SettingsError
from ontology.records import EntityId, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = npt.NDArray[np.float32]

BATCH = 64
FINGERPRINT = 2  # numbers at the end of a stored vector, whole and below 2^24, so that float32 is exact


class Embedder(Protocol):
    """Port: computes vectors of texts. `model` names model and version; vectors of two models are never compared."""

    @property
    def model(self) -> str:
        """Name and version."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row for each text."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model from a local folder, on one thread; never from a hub.

    It is loaded by the first text.

    Args:
        folder: The folder of the model.
        model: Name and version.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._model = model
        self._loaded: SentenceTransformer | None = None
        self._lock = threading.Lock()

    @property
    def model(self) -> str:
        """Name and version."""
        return self._model

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length for each text."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder)
            rows = self._loaded.encode(
                list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True, convert_to_numpy=True
            )
        return np.asarray(rows, dtype=np.float32)


def packaged_embedder(package: str) -> SentenceEmbedder:
    """The embedder whose weights are in the folder `model` of an installed package. Loads nothing yet.

    Args:
        package: The name of the package.

    Raises:
        SettingsError: The package is not installed or has no weights.
    """
    spec = find_spec(package)
    folder = None if spec is None or spec.origin is None else Path(spec.origin).parent / "model"
    if folder is None or not (folder / "model.safetensors").is_file():
        message = f"the package {package} with the weights of the embeddings is not installed"
        raise SettingsError(message, fix="install it, or run with --light")
    distribution = package.replace("_", "-")
    return SentenceEmbedder(folder, f"{distribution}@{version(distribution)}")


def stored(reader: GraphReader, model: str, texts: Mapping[EntityId, str]) -> dict[EntityId, npt.NDArray[np.float32]]:
    """The stored vectors that were computed from exactly these texts, by entity."""
    entities, rows = reader.vectors(model)
    matching = {entity: row for entity, row in zip(entities, rows, strict=True) if entity in texts}
    return {entity: row[:-FINGERPRINT] for entity, row in matching.items() if _is_of(row, texts[entity])}


def missing(reader: GraphReader, embedder: Embedder, texts: Mapping[EntityId, str]) -> Iterator[tuple[Vector, ...]]:
    """Yield batches of vectors for texts without an up-to-date vector, ordered by entity (for `Batch.vectors`)."""
    present = stored(reader, embedder.model, texts)
    absent = sorted(texts.keys() - present.keys())
    for start in range(0, len(absent), BATCH):
        entities = absent[start : start + BATCH]
        rows = embedder.embed([texts[entity] for entity in entities])
        yield tuple(
            _vector(embedder.model, entity, row, texts[entity]) for entity, row in zip(entities, rows, strict=True)
        )


def _vector(model: str, entity: EntityId, row: npt.NDArray[np.float32], text: str) -> Vector:
    return Vector(model, entity, np.concatenate([row, fingerprint(text)]).astype("<f4").tobytes())


def fingerprint(text: str) -> npt.NDArray[np.float32]:
    """The first 48 bits of the text's SHA-256 as two float32 numbers."""
    head = hashlib.sha256(text.encode()).digest()
    parts = [int.from_bytes(head[start : start + 3], "big") for start in range(0, 3 * FINGERPRINT, 3)]
    return np.array(parts, dtype=np.float32)


def _is_of(row: npt.NDArray[np.float32], text: str) -> bool:
    return bool(np.array_equal(row[-FINGERPRINT:], fingerprint(text)))


def _load(folder: Path) -> "SentenceTransformer":
    import torch  # noqa: PLC0415 - takes seconds to import
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    torch.set_num_threads(1)  # more threads than idle cores are slower
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
