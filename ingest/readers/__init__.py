"""Readers, one module a format: `read(path, options)` yields rows with their exact bytes. May import ontology only."""
