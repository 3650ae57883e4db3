"""What a change of the schema does to clients that were written against the one before."""

from graphql import build_schema, find_breaking_changes


def breaking(before: str, after: str) -> list[str]:
    """What was removed or narrowed between two schemas in schema language, in words; empty where no client breaks."""
    found = find_breaking_changes(build_schema(before), build_schema(after))
    return sorted(change.description for change in found)
