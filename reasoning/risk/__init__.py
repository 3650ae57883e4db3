"""A firm's own risk: recorded, or assessed from evidence by declared methods. Imports reasoning.network."""
