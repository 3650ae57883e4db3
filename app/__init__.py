"""Assembles, configures, commands. May import every room; nothing imports it."""
