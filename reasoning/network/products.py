"""Products: categories of products, and which products go into which."""

from collections.abc import Iterator
from itertools import chain

from ontology.records import EntityId
from reasoning.network.closure import closure
from reasoning.network.facts import Facts

_WITHIN = ("IN_CATEGORY", "BROADER")


class Products:
    """The product tree (IN_CATEGORY, BROADER) and the bills of material (INPUT_OF), as far as they are known."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._inputs: dict[str, frozenset[str]] = {}

    def kinds(self, product: str) -> frozenset[str]:
        """The product or category, and everything in it at any depth."""
        return closure(product, self._narrower)

    def wider(self, product: EntityId) -> Iterator[frozenset[EntityId]]:
        """The product itself, then the categories that it is in, then the categories above these, and so on."""
        seen: frozenset[EntityId] = frozenset()
        level = frozenset([product])
        while level:
            yield level
            seen |= level
            found = (fact for one in level for word in _WITHIN for fact in self._facts.about(word, one))
            level = frozenset(fact.object for fact in found if fact.object is not None) - seen

    def inputs(self, product: str) -> frozenset[str]:
        """All kinds of the inputs of a product, or of a category that it is in; empty if none are known."""
        if product not in self._inputs:
            wider = chain.from_iterable(self.wider(EntityId(product)))
            direct = {fact.subject for one in wider for fact in self._facts.onto("INPUT_OF", one)}
            self._inputs[product] = frozenset(kind for one in direct for kind in self.kinds(one))
        return self._inputs[product]

    def _narrower(self, product: str) -> Iterator[str]:
        return (fact.subject for word in _WITHIN for fact in self._facts.onto(word, product))
