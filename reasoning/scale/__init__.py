"""Worker pools: this machine's processors, or a Ray cluster. Imports the core and the ontology."""
