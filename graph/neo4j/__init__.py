"""The server store: Neo4j Community 5.26 LTS and newer. Only `graph.connect` imports it."""
