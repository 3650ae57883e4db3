"""The account of rows."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline.tally import RowState, Tally

_OUTCOMES = st.sampled_from([RowState.UNCHANGED, RowState.ACCEPTED, RowState.QUARANTINED])


def test_nothing_was_read() -> None:
    assert (Tally().total, Tally().rows("a"), Tally().count(RowState.READ)) == (0, 0, 0)


@given(st.dictionaries(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 9000)), st.lists(_OUTCOMES, min_size=1)))
def test_every_row_ends_in_the_greatest_of_its_states(outcomes: dict[tuple[str, int], list[RowState]]) -> None:
    tally = Tally()
    for file, number in outcomes:
        tally.read(file, number)
    for (file, number), states in outcomes.items():
        for state in states:
            tally.mark(file, [number], state)
    assert tally.total == len(outcomes)
    for state in (RowState.UNCHANGED, RowState.ACCEPTED, RowState.QUARANTINED):
        assert tally.count(state) == sum(max(states) == state for states in outcomes.values())
    assert tally.rows("a") == sum(file == "a" for file, _ in outcomes)
