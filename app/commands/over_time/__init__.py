"""`tierscope series`, and the alerts reported before. Imports app.views and app.runtime."""
