"""Where it is kept: one narrow port, an embedded and a server store. May import ontology."""
