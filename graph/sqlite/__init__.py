"""The embedded store: one SQLite file. Only `graph.connect` imports it."""
