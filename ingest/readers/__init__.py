"""Readers, a module for each format: `read(path, options)` yields rows with their exact bytes. Imports ontology."""
