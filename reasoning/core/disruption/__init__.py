"""M2 over arrays: sampled disruption probabilities and best paths. Imports core.graph and core.execution."""
