"""Facts of a reading instant and the supply network that they form. Imports graph, ontology and reasoning.core."""
