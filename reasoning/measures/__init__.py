"""Measures of a buyer's exposure over a store's snapshot, each with what recomputes it; formulas are in `core`."""
