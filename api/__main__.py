"""`python -m api` writes `api/schema.graphql` anew."""

from pathlib import Path

from api.schema import sdl

Path(__file__).with_name("schema.graphql").write_text(sdl(), encoding="utf-8")
