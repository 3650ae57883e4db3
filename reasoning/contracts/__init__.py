"""Contracts in force, and the obligations in them. Imports reasoning.network."""
