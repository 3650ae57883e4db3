"""Loading a source; then quarantine, retraction, verification. Imports every other floor of ingest."""
