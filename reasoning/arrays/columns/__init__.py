"""The columns: the arrays of a store, in memory and in files, and what they are laid out as. Imports core and risk."""
