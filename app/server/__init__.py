"""The server process and its warm-up. Imports app.runtime and api."""
