"""M4 over arrays: the linear program of time to recover and time to survive. Imports core.graph."""
