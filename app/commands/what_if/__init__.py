"""`tierscope whatif`: changes, saved branches, runs. Imports app.views and app.runtime."""
