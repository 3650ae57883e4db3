"""`python -m api` writes `api/schema.graphql`; `--breaking` permits changes that break clients."""

import sys
from pathlib import Path

from api.graphql.breaking_changes import breaking
from api.graphql.schema import sdl


def write(file: Path, *, allowed: bool) -> list[str]:
    """Write the schema to `file`, unless that breaks clients and is not allowed.

    Returns the breaking changes in words.
    """
    now = sdl()
    broken = breaking(file.read_text(encoding="utf-8"), now) if file.exists() else []
    if allowed or not broken:
        file.write_text(now, encoding="utf-8")
    return broken


if __name__ == "__main__":
    allowed = sys.argv[1:] == ["--breaking"]
    broken = write(Path(__file__).with_name("schema.graphql"), allowed=allowed)
    sys.stderr.write("".join(f"breaks clients: {change}\n" for change in broken))
    sys.exit(1 if broken and not allowed else 0)
