"""Formulas: arrays in, arrays out; no clock, ids, logging or store. May import nothing of ours."""
