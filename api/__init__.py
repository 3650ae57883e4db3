"""How others ask: GraphQL over HTTP. Imports reasoning, graph and ontology, never ingest or app."""
