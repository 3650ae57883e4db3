"""Waiting in tests: no result may depend on how fast the machine is."""

HANG = 600.0  # seconds after which what a test waits for is taken to hang; what works is there long before
