"""Who is whom: merges are judgements, and reads resolve an entity to the smallest id of its `same` component."""

from collections.abc import Iterable, Mapping

from ontology.errors import JudgementConflictError
from ontology.records import EntityId, Judgement


class Identity:
    """The `same` components of some judgements. An entity that nobody judged stands for itself."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._members = _components(judgements)

    def of(self, entity: EntityId) -> EntityId:
        """The smallest id of the component of `entity`."""
        return self.members(entity)[0]

    def members(self, entity: EntityId) -> tuple[EntityId, ...]:
        """All ids of the component of `entity`, ascending; itself among them."""
        return self._members.get(entity, (entity,))


def check(standing: Iterable[Judgement], new: Iterable[Judgement]) -> None:
    """Refuse `new` where, together with the `standing` ones, a `same` contradicts a `different`.

    Raises:
        JudgementConflictError: Names the `different` and one `same` of the chain that joins its two entities.
    """
    together = [*standing, *new]
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
    """The `same`, latest in order, without which the chain from left to right is broken or was not yet closed."""
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
