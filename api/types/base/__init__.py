"""GraphQL types that every other type uses: entities, evidence, pages, scalars. Imports api.request."""
