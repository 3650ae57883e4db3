"""Measures of a buyer's exposure over a snapshot, each with a verification; the formulas are in `core`."""
