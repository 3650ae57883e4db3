"""The reasoning service: every answer over one store, each made once. Imports all of reasoning below it."""
