"""GraphQL types of kinds of entities. Imports all other types."""
