"""Supply networks as arrays: tiers, dominators, cuts. Imports nothing of ours."""
