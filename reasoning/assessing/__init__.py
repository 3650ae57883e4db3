"""Own risk assessed from evidence, one declared method a module; may import graph, ontology and reasoning's facts."""
