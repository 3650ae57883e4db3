"""How facts get in: reader, declared mapping, validation, quarantine or transaction. May import graph and ontology."""
