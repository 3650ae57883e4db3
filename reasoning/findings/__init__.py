"""The declared detectors, one a module: pure functions over facts; may import graph, ontology, reasoning.facts."""
