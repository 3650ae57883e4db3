"""Combining figures: the greatest that holds, never a mean of confidences; unknown where none does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.assessing.assessment import Figure, combined
from reasoning.assessing.certainty import Certainty, known

UNIT = st.floats(0, 1)
SURE = st.tuples(UNIT, UNIT, UNIT).map(lambda three: Certainty(*sorted(three)))
FIGURES = st.builds(
    lambda three, sure: Figure(three[0], three[1], three[2], sure), st.tuples(UNIT, UNIT, UNIT).map(sorted), SURE
)
