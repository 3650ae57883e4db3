import json
from dataclasses import dataclass

from app.runtime.output import plain, print_error, print_json, print_table
from ontology.errors import InputError


@dataclass(frozen=True)
class Thing:
    some_name: str
    parts: tuple[int, ...]


def test_fields_are_written_in_camel_case_and_keys_of_data_stay():
    assert plain({"a_b": Thing("x", (1, 2))}) == {"a_b": {"someName": "x", "parts": [1, 2]}}


def test_json_is_one_document_in_full_unicode(capsys):
    print_json({"name": "Côte d'Ivoire"})
    out = capsys.readouterr().out
    assert json.loads(out) == {"name": "Côte d'Ivoire"}
    assert "Côte" in out


def test_a_table_obeys_no_markup_of_a_source(capsys):
    print_table("T", ["name"], [["[bold red]evil[/bold red]"]], empty="")
    assert "[bold red]evil[/bold red]" in capsys.readouterr().out


def test_an_empty_table_says_why(capsys):
    print_table("T", ["name"], [], empty="Nothing holds these words.")
    assert capsys.readouterr().out == "Nothing holds these words.\n"


def test_an_error_prints_code_details_and_fix(capsys):
    print_error(InputError("row 7 is short", fix="add the column", row=7, empty=""))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["BAD_INPUT: row 7 is short", "  row: 7", "Fix: add the column"]


def test_an_error_for_a_program_is_json(capsys):
    print_error(InputError("no", fix="yes", row=7), as_json=True)
    error = json.loads(capsys.readouterr().err)["error"]
    assert error == {"code": "BAD_INPUT", "message": "no", "fix": "yes", "details": {"row": 7}}
