"""M3 over a store. Imports reasoning.core.cascade.cascade and reasoning.scenarios."""
