"""Facts of a reading instant, and the supply network that they make. Imports graph, ontology and reasoning.core."""
