"""Mutation testing: small faults are put into a copy of a room, and its tests have to notice them."""
