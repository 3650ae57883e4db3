"""Breaking changes between two versions of the schema."""

from graphql import build_schema, find_breaking_changes


def breaking(before: str, after: str) -> list[str]:
    """The changes that break clients of the earlier schema, in words; empty if there are none."""
    found = find_breaking_changes(build_schema(before), build_schema(after))
    return sorted(change.description for change in found)
