"""Analyses: failure points, concentration, alternatives, questions, change over time. Imports measures and below."""
