"""The large public sets: read where they lie beside the checkout, left out (and said so) where they do not."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PUBLIC_DATA = ROOT.parent / "shared" / "data"

needs_public_data = pytest.mark.public_data
