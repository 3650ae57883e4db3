"""GraphQL types of classes of entities. Imports all other types."""
