"""The mapping language: a source's YAML file, compiled to functions that make drafts of rows. Imports readers."""
