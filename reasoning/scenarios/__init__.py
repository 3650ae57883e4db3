"""What-if: named changes laid over a snapshot, never written to the store, and what they do to a buyer's exposure."""
