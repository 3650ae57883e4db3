"""M4 over a store. Imports reasoning.core.recovery.recovery and reasoning.exposure."""
