"""GraphQL types of findings, recommendations and analyses. Imports api.types.base."""
