"""Valid records of every class and seeded mutations of them, on which the validators and pySHACL must agree."""

import math
import random
from collections.abc import Callable, Iterator

from ontology.compiler.shapes import Property, Shape, value_shapes
from ontology.generated.vocabulary import VOCABULARY

type_names = {kind.name: kind.prefix for kind in VOCABULARY.kinds.values()}

ORDERED = {
    "start": 1,
    "end": 9,
    "low": 0.1,
    "value": 0.5,
    "high": 0.9,
    "year": 2020,
    "validFrom": "2024-01-01",
    "validTo": "2024-12-31",
    "effectiveOn": "2024-01-01",
    "expiresOn": "2025-01-01",
    "startedAt": "2024-01-01T00:00:00Z",
    "endedAt": "2024-01-02T00:00:00Z",
    "decision": "deny",
    "contentHash": "cd" * 32,
}
TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("string", "date", "dateTime", "anyURI"), (str,)),
    "integer": (int,),
    "decimal": (int, float),
    "boolean": (bool,),
}
PARTNERS = {"threshold": ("metric", "operator"), "declaredTier": ("declaredFor",)}
BY_PATTERN = {
    "^[A-Z0-9]{18}[0-9]{2}$": "529900T8BM49AURSDO55",
    "^[0-9]{9}$": "123456789",
    "^[A-Z]{2}[0-9A-Z]{2,13}$": "DE123456789",
    "^[0-9]{13}$": "4012345000009",
    "^[A-Z]{2}[0-9]{7}[A-Z0-9]{6}$": "CN2021250D1DTN7",
    "^[A-Z]{3}$": "EUR",
    "^[0-9a-f]{64}$": "ab" * 32,
    "^[^@]+@[^@]+$": "m1@0.1.0",
    "^(prd|cat):[!-~]+$": "prd:t-1",
    "^org:[!-~]+$": "org:t-1",
    "^(nrm|obl|pro|prm|pow|exc):[!-~]+$": "obl:t-1",
    "^[a-z0-9]+(-[a-z0-9]+)*$": "ict-service",
    "^[a-z]{2,3}(-[a-z0-9]{2,8})*$": "PT-br",
}
ODDITIES: tuple[object, ...] = (
    True, False, 0, 1, -1, 2, 101, 1.0, 1.5, 0.1, -0.0, 1e300, 10**17, -(10**17), 1e-9, math.nan, math.inf,
    "", "x", " ", "\N{LATIN SMALL LETTER E WITH ACUTE}", "x\0", "\ud800", "1", "true", "preferred", "allow",
    "2026-13-45", "2026-02-30", "2026-W01-1", "20260101", "2024-06-30", "0000-01-01", "2024-02-29", "2023-02-29",
    "2024-06-30T00:00:00Z", "2026-01-01T25:00:00Z", "2024-06-30T00:00:00", "2024-06-30T00:00:00+02:00",
    "2024-02-30T00:00:00Z", "org:t-1", "reg:t-1", "obl:t-1", "clt:t-1", "zzz:t-1", "org:", "org:a b", "a" * 300,
    {}, {"value": "x"}, {"id": "org:t-1"}, {"value": 1, "unit": "x"}, {"id": "clt:t-1", "rung": "preferred"},
    [], [[]], [None], ["x", "x"], ["x", "y"], [1, 1.0], [{}, {}], ["org:t-1", "org:t-2", "org:t-1"],
)  # fmt: skip


class Sampler:
    """Generates valid records; `seed` decides which."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._count = 0

    def record(self, name: str, shape: Shape, *, full: bool) -> dict[str, object]:
        """A record that fits; with every field, or with the required and some others."""
        return {"@type": name, **self.content(shape, full=full)}

    def content(self, shape: Shape, *, full: bool) -> dict[str, object]:
        """The fields of an object that fits."""
        chosen: dict[str, object] = {}
        for field in shape.properties:
            wanted = full or field.minimum or self.random.random() < 0.3
            if field.path not in chosen and wanted and _says_type(field.shape):
                chosen[field.path] = self.field(field)
        paths = {field.path for field in shape.properties}
        for name, partners in PARTNERS.items():
            if any(partner in paths and partner not in chosen for partner in partners):
                chosen.pop(name, None)
        return chosen

    def field(self, field: Property) -> object:
        """As many values as the field requires, and more where it allows."""
        least = max(field.minimum, 1)
        if field.maximum == 1 or (least == 1 and self.random.random() < 0.5):
            return self.value(field.shape, field.path)
        return [self.value(field.shape, field.path) for _ in range(least + self.random.randrange(2))]

    def value(self, shape: Shape, path: str) -> object:
        """One value that fits."""
        kinds = [kind for part in value_shapes(shape) for kind in part.kinds]
        objects = [part for part in value_shapes(shape) if part.properties]
        if objects and (self.random.random() < 0.5 or not (kinds or _types(shape))):
            return self.content(objects[0], full=self.random.random() < 0.5)
        if kinds:
            return self.entity(self.random.choice(kinds))
        return self.plain(shape, path)

    def entity(self, kind: str) -> str:
        """The id of a new entity."""
        self._count += 1
        return f"{type_names.get(kind, 'org')}:t-{self._count}"

    def plain(self, shape: Shape, path: str) -> object:
        """One plain value that fits."""
        datatype = _types(shape)[0]
        if path in ORDERED and isinstance(ORDERED[path], TYPES[datatype]):
            return ORDERED[path]
        if datatype == "string":
            return self._text(shape)
        return {"date": "2024-05-01", "dateTime": "2024-05-01T10:00:00Z", "anyURI": "urn:x", "integer": 5}.get(
            datatype, True if datatype == "boolean" else self.random.choice([1, 0.5, 1.0])
        )

    def _text(self, shape: Shape) -> object:
        parts = list(value_shapes(shape))
        allowed = next((part.allowed for part in parts if part.allowed), None)
        pattern = next((part.pattern for part in parts if part.pattern), None)
        if allowed:
            return self.random.choice(allowed)
        return BY_PATTERN[pattern] if pattern else f"text {self.random.randrange(1000)}"


def mutants(
    shape: Shape, record: dict[str, object], others: dict[str, object], source: random.Random, number: int
) -> Iterator[dict[str, object]]:
    """Mutated copies, valid or not; `others` is a full record of the class, which provides values."""
    ways: list[Callable[[dict[str, object], dict[str, object], random.Random], object]] = [
        _drop, _null, _odd, _odd, _odd, _odd, _unknown, _copy, _copy, _twice, _inner, _inner, _put, _type,
    ]  # fmt: skip
    for _ in range(number):
        changed = {name: _deep(value) for name, value in record.items()}
        for _ in range(1 if source.random() < 0.7 else 2):
            if source.random() < 0.4:
                _edge(changed, shape, source)
            else:
                source.choice(ways)(changed, others, source)
        yield changed


def edge_cases(shape: Shape, record: dict[str, object], seen: set[Property]) -> Iterator[dict[str, object]]:
    """The record with each edge value of each field that is not in `seen` yet, and each object's fields likewise."""
    for field in shape.properties:
        if field in seen:
            continue
        seen.add(field)
        for part in value_shapes(field.shape):
            for value in _edges(part):
                yield {**record, field.path: value}
            inner = Sampler(5).content(part, full=True)
            for changed in edge_cases(part, inner, seen):
                yield {**record, field.path: changed}


def _edge(record: dict[str, object], shape: Shape, source: random.Random) -> None:
    """Put a value at or just beyond one constraint of a field, of the record or of an object in it."""
    fields = [field for field in shape.properties if record.get(field.path) is not None or source.random() < 0.2]
    fields += [field for field in fields if field.pairs] * 4
    if not fields:
        return
    field = source.choice(fields)
    inner = [part for part in value_shapes(field.shape) if part.properties]
    value = record.get(field.path)
    if inner and isinstance(value, dict):
        _edge(value, inner[0], source)
        return
    choices = [item for part in value_shapes(field.shape) for item in _edges(part)]
    choices += [record[other] for _, other in field.pairs if record.get(other) is not None]
    if field.minimum > 1:
        choices.append(["org:t-1"])
    if choices:
        record[field.path] = _deep(source.choice(choices))


def _edges(shape: Shape) -> Iterator[object]:
    for _, _, bound in shape.bounds:
        assert isinstance(bound, int | float)
        yield from (bound, bound - 1, bound + 1)
        if shape.datatype == "decimal":
            yield from (bound - 0.001, bound + 0.001)
    for length in (shape.min_length, shape.max_length):
        if length is not None:
            yield from ("a" * length, "a" * max(length - 1, 0), "a" * (length + 1))
    if shape.allowed:
        yield from (*shape.allowed, str(shape.allowed[0]).upper())
    if shape.pattern:
        yield from (
            BY_PATTERN.get(shape.pattern, ""),
            f" {BY_PATTERN.get(shape.pattern, '')}",
            BY_PATTERN.get(shape.pattern, "").lower(),
        )


def _pick(record: dict[str, object], source: random.Random) -> str:
    return source.choice([name for name in record if name != "@type"] or ["nothing"])


def _drop(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    record.pop(_pick(record, source), None)


def _null(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    record[_pick(record, source)] = source.choice([None, []])


def _odd(record: dict[str, object], others: dict[str, object], source: random.Random) -> None:
    record[_pick(source.choice([record, others]), source)] = _deep(source.choice(ODDITIES))


def _unknown(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    record[source.choice(["suplier", "a b", "rdf", "kindd"])] = _deep(source.choice(ODDITIES))


def _copy(record: dict[str, object], others: dict[str, object], source: random.Random) -> None:
    record[_pick(others, source)] = _deep(record.get(_pick(record, source)))


def _put(record: dict[str, object], others: dict[str, object], source: random.Random) -> None:
    name = _pick(others, source)
    record[name] = _deep(others.get(name))


def _twice(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    name = _pick(record, source)
    value = record.get(name)
    record[name] = (
        [_deep(value), _deep(value)] if source.random() < 0.5 else [_deep(value), source.choice(["x", 1, 2.5])]
    )


def _inner(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    names = [name for name, value in record.items() if isinstance(value, dict) and value]
    if not names:
        return _odd(record, record, source)
    inner = record[source.choice(names)]
    assert isinstance(inner, dict)
    key = source.choice([*inner, "strange"])
    if source.random() < 0.4:
        inner.pop(key, None)
    else:
        inner[key] = _deep(source.choice(ODDITIES))
    return None


def _type(record: dict[str, object], _: dict[str, object], source: random.Random) -> None:
    name = _pick(record, source)
    value = record.get(name)
    record[name] = str(value) if not isinstance(value, str) else len(value)


def _deep(value: object) -> object:
    if isinstance(value, dict):
        return {key: _deep(item) for key, item in value.items()}
    return [_deep(item) for item in value] if isinstance(value, list) else value


def _types(shape: Shape) -> list[str]:
    return [part.datatype for part in value_shapes(shape) if part.datatype]


def _says_type(shape: Shape) -> bool:
    parts = list(value_shapes(shape))
    return any(part.datatype or part.kinds or part.properties for part in parts)
