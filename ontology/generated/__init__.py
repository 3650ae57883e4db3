"""Written by `python -m ontology.compile`; not to be edited. Run time reads these and never the Turtle."""
