"""Building arrays from a whole store, column by column. Imports columns."""
