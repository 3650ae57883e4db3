"""`tierscope exposure`, one module a measure. Imports app.views and app.runtime."""
