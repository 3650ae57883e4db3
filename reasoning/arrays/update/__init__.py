"""Updating arrays by the change feed: what changes touch is read again, all else is kept. Imports build and below."""
