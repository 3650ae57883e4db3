"""Measurements that anyone can repeat: `python -m benchmarks.<name>`. Not imported by the product."""
