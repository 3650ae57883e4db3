"""What a command does not read in the form that it was typed in is refused by name, never ignored."""

import pytest

from app.commands.analyses import whatif
from app.commands.options import spelled
from tests.api.small_world import make_store

EDITS = ("stop", "drop", "add", "share", "confirm", "close", "risk", "stock")


@pytest.fixture
def command(tierscope, tmp_path):
    """Runs a command; a small store lies where it looks for one."""
    folder = tmp_path / "data" / "tierscope"
    folder.mkdir(parents=True)
    make_store(folder).close()
    (folder / "world.db").rename(folder / "tierscope.db")
    return tierscope


BRANCHLESS = {
    **{spelled(edit): ("x",) for edit in EDITS},
    "--keep": ("x",),
    "--note": ("x",),
    "--top": ("3",),
    "--store": ("sqlite:///x.db",),
    "--buyer": ("org:x",),
    "--as-of": ("2026-01-01",),
    "--known-at": ("2026-01-01",),
}


def test_the_table_has_every_option_of_whatif():
    others = {"context", "branches", "listing", "delete", "as_json"}
    assert {spelled(name) for name in whatif.__annotations__ if name not in {*others, "return"}} == set(BRANCHLESS)


@pytest.mark.parametrize("form", [("--list",), ("--delete", "kept")])
@pytest.mark.parametrize("option", [*BRANCHLESS, "BRANCHES"])
def test_listing_and_deleting_branches_read_nothing_else(command, form: tuple[str, ...], option: str):
    words = ("kept",) if option == "BRANCHES" else (option, *BRANCHLESS[option])
    ran = command("whatif", *form, *words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"BAD_INPUT: whatif {form[0]} does not read {option}\n")
    assert f"whatif {form[0]} reads {form[0]}, --json" in ran.err


REFUSED = [
    (("whatif", "--list", "--delete", "kept"), "whatif --list does not read --delete", "--list, --json"),
    (("whatif", "one", "two", "--top", "3"), "whatif of several branches does not read --top", "one branch"),
    (("whatif", "--stop", "org:t-one", "--note", "x"), "whatif without --keep does not read --note", "--keep NAME"),
    (("series", "2026-01-01", "--top", "3"), "series without --changes does not read --top", "--changes"),
    (("series", "2026-01-01", "--alerts", "--top", "3"), "series without --changes does not read --top", "--changes"),
    (("exposed", "--for", "3"), "exposed without --follow does not read --for", "--follow"),
    (("exposed", "--follow", "--known-at", "2026-01-01"), "exposed --follow does not read --known-at", "leave it out"),
    (("demo", "--once", "--port", "0"), "demo --once does not read --port", "serves nothing"),
    (("show", "clm:0", "--as-of", "2026-01-01"), "show of a claim does not read --as-of", "all versions"),
    (("show", "clm:0", "--known-at", "2026-01-01"), "show of a claim does not read --known-at", "all versions"),
    (("show", "jdg:0", "--as-of", "2026-01-01"), "show of a judgement does not read --as-of", "no time in the world"),
]


@pytest.mark.parametrize(("words", "refused", "fix"), REFUSED, ids=[" ".join(words) for words, *_ in REFUSED])
def test_what_one_form_of_a_command_does_not_read_is_refused(command, words, refused, fix):
    ran = command(*words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"BAD_INPUT: {refused}\n")
    assert fix in ran.err.split("Fix: ")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("whatif", "--stop", "org:t-one", "--keep", "kept", "--note", "why", "--top", "3"),
        ("series", "2026-01-01", "2026-02-01", "--changes", "--top", "3"),
        ("show", "org:t-one", "--as-of", "2026-01-01"),
        ("show", "evd:0", "--as-of", "2026-01-01"),
        ("show", "jdg:0", "--known-at", "2026-01-01"),
        ("concentration", "--by", "input", "--top", "3"),
        ("search", "one", "--kind", "Organization"),
        ("exposed", "--top", "3", "--known-at", "2026-03-02"),
    ],
)
def test_what_is_read_is_not_refused(command, monkeypatch, words):
    monkeypatch.setenv("TIERSCOPE_BUYER", "org:t-buyer")
    ran = command(*words)
    assert "does not read" not in ran.err
    assert (ran.code == 0) is (words[0] != "show" or words[1] == "org:t-one"), ran.err


@pytest.mark.parametrize(
    ("words", "refused", "fix"),
    [
        (("search", "one", "--kind", "Firm"), "there is no kind Firm", "Organization"),
        (("concentration", "--by", "colour"), "there is no concentration by colour", "input, all, product, tier"),
    ],
)
def test_a_value_that_nothing_can_have_is_refused_with_those_that_there_are(command, monkeypatch, words, refused, fix):
    monkeypatch.setenv("TIERSCOPE_BUYER", "org:t-buyer")
    ran = command(*words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"BAD_INPUT: {refused}\n")
    assert fix in ran.err.split("Fix: ")[1]
