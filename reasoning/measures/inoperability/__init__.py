"""M5 over a store. Imports reasoning.core.linear and reasoning.exposure."""
