"""Makes another world of the sample world: other ids, names and places, rows in another order, plants and decoys moved.

The network is laid over other firms of the same tier; contracts, deliveries, certificates and headcounts go to other
direct suppliers; owners go to other firms upstream. What must be found moves along, and the detectors are held to it.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

import yaml

from reasoning.identity.legal_forms import COMMON_FORMS, FORMS, SPELT

SAMPLE = Path(__file__).resolve().parents[2] / "ingest" / "world"
Table = list[dict[str, str]]
Tables = dict[str, Table]
Renaming = Mapping[str, str]

_ID = re.compile(r"[a-z]-\d+(?:-v\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLES = (
    "ba",
    "dor",
    "fen",
    "gil",
    "hux",
    "jam",
    "kev",
    "lor",
    "mun",
    "nex",
    "pol",
    "qua",
    "rith",
    "sol",
    "tav",
    "wen",
)
_KEPT = frozenset(
    {*FORMS, *COMMON_FORMS, *(word for form in SPELT for word in form), "sp", "o", "s", "r", "joint", "stock"}
)
_FIGURES = ("country_inform", "country_wgi")
_SIMILAR_OWNED = "f-062"  # owned by a firm of nearly its name: the two stay together


def shuffled(seed: int, target: Path, source: Path = SAMPLE) -> Path:
    """Write the world that `seed` makes of the one in `source` to the empty folder `target`."""
    rnd = Random(seed)
    tables = {path.stem: _read(path) for path in sorted(source.glob("*.csv"))}
    world = yaml.safe_load((source / "world.yaml").read_text())
    planted = yaml.safe_load((source / "planted.yaml").read_text())["findings"]
    moves = _moves(tables, world["buyer"].removeprefix("org:world-"), rnd)
    _move(tables, moves)
    for finding in planted:
        finding["subject"] = _moved_subject(finding, moves)
    _add_strangers(tables, rnd)
    ids = _new_ids(tables, rnd)
    _rename_firms(tables, rnd)
    _change_places(tables, rnd)
    _write_tables(tables, ids, target, rnd)
    for name, said in (("world", world), ("planted", {"findings": rnd.sample(planted, len(planted))})):
        text = _ID.sub(lambda match: ids.get(match[0], match[0]), yaml.safe_dump(said))
        (target / f"{name}.yaml").write_text(text)
    return target


def _read(path: Path) -> Table:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _moves(tables: Tables, buyer: str, rnd: Random) -> Mapping[str, Renaming]:
    """Who takes whose place: in the network by tier, in contracts the direct suppliers, in ownership all others."""
    tiers = _tiers([*tables["erp_purchases"], *tables["survey_supplies"]], buyer)
    by_tier = [sorted(firm for firm, tier in tiers.items() if tier == wanted) for wanted in range(1, 6)]
    network: dict[str, str] = {}
    for group in by_tier:
        network |= dict(zip(group, rnd.sample(group, len(group)), strict=True))
    direct = by_tier[0]
    # who owns others stays, or their blocking would spread to firms that were not planted
    staying = {_SIMILAR_OWNED, *(row["owner"] for row in tables["registry_ownership"])}
    owned = sorted({firm for group in by_tier[1:] for firm in group} - staying)
    return {
        "network": network,
        "contracts": dict(zip(direct, rnd.sample(direct, len(direct)), strict=True)),
        "ownership": dict(zip(owned, rnd.sample(owned, len(owned)), strict=True)),
    }


def _tiers(supplies: Table, buyer: str) -> dict[str, int]:
    tiers, wave = {buyer: 0}, {buyer}
    while wave:
        found = {row["supplier"] for row in supplies if row["customer"] in wave and not row["valid_to"]} - tiers.keys()
        tiers |= dict.fromkeys(found, 1 + max(tiers.values()))
        wave = found
    return tiers


def _move(tables: Tables, moves: Mapping[str, Renaming]) -> None:
    network, contracts, ownership = moves["network"], moves["contracts"], moves["ownership"]
    for name in ("erp_purchases", "survey_supplies"):
        _rewrite(tables[name], ("supplier", "customer"), network)
    for name in (
        "contract_parties",
        "contract_deliveries",
        "contract_norms",
        "deliveries_performance",
        "portal_performance",
    ):
        _rewrite(tables[name], ("party", "supplier", "customer", "owed_by", "owed_to"), contracts)
    _rewrite(tables["esg_certificates"], ("holder",), contracts)
    _rewrite(tables["playbooks"], ("applies_to",), contracts)
    _rewrite(tables["risks_register"], ("affects",), contracts)
    _rewrite(tables["registry_ownership"], ("owned",), ownership)
    _move_headcounts(tables, contracts)


def _move_headcounts(tables: Tables, contracts: Renaming) -> None:
    registry = {row["id"]: row for row in tables["registry_firms"]}
    before = {firm: registry[firm]["headcount"] for firm in contracts}
    for firm, other in contracts.items():
        registry[other]["headcount"] = before[firm]
    for row in tables["esg_firms"]:
        if row["id"] in contracts:
            row["id"] = contracts[row["id"]]
            row |= {name: registry[row["id"]][name] for name in ("name", "country", "address")}
            row["vat"] = row["vat"] and registry[row["id"]]["vat"]


def _rewrite(table: Table, columns: Iterable[str], renaming: Renaming) -> None:
    for row in table:
        for column in row.keys() & set(columns):
            row[column] = ";".join(renaming.get(part, part) for part in row[column].split(";"))


def _moved_subject(finding: Mapping[str, str], moves: Mapping[str, Renaming]) -> str:
    prefix, firm = finding["subject"].split(":world-")
    by_kind = {"hidden_single_point_of_failure": "network", "sanctioned_owner": "ownership"}
    # of the same firm's two records and of the firm with two countries nothing was moved: they are no direct suppliers
    return f"{prefix}:world-{moves[by_kind.get(finding['kind'], 'contracts')].get(firm, firm)}"


def _add_strangers(tables: Tables, rnd: Random) -> None:
    """Firms that the sample world does not know, some of them suppliers of what is not essential."""
    customers = sorted({row["customer"] for row in tables["survey_supplies"]})
    model = tables["survey_supplies"][0]
    for number in range(901, 913):
        stranger = {"id": f"f-{number}", "name": f"{_word(rnd)} {_word(rnd)} Ltd", "country": rnd.choice(["DE", "CN"])}
        tables["registry_firms"].append(stranger | {"address": "", "headcount": str(rnd.randrange(5, 900)), "vat": ""})
        if number % 2:
            row = {"supplier": stranger["id"], "customer": rnd.choice(customers), "product": "p-075", "essential": ""}
            tables["survey_supplies"].append(
                model | row | {"share_of_supply": "", "valid_to": "", "basis": "", "confidence": ""}
            )


def _new_ids(tables: Tables, rnd: Random) -> dict[str, str]:
    """New ids for all entities; what keeps its meaning in our code (clause types, risk categories) keeps its name."""
    columns = ("id", "version", "contract", "rule", "entry", "from", "owner")
    rows = (row for name, table in tables.items() if name != "regulation_clause_types" for row in table)
    old = sorted({row[column] for row in rows for column in columns if _ID.fullmatch(row.get(column) or "")})
    numbers = rnd.sample(range(1000, 9999), len(old))
    return {name: f"{_word(rnd)}.{number}" for name, number in zip(old, numbers, strict=True)}


def _word(rnd: Random) -> str:
    return "".join(rnd.choice(_SYLLABLES) for _ in range(3))


def _rename_firms(tables: Tables, rnd: Random) -> None:
    """Every word of a firm's name becomes another, the same everywhere; legal forms, case and plural endings stay."""
    words: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        word = match[0]
        if word.casefold() in _KEPT or len(word) < 3:
            return word
        stem = word.casefold().removesuffix("s")
        if stem not in words:
            words[stem] = _word(rnd)
        new = words[stem] + "s" * (word.casefold() != stem)
        return new.upper() if word.isupper() else new.capitalize()

    for name in ("registry_firms", "registry_persons", "erp_suppliers", "survey_firms", "esg_firms", "sanctions_list"):
        for row in tables[name]:
            row["name"] = _WORD.sub(renamed, row["name"])


def _change_places(tables: Tables, rnd: Random) -> None:
    """Every country becomes another one of those whose real figures are there; the figures stay where they belong."""
    codes = sorted({row["country"] for row in tables["country_inform"]})
    places = dict(zip(codes, rnd.sample(codes, len(codes)), strict=True))
    for name, table in tables.items():
        if name not in _FIGURES:
            _rewrite(table, ("country",), places)


def _write_tables(tables: Tables, ids: Renaming, target: Path, rnd: Random) -> None:
    for name, table in tables.items():
        columns: Sequence[str] = list(table[0])
        with (target / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rnd.sample(columns, len(columns)))
            writer.writeheader()
            for row in rnd.sample(table, len(table)):
                writer.writerow({column: _with_ids(row[column], ids) for column in columns})


def _with_ids(cell: str, ids: Renaming) -> str:
    return ";".join(ids.get(part, part) for part in cell.split(";"))
