"""Answers for people: tables and pictures. Imports app.runtime and reasoning."""
