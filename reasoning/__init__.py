"""What follows: snapshot arrays, exposure, findings, recommendations. May import graph and ontology."""
