"""The declared detectors, one a module: pure functions over the buyer's network in a snapshot and its contracts."""
