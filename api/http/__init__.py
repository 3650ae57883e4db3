"""GraphQL over HTTP: application, middleware, transport. Imports api.graphql."""
