"""The embedded store: one SQLite file. Reached through `graph.connect` only."""
