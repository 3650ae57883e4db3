"""What-if: named changes laid over a snapshot, never written to the store, and their effect on a buyer's exposure."""
