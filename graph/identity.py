"""Identity resolution: a `same` judgement merges two entities; reads resolve both to the smallest merged id."""

from collections.abc import Iterable, Mapping

from ontology.errors import JudgementConflictError
from ontology.records import EntityId, Judgement


class Identity:
    """The groups of entities that `same` judgements connect. An entity without such a judgement is its own group.

    Args:
        judgements: All open judgements; only those with the verdict `same` merge.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._members = _components(judgements)

    def of(self, entity: EntityId) -> EntityId:
        """The smallest id in the group of an entity."""
        return self.members(entity)[0]

    def members(self, entity: EntityId) -> tuple[EntityId, ...]:
        """All ids in the group of an entity, ascending, including its own."""
        return self._members.get(entity, (entity,))


def check(kept: Iterable[Judgement], new: Iterable[Judgement]) -> None:
    """Refuse new judgements with which a `same` would contradict a `different`.

    Args:
        kept: The judgements that stay open.
        new: The judgements to open.

    Raises:
        JudgementConflictError: Names the `different`, and one `same` of the chain that connects its two entities.
    """
    together = [*kept, *new]
    identity = Identity(together)
    for judgement in together:
        if judgement.verdict == "different" and identity.of(judgement.left) == identity.of(judgement.right):
            raise _conflict(judgement, _joining(judgement, together))


def _components(judgements: Iterable[Judgement]) -> Mapping[EntityId, tuple[EntityId, ...]]:
    members: dict[EntityId, list[EntityId]] = {}
    for judgement in judgements:
        if judgement.verdict == "same":
            left = members.setdefault(judgement.left, [judgement.left])
            right = members.setdefault(judgement.right, [judgement.right])
            if left is not right:
                _join(members, left, right)
    return {entity: tuple(sorted(group)) for entity, group in members.items()}


def _join(members: dict[EntityId, list[EntityId]], left: list[EntityId], right: list[EntityId]) -> None:
    large, small = (left, right) if len(left) >= len(right) else (right, left)
    large.extend(small)
    for entity in small:
        members[entity] = large


def _joining(different: Judgement, together: list[Judgement]) -> Judgement:
    """The first `same`, in the order given, with which the two entities of `different` are connected."""
    sames = [judgement for judgement in together if judgement.verdict == "same"]
    for count in range(1, len(sames) + 1):
        identity = Identity(sames[:count])
        if identity.of(different.left) == identity.of(different.right):
            return sames[count - 1]
    raise AssertionError("a contradiction has a chain")  # pragma: no cover


def _conflict(different: Judgement, same: Judgement) -> JudgementConflictError:
    message = f"judgement {same.id} (same) contradicts judgement {different.id} (different)"
    return JudgementConflictError(
        message, fix="withdraw one of the two judgements first", same=same.id, different=different.id
    )
