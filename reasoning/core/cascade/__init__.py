"""M3 over arrays: the exact cascade of production losses. Imports core.graph and core.execution."""
