"""Which records are one firm: names, candidate pairs, and judgements. Imports network, graph and ontology."""
