"""Compiles the Turtle source to the generated modules and files. Only this package imports rdflib."""
