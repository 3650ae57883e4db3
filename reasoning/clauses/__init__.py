"""Clauses: library, embedding, ranking, recommendation. Imports reasoning.exposure, reasoning.contracts and below."""
