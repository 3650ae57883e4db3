"""Facts and links near some entities, read from a store as they are needed. Imports network."""
