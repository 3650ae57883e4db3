"""GraphQL types of the six exposure measures. Imports api.types.base."""
