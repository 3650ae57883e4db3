"""Snapshots over arrays that are cached between runs: how large stores are read. Imports update and below."""
