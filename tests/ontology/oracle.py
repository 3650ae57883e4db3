"""pySHACL as the oracle for the validity of records: slow, and independent of our code."""

import logging
from collections.abc import Callable, Mapping, Sequence
from unittest.mock import patch

from pyshacl import validate
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, XSD, Graph, Literal
from rdflib.term import Node

from ontology.model import RecordClass
from ontology.validation import KindOf, Record
from ontology.vocabulary import Vocabulary
from tests.ontology.record_graph import RecordGraph

BATCH = 400
Compare = Callable[..., tuple[bool, list[object]]]

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it reports every ill-typed literal; these are the point here


def verdicts(
    records: Sequence[Record],
    schema: Graph,
    classes: Mapping[str, RecordClass],
    vocabulary: Vocabulary,
    kind_of: KindOf,
) -> list[bool]:
    """For each record, whether pySHACL finds it valid."""
    found: list[bool] = []
    for start in range(0, len(records), BATCH):
        collected = RecordGraph(classes, vocabulary, kind_of)
        nodes = [collected.add(record) for record in records[start : start + BATCH]]
        wrong = _wrong_nodes(collected.graph, schema)
        found += [node not in wrong for node in nodes]
    return found


def _wrong_nodes(data: Graph, schema: Graph) -> set[Node | None]:
    strict = {"_compare_ltoe": LessThanOrEqualsConstraintComponent, "_compare_lt": LessThanConstraintComponent}
    patches = [patch.object(owner, name, _tolerant(getattr(owner, name))) for name, owner in strict.items()]
    for each in patches:
        each.start()
    try:
        _, report, _ = validate(data, shacl_graph=schema, inference="none")
    finally:
        for each in patches:
            each.stop()
    assert isinstance(report, Graph)
    return {report.value(result, SH.focusNode) for result in report.objects(None, SH.result)}


def _tolerant(compare: Compare) -> Compare:
    """SHACL 4.5 makes values that cannot be compared a violation; pySHACL raises, or compares a day with an instant."""

    def judged(self, values, others, graph, focus):
        wrong = [self.make_v_result(graph, focus, value_node=value) for value in values]
        if values and others and {_datatype(value) for value in values} ^ {_datatype(other) for other in others}:
            return True, wrong
        try:
            return compare(self, values, others, graph, focus)
        except (TypeError, ReportableRuntimeError):
            return True, wrong

    return judged


def _datatype(node: Node) -> Node | None:
    """A date's or instant's datatype; other literals may be compared across theirs."""
    found = node.datatype if isinstance(node, Literal) else None
    return found if found in {XSD.date, XSD.dateTime} else None
