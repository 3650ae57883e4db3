"""Who does many like jobs: this machine's processors, or a Ray cluster. Imports the core and the ontology."""
