"""M2 over a store. Imports reasoning.core.disruption and reasoning.exposure."""
