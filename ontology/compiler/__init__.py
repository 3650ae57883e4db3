"""Turns the Turtle source into the generated modules and files. Only this package, `rdf` and `diff` import rdflib."""
