"""A store's supply network as arrays in files: built in bounded memory, memory-mapped, updated, checked when opened."""
