"""The assessment methods, one a module, each with its source. Imports reasoning.risk and reasoning.network."""
