"""Every option of `tierscope exposure` changes the answer of a measure that reads it, and is refused by the others."""

import inspect
from dataclasses import fields

import pytest

from app.commands.exposure.request import cut_note
from app.commands.options import spelled
from app.commands.queries import exposure
from app.jobs.world import SAMPLE, read_world
from reasoning.measures.catalogue import MEASURES, Measure
from reasoning.measures.options import ROWS
from tests.app.documents import nodes
from tests.public_data import ROOT
from tests.reasoning.measures.bicycles import BUYER as BICYCLES

BUYER = read_world(SAMPLE).buyer
COMMON = {"context", "organization", "measure", "plot", "store", "buyer", "as_of", "known_at", "as_json"}

# What is typed of each option, so that an answer over the stores of these tests changes; a flag has no value.
TYPED: dict[str, tuple[str, ...]] = {
    "category": ("cyber",),
    "stop_probability": ("0.5",),
    "days": ("7.5",),
    "explain": (),
    "top": ("3",),
    "paths": ("1",),
}
OPTIONS = sorted({name for measure in MEASURES for name in measure.reads})


def test_the_command_has_the_options_of_all_measures_and_no_others():
    assert set(inspect.signature(exposure).parameters) - COMMON == set(OPTIONS)
    assert {"by", *TYPED} == set(OPTIONS)


@pytest.fixture
def asked(tierscope, ask_any, bicycle_store):
    """Runs `tierscope exposure` for a measure, over a store that has what it is made from."""

    def run(measure: str, *words: str):
        if measure == "recovery":
            return tierscope("exposure", BICYCLES, "--measure", measure, *words, "--store", bicycle_store)
        return ask_any(BUYER, "--measure", measure, *words)

    return run


def answers(asked, measure, *words):
    """The tables and the document."""
    both = [asked(measure, *words), asked(measure, *words, "--json")]
    assert [ran.code for ran in both] == [0, 0], both[0].err
    return [ran.out for ran in both]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_an_option_changes_the_answer_or_is_refused_by_name(asked, measure: Measure):
    usual = answers(asked, measure.name)
    for name, value in TYPED.items():
        words = (spelled(name), *value)
        if name in measure.reads:
            assert answers(asked, measure.name, *words) != usual, words
            continue
        ran = asked(measure.name, *words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"BAD_INPUT: {measure.name} does not read {spelled(name)}\n")
        told = ran.err.split("Fix: ")[1]
        assert told.startswith(f"{measure.name} takes {', '.join(map(spelled, measure.reads))}; ")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_each_grouping_is_another_answer(asked, measure: Measure):
    found = [asked(measure.name, "--by", by, "--json").out for by in measure.groupings]
    assert all(found)
    assert len(set(found)) == len(measure.groupings)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("--by", "category", "--category", "cyber"), "leontief by category does not read --category"),
        (("--by", "tier", "--paths", "2"), "leontief by tier does not read --paths"),
        (("org:world-f-054", "--top", "2"), "leontief of one entity does not read --top"),
        (("org:world-f-054", "--by", "tier"), "leontief of one entity does not read --by"),
        (
            ("--measure", "disruption", "--by", "category", "--category", "cyber"),
            "disruption by category does not read --category",
        ),
        (("org:world-f-054", "--measure", "loss", "--top", "2"), "loss of one entity does not read --top"),
        (("org:world-f-054", "--measure", "systemic", "--top", "2"), "systemic of one entity does not read --top"),
        (("org:world-f-054", "--measure", "inoperability", "--top", "2"), "inoperability of one entity does not read"),
    ],
)
def test_an_option_that_one_kind_of_request_does_not_read_is_refused(ask, words, refused):
    ran = ask(*words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"BAD_INPUT: {refused}")


def test_the_paths_of_one_supplier_are_cut_and_the_rest_is_the_remainder(ask):
    whole = ask("org:world-f-060", "--json").document["explain"]["exposure"]
    assert len(whole["paths"]) > 2
    one = ask("org:world-f-060", "--paths", "2", "--json").document["explain"]["exposure"]
    assert one["paths"] == whole["paths"][:2]
    assert sum(path["contribution"] for path in one["paths"]) + one["remainder"] == pytest.approx(one["score"])
    none = ask("org:world-f-060", "--paths", "0", "--json").document["explain"]["exposure"]
    assert (none["paths"], none["remainder"]) == ([], pytest.approx(whole["score"]))


def test_tables_show_as_many_paths_as_were_asked_for(ask):
    few, many = (ask("org:world-f-060", "--paths", paths).out.count(" → ") for paths in ("1", "3"))
    assert few < many


@pytest.mark.parametrize("name", ["loss", "systemic"])
def test_every_row_that_is_listed_is_explained_where_that_is_asked_for(ask, name):
    words = ("--measure", name, "--top", "40", "--explain", "--json")
    field = {"loss": "productionLosses", "systemic": "systemic"}[name]
    rows = nodes(ask(*words).document[field])
    assert len(rows) > ROWS
    assert all(row["chain"] if name == "loss" else row["losses"] for row in rows)


def test_more_stops_are_followed_where_more_rows_are_asked_for(ask):
    words = ("--measure", "inoperability", "--by", "supplier", "--json")
    few, many = (ask(*words, "--top", top).document["inoperability"] for top in ("20", "200"))
    assert (len(few["stops"]["edges"]), few["stops"]["totalCount"], few["leftOut"]) == (20, 50, 52)
    assert (len(many["stops"]["edges"]), many["leftOut"]) == (102, 0)


def test_defaults_stand_in_the_help(tierscope):
    told = " ".join(tierscope("exposure", "--help").out.replace("│", " ").split())
    for measure in MEASURES:
        for field in fields(measure.options):  # type: ignore[arg-type]
            if isinstance(field.default, float | int) and not isinstance(field.default, bool):
                assert f"Default: {field.default:g}" in told, field.name


def test_the_page_lists_the_options_of_each_measure():
    table = (ROOT / "docs/exposure.md").read_text().partition("| | `--by` | others")[2].partition("\n\n")[0]
    cells = {name.strip(" `"): rest for _, name, *rest in (row.split("|") for row in table.splitlines()[2:])}
    assert cells.keys() == {measure.name for measure in MEASURES}
    for measure in MEASURES:
        by, others, *_ = cells[measure.name]
        assert by.strip() == ", ".join(measure.groupings)
        assert others.strip() == ", ".join(f"`{spelled(name)}`" for name in measure.reads if name != "by")


def test_a_table_that_is_cut_says_so():
    assert cut_note(range(ROWS)) == ""
    assert cut_note(range(ROWS + 1)) == f"; the first {ROWS} of {ROWS + 1}"
