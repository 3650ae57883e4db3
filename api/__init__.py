"""The interfaces for programs: GraphQL over HTTP. Imports reasoning, graph and ontology, never ingest or app."""
