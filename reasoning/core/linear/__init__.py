"""Linear measures over arrays: M1 with bounds, paths and updates; M5; M6. Imports core.graph and core.execution."""
