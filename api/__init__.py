"""How conclusions leave: GraphQL over HTTP. May import reasoning, graph and ontology."""
