"""How kernels run: compilation, the executor port, cooperative cancellation. Imports nothing of ours."""
