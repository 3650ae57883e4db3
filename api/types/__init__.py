"""The GraphQL types, one subject a module. Floors: base, then analyses and measures, then entities."""
