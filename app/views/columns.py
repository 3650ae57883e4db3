"""The columns of the tables of answers, in the vocabulary of the GraphQL schema.

A column shows one field of a GraphQL type under the field's name in words, or several fields under a heading of its
own. A test checks every column against the schema, so tables and `--json` share one vocabulary.
"""

import re
from dataclasses import dataclass

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        heading: The words above it.
        fields: The GraphQL fields that its cells show; a path such as `chain.entities` leads through types.
    """

    heading: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table.

    Attributes:
        type: The GraphQL type of what a row shows.
        columns: The columns, from left to right.
    """

    type: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        """The words above the columns."""
        return [column.heading for column in self.columns]


def in_words(field: str) -> str:
    """The name of a GraphQL field in words: `wholeLow` is "whole low"; of a path, the name of its last field."""
    return _CAPITAL.sub(" ", field.rpartition(".")[2]).lower()


def _columns(type_name: str, *specs: str | tuple[str, ...]) -> Columns:
    """Columns of a type: a name is one field; a tuple is a heading and the fields below it."""
    pairs = [(in_words(spec), (spec,)) if isinstance(spec, str) else (spec[0], spec[1:]) for spec in specs]
    return Columns(type_name, tuple(Column(heading, fields) for heading, fields in pairs))


_INTERVAL = ("interval", "low", "high")
_WHOLE_INTERVAL = ("whole interval", "wholeLow", "wholeHigh")

ENTITIES = _columns("Entity", "id", "kind", "name")
EXPOSURES = _columns("Exposure", "supplier", "tier", "score", _INTERVAL, "coverage", "paths")
CATEGORY_PARTS = _columns("CategoryPart", "category", "ownRisk", "score", "ownRisk.claims")
CATEGORY_TOTALS = _columns("CategoryTotal", "category", "score", "low", "high")
TIER_TOTALS = _columns("ExposurePoint", ("tier", "byTier"), ("score", "byTier"))
CHANCES = _columns(
    "Disruption",
    ("end", "low", "estimate", "high"),
    "estimate.lower",
    ("estimate ± two standard errors", "estimate.estimate", "estimate.error"),
    "estimate.upper",
)
CATEGORY_CHANCES = _columns(
    "Disruption",
    "category",
    ("low", "low.estimate"),
    ("estimate", "estimate.estimate"),
    ("high", "high.estimate"),
    "coverage",
)
FIRM_DISRUPTIONS = _columns("FirmDisruption", "firm", "tier", "low", "value", "high", ("own", "ownLow", "ownHigh"))
LOSSES = _columns(
    "ProductionLoss", "entity", "tier", "value", "observed", "undelivered", ("chain", "chain.source", "chain.hops")
)
LOSS_HOPS = _columns(
    "LossHop",
    "step",
    "customer",
    ("product", "product", "essential"),
    ("contributions: part × loss", "contributions.part", "contributions.loss"),
    "loss",
)
CLOSURES = _columns("Closure", "firm", "tier", "weight", "total", "downstream", "upstream")
FIRM_LOSSES = _columns("FirmLoss", "firm", "downstream", "upstream")
RECOVERY_STOPS = _columns("RecoveryStop", "entity", ("days", "days", "assumed"), "survival", "gap", "loss", "index")
RECOVERY_LIMITS = _columns("RecoveryLimit", "kind", "holder", "product", "amount", "worth", "claims")
RECOVERY_DELIVERIES = _columns("RecoveryDelivery", "giver", "taker", "units", "undisrupted")
GROUP_STOPS = _columns("GroupStop", "entity", "peak", "peakDay", "recovered", "daysLost", "networkLost", "lasting")
COURSE = _columns("GroupStop", ("day", "course"), ("inoperability", "course"))
FINDINGS = _columns("Finding", "kind", "text", "rule")
RECOMMENDATIONS = _columns(
    "Recommendation",
    "supplier",
    "clauseType",
    "rule",
    ("text", "text", "abstained"),
    ("claims and evidence", "claims", "evidence"),
)
CONFLICTS = _columns("Conflict", "subject", "predicate", "sides", "why")
WHAT_IF_TOTALS = _columns(
    "WhatIf",
    ("figure", "before.score", "before.low", "before.high", "before.wholeLow", "before.wholeHigh", "productionLoss"),
    "before",
    "after",
    "change",
)
EXPOSURE_CHANGES = _columns("ExposureChange", "supplier", "before", "after", "change", "causes", "causes.paths")
BRANCHES = _columns(
    "WhatIf",
    ("branch", "branch.name"),
    "branch.edits",
    ("before", "before.score"),
    ("after", "after.score"),
    "change",
    ("whole interval after", "after.wholeLow", "after.wholeHigh"),
    "productionLoss",
)
FAILURE_POINTS = _columns("FailurePoint", "entity", "tier", "hidden", "inputs", "stops", "chain", "claims")
FAILURE_PAIRS = _columns("FailurePair", "entities", "inputs", "stops", "claims")
CONCENTRATIONS = _columns(
    "Concentration",
    "by",
    "customer",
    "key",
    "part",
    "index",
    ("effective N", "effective"),
    ("sole or essential", "sole", "essential"),
    "holders",
)
QUESTIONS = _columns(
    "Question",
    "text",
    "tier",
    "hours",
    ("shrink", "shrink", "knownShrink"),
    "perHour",
    ("answers", "answers.text", "answers.low", "answers.high", "answers.knownLow", "answers.knownHigh"),
)
ALTERNATIVES = _columns(
    "Alternative",
    ("other", "other", "already"),
    "product",
    "customer",
    "share",
    ("before → after", "before", "after"),
    "change",
    ("whole interval after", "wholeLowAfter", "wholeHighAfter"),
    ("loss before → after", "lossBefore", "lossAfter"),
    "claims",
)
EXPOSURE_POINTS = _columns("ExposurePoint", "asOf", "score", _INTERVAL, _WHOLE_INTERVAL, "coverage", "byTier")
EXPOSURE_SHIFTS = _columns(
    "ExposureShift", "supplier", "before", "after", "change", ("began and ended", "began", "ended", "aged")
)
ALERTS = _columns("Alert", "key", "about", "text", ("since – until", "since", "until"), "way")
JUDGEMENTS = _columns("Judgement", "id", "left", "verdict", "right", "by", "why")
CLAIMS = _columns(
    "Claim", "id", "subject", "predicate", ("object or value", "object", "value"), "source", "validFrom", "validTo"
)
EVIDENCE = _columns("Evidence", "id", "document.name", "locator", "quote")

TABLES = (
    ENTITIES, EXPOSURES, CATEGORY_PARTS, CATEGORY_TOTALS, TIER_TOTALS, CHANCES, CATEGORY_CHANCES, FIRM_DISRUPTIONS,
    LOSSES, LOSS_HOPS, CLOSURES, FIRM_LOSSES, RECOVERY_STOPS, RECOVERY_LIMITS, RECOVERY_DELIVERIES, GROUP_STOPS, COURSE,
    FINDINGS, RECOMMENDATIONS, CONFLICTS, WHAT_IF_TOTALS, EXPOSURE_CHANGES, BRANCHES, FAILURE_POINTS, FAILURE_PAIRS,
    CONCENTRATIONS, QUESTIONS, ALTERNATIVES, EXPOSURE_POINTS, EXPOSURE_SHIFTS, ALERTS, JUDGEMENTS, CLAIMS, EVIDENCE,
)  # fmt: skip
