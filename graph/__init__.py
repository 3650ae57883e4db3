"""Storage of the graph: one narrow port with an embedded and a server store. May import ontology."""
