"""Own risk of a firm: recorded, or assessed from evidence by declared methods. Imports reasoning.network."""
