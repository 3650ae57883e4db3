"""How facts get in, floor by floor: readers, mapping, claims, pipeline. May import graph and ontology."""
