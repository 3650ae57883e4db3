"""A starter mapping: a commented YAML file guessed from the header of a user's CSV."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.mapping.source_spec import BLANK
from ingest.readers.sniffing import TableSample, date_format, number_form, sample_table
from ontology.ids import slug

_MEANINGS: Mapping[str, str] = {
    "contract_id": r"(contract|agreement).*(id|no|number|nr|ref)|^(contract|agreement)$",
    "title": r"title|subject|contract.*name|agreement.*name",
    "effective": r"effective|start|begin|(valid|date).*from|signed",
    "expires": r"expir|end|(valid|date).*(to|until)|terminat",
    "contract_kind": r"(contract|agreement).*(type|kind)",
    "supplier_id": r"(supplier|vendor|creditor|partner|company|firm).*(id|no|number|nr|code)$|^(id|no|number|nr)$",
    "lei": r"^lei",
    "vat": r"vat|ust",
    "duns": r"duns",
    "country": r"country|^land$|nation",
    "address": r"address|street|^city$",
    "supplier": r"supplier|vendor|creditor|company|firm|partner|^name$|counterparty",
    "amount": r"spend|amount|value|volume.*(eur|usd)|turnover|price|total|umsatz",
    "currency": r"currency|^ccy$",
    "product": r"product|material|item|category|commodity|goods|service",
    "date": r"date|day|period|year",
}


@dataclass(frozen=True, slots=True)
class _Guess:
    """The sample of a table, and which column has which meaning."""

    sample: TableSample
    columns: Mapping[str, str]

    def __contains__(self, meaning: str) -> bool:
        return meaning in self.columns

    def cell(self, meaning: str) -> str:
        """The expression of a column."""
        return quoted(f"${{{self.columns[meaning]}}}")

    def via(self, meaning: str, transforms: str) -> str:
        """The expression of a column through transforms."""
        return f"{{of: {self.cell(meaning)}, do: [{transforms}]}}"

    def date(self, meaning: str) -> str:
        """The expression of a date column."""
        form = date_format(self.sample.samples[self.columns[meaning]])
        return self.via(meaning, f"{{date: {quoted(form or BLANK)}}}")

    def number(self, meaning: str) -> str:
        """The expression of a number column."""
        return self.via(meaning, number_form(self.sample.samples[self.columns[meaning]]) or "number")


def quoted(text: str) -> str:
    """`text` as a YAML scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def make_starter(path: Path) -> str:
    """Guess a mapping for a CSV file. What only its owner knows stands as `FILL-IN`, and must be filled in.

    Raises:
        SourceFileError: The file cannot be read as CSV, or has no rows.
    """
    sample = sample_table(path)
    guess = _Guess(sample, _meanings(sample))
    blocks = _contract_blocks(guess) if _is_about_contracts(guess) else _supplier_blocks(guess)
    return "\n".join([*_head(path, guess), *_BUYER_BLOCK, *blocks, *_rest(guess)]) + "\n"


def _meanings(sample: TableSample) -> dict[str, str]:
    found: dict[str, str] = {}
    free = list(sample.samples)
    for meaning, pattern in _MEANINGS.items():
        column = next((name for name in free if re.search(pattern, name.strip().lower())), None)
        if column is not None and _fits(meaning, sample.samples[column]):
            found[meaning] = column
            free.remove(column)
    return found


def _fits(meaning: str, samples: Sequence[str]) -> bool:
    checks: Mapping[str, Callable[[Sequence[str]], object]] = {
        "amount": number_form,
        "effective": date_format,
        "expires": date_format,
        "date": date_format,
    }
    return meaning not in checks or bool(checks[meaning](samples))


def _is_about_contracts(guess: _Guess) -> bool:
    return "contract_id" in guess or ("title" in guess and ("effective" in guess or "expires" in guess))


def _head(path: Path, guess: _Guess) -> list[str]:
    name = slug(path.name.partition(".")[0]).replace("-", "_")
    return [
        f"# How the rows of {path.name} become claims; docs/mapping.md explains every word.",
        f"# Put in what you know for each {BLANK}, take away what does not fit, then look at it first:",
        f"#   tierscope load --mapping {name}.yaml --dry-run {path.name}",
        f"source: user.{name}    # the name under which its claims are kept",
        f"title: {quoted(path.name)}",
        "licence: internal",
        f"publisher: {BLANK}    # who wrote the table: your firm, your procurement department",
        f"uri: {quoted(f'file:{path.name}')}    # where it can be found again",
        "mode: snapshot    # a row that is gone closes its claims; append: it stays",
        "confidence: 0.9    # how sure the table is at most",
        "countries: {}    # spellings that ISO 3166 does not have, such as Holland: NL",
        "files:",
        "  table:",
        f"    path: {quoted(path.name)}",
        "    format: csv",
        f"    read: {{encoding: {guess.sample.encoding}, delimiter: {quoted(guess.sample.delimiter)}}}",
        '    "null": [n/a, N/A, "-"]    # texts that mean: nothing',
        "records:",
    ]


def _supplier(guess: _Guess) -> str:
    """The id of the supplier: by the user's own number, else by its name in the user's own scheme."""
    for meaning in ("supplier_id", "supplier", "title"):
        if meaning in guess:
            return f"{{ref: Organization, scheme: own, value: {guess.cell(meaning)}}}"
    return f'{{ref: Organization, scheme: own, value: {BLANK}}}    # which supplier: "${{Column}}"'


_BUYER = f"{{ref: Organization, scheme: own, value: {BLANK}}}    # your own firm, the same in all your tables"


_BUYER_BLOCK = [
    "  - name: buyer    # you",
    "    from: table",
    f"    let: {{buyer: {BLANK}}}    # your own firm's name or number, as below",
    "    group_by: [buyer]",
    "    make:",
    '      - "@type": Organization',
    '        id: {ref: Organization, scheme: own, value: "${buyer}"}',
    "        name: ${buyer}",
]


def _supplier_blocks(guess: _Guess) -> list[str]:
    key = next((guess.columns[each] for each in ("supplier_id", "supplier") if each in guess), BLANK)
    return [
        f"  - name: supplier    # one organisation for each {key}",
        "    from: table",
        f"    group_by: [{', '.join(_grouped(guess, key))}]",
        "    make:",
        '      - "@type": Organization',
        f"        id: {_supplier(guess)}",
        *_organization(guess),
        *_supply(guess, key),
    ]


def _grouped(guess: _Guess, key: str) -> list[str]:
    meanings = ("supplier", "country", "address", "lei", "vat", "duns")
    others = [guess.columns[each] for each in meanings if each in guess]
    return [quoted(name) for name in dict.fromkeys([key, *others])]


def _organization(guess: _Guess) -> list[str]:
    parts = [("name", "supplier"), ("lei", "lei"), ("vatId", "vat"), ("duns", "duns")]
    lines = [f"        {field}: {guess.cell(meaning)}" for field, meaning in parts if meaning in guess]
    if "country" in guess:
        lines.append(f"        country: {guess.via('country', 'region')}")
    if "address" in guess:
        lines.append(f"        addresses: [{guess.cell('address')}]")
    return lines


def _supply(guess: _Guess, key: str) -> list[str]:
    lets = [f"      year: {{of: {guess.date('date')}, do: [year]}}"] if "date" in guess else []
    group = [quoted(key)]
    group += [quoted(guess.columns[each]) for each in ("product", "currency") if each in guess]
    group += ["year"] if lets else []
    lines = [
        "  - name: supply    # who supplies you, one claim for all rows that share these",
        "    from: table",
        *(["    let:", *lets] if lets else []),
        f"    group_by: [{', '.join(group)}]",
        "    make:",
        '      - "@type": SupplyRelation',
        f"        supplier: {_supplier(guess)}",
        f"        customer: {_BUYER}",
    ]
    if "product" in guess:
        lines.append(f"        productGroup: {guess.cell('product')}")
    if "amount" in guess:
        lines.append(f"        annualSpend: {{of: {{sum: {guess.number('amount')}}}, do: [{{round: 2}}]}}")
        lines.append(f"        currency: {guess.cell('currency') if 'currency' in guess else 'EUR'}")
    if lets:
        lines += ["        validFrom: ${year}-01-01", "        validTo: ${year}-12-31"]
    return lines


def _contract_blocks(guess: _Guess) -> list[str]:
    key = next(guess.columns[each] for each in ("contract_id", "title") if each in guess)
    lines = [
        f"  - name: contract    # one contract for each {key}",
        "    from: table",
        f"    key: [{quoted(key)}]",
        "    make:",
        '      - "@type": Contract',
        f"        id: {{ref: Contract, scheme: own, value: {quoted(f'${{{key}}}')}}}",
        f"        title: {guess.cell('title') if 'title' in guess else quoted(f'${{{key}}}')}",
    ]
    if "effective" in guess:
        lines.append(f"        effectiveOn: {guess.date('effective')}")
    if "expires" in guess:
        lines.append(f"        expiresOn: {guess.date('expires')}")
    if "contract_kind" in guess:
        lines.append(f"        contractKind: [{guess.cell('contract_kind')}]")
    return [
        *lines,
        "        parties:",
        "          - role: supplier",
        f"            id: {_supplier(guess)}",
        "          - role: buyer",
        f"            id: {_BUYER}",
        f"        governs: [{_supplier(guess)}]    # whose deliveries it governs",
    ]


def _rest(guess: _Guess) -> list[str]:
    unused = [name for name in guess.sample.samples if name not in guess.columns.values()]
    if not unused:
        return []
    return [
        "# Columns that are not used yet:",
        *(
            f"#   {quoted(f'${{{name}}}')}  such as {', '.join(map(quoted, guess.sample.samples[name][:2]))}"
            for name in unused
        ),
    ]
