"""M1 over a store: snapshot, scores with paths and interval, explanation. Imports reasoning.risk and below."""
