"""Drafts become ledger entries: records are validated, then decomposed into claims, or refused. Imports mapping."""
