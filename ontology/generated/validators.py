"""Record validators. Written by `python -m ontology.compile`; not to be edited."""

# fmt: off
# ruff: noqa: E501

import re
from collections.abc import Mapping

from ontology.generated.model import RECORDS
from ontology.model import Fault
from ontology.validation import Checker, KindOf, Problem, Record, conforms, faults, is_date, is_instant, is_text, nested


def _basis(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("observed", "inferred", "confirmed"):
        return ("in", "be one of observed, inferred, confirmed")
    return None


def _code_version(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if len(value) < 1:
        return ("minLength", "have at least 1 characters")
    return None


def _confidence(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value < 0:
        return ("minInclusive", "be at least 0")
    if value > 1:
        return ("maxInclusive", "be at most 1")
    return None


_PATTERN_ENDED_AT = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")


def _ended_at(value: object, _: KindOf) -> Problem | None:
    if not is_instant(value):
        return ("datatype", "be an instant that exists, written like 2026-03-01T09:30:00Z")
    if _PATTERN_ENDED_AT.search(value) is None:
        return ("pattern", "match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    return None


_KINDS_ACTIVITY = frozenset(("Activity",))


def _id(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_ACTIVITY:
        return ("class", "name an entity of kind Activity")
    return None


def _locator(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if len(value) < 2:
        return ("minLength", "have at least 2 characters")
    return None


_PATTERN_PARAMETERS_HASH = re.compile(r"^[0-9a-f]{64}\Z")


def _parameters_hash(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_PARAMETERS_HASH.search(value) is None:
        return ("pattern", "match ^[0-9a-f]{64}$")
    return None


_KINDS_AGENT = frozenset(("Agent",))


def _performed_by(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_AGENT:
        return ("class", "name an entity of kind Agent")
    return None


def _review(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("proposed", "accepted", "rejected"):
        return ("in", "be one of proposed, accepted, rejected")
    return None


_PATTERN_VALID_FROM = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?\Z")


def _valid_from(value: object, _: KindOf) -> Problem | None:
    if not is_date(value):
        return ("datatype", "be a day that exists, written like 2026-03-01")
    return None


def _valid_from_2(value: object, _: KindOf) -> Problem | None:
    if not is_instant(value):
        return ("datatype", "be an instant that exists, written like 2026-03-01T09:30:00Z")
    return None


def _valid_from_3(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str or _PATTERN_VALID_FROM.search(value) is None:
        return ("pattern", "match ^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$")
    if not ((_valid_from(value, kind_of) is None) or (_valid_from_2(value, kind_of) is None)):
        return ("or", "be a day that exists, written like 2026-03-01, or be an instant that exists, written like 2026-03-01T09:30:00Z")
    return None


_PATTERN_VALID_TO = re.compile(r"^([0-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?\Z")


def _valid_to(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str or _PATTERN_VALID_TO.search(value) is None:
        return (
    "pattern",
    "match ^([0-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$",
)
    if not ((_valid_from(value, kind_of) is None) or (_valid_from_2(value, kind_of) is None)):
        return ("or", "be a day that exists, written like 2026-03-01, or be an instant that exists, written like 2026-03-01T09:30:00Z")
    return None


_ACTIVITY = Checker(
    name="Activity",
    fields={"@type": (None, -1), "basis": (_basis, 1), "codeVersion": (_code_version, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "endedAt": (_ended_at, 1), "id": (_id, 1), "locator": (_locator, 1), "name": (_code_version, 1), "parametersHash": (_parameters_hash, 1), "performedBy": (_performed_by, -1), "remarks": (_code_version, -1), "review": (_review, 1), "startedAt": (_ended_at, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("startedAt", "lessThanOrEquals", "endedAt", "be at most endedAt, written the same way"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _agent_kind(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("human", "software"):
        return ("in", "be one of human, software")
    return None


_IDENTIFIER = Checker(
    name="Identifier",
    fields={"scheme": (_code_version, 1), "value": (_code_version, 1)},
    required=(("scheme", 1), ("value", 1)),
    closed=True,
)


def _identifiers(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_IDENTIFIER, value, kind_of)) is not None:
        return problem
    return None


_AGENT = Checker(
    name="Agent",
    fields={"@type": (None, -1), "agentKind": (_agent_kind, 1), "basis": (_basis, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_performed_by, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_PLAYBOOK_POLICY_RULE = frozenset(("Playbook", "Policy", "Rule"))


def _rule(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_PLAYBOOK_POLICY_RULE:
        return ("class", "name an entity of kind Playbook or Policy or Rule")
    return None


_KINDS_CONTRACT_ORGANIZATION_PRODUCT_CATEGORY_REGION_RISK_CATEGORY = frozenset(("Contract", "Organization", "ProductCategory", "Region", "RiskCategory"))


def _target(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_CONTRACT_ORGANIZATION_PRODUCT_CATEGORY_REGION_RISK_CATEGORY:
        return ("class", "name an entity of kind Contract or Organization or ProductCategory or Region or RiskCategory")
    return None


_APPLICABILITY = Checker(
    name="Applicability",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "rule": (_rule, 1), "target": (_target, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("rule", 1), ("target", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_ASSESSMENT = frozenset(("Assessment",))


def _id_2(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_ASSESSMENT:
        return ("class", "name an entity of kind Assessment")
    return None


_PATTERN_METHOD = re.compile(r"^[^@]+@[^@]+\Z")


def _method(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_METHOD.search(value) is None:
        return ("pattern", "match ^[^@]+@[^@]+$")
    return None


def _high(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    return None


_INTERVAL = Checker(
    name="Interval",
    fields={"high": (_high, 1), "low": (_high, 1), "value": (_high, 1)},
    required=(("value", 1),),
    pairs=(
    ("low", "lessThanOrEquals", "value", "be at most value, written the same way"),
    ("value", "lessThanOrEquals", "high", "be at most high, written the same way"),
),
    closed=True,
)


def _score(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_INTERVAL, value, kind_of)) is not None:
        return problem
    return None


def _subject(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) == "":
        return ("class", "name an entity of kind Entity")
    return None


_ASSESSMENT = Checker(
    name="Assessment",
    fields={"@type": (None, -1), "assessedAt": (_ended_at, 1), "basis": (_basis, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_id_2, 1), "inputsHash": (_parameters_hash, 1), "locator": (_locator, 1), "method": (_method, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "score": (_score, 1), "subject": (_subject, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("assessedAt", 1), ("id", 1), ("inputsHash", 1), ("method", 1), ("score", 1), ("subject", 1)),
    pairs=(
    ("subject", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _kind(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("alias", "weak"):
        return ("in", "be one of alias, weak")
    return None


_PATTERN_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8})*\Z", re.IGNORECASE)


def _language(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_LANGUAGE.search(value) is None:
        return ("pattern", "match ^[a-z]{2,3}(-[a-z0-9]{2,8})*$")
    return None


_ALIAS = Checker(
    name="Alias",
    fields={"kind": (_kind, 1), "language": (_language, 1), "value": (_code_version, 1)},
    required=(("value", 1),),
    closed=True,
)


def _aliases(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_code_version(value, kind_of) is None) or conforms(_ALIAS, value, kind_of)):
        return ("or", "be text and have at least 1 characters, or be an object (Alias)")
    return None


_KINDS_REGION = frozenset(("Region",))


def _countries(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_REGION:
        return ("class", "name an entity of kind Region")
    return None


_KINDS_ASSET = frozenset(("Asset",))


def _id_3(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_ASSET:
        return ("class", "name an entity of kind Asset")
    return None


def _latitude(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value < -90:
        return ("minInclusive", "be at least -90")
    if value > 90:
        return ("maxInclusive", "be at most 90")
    return None


_KINDS_REGION_SITE = frozenset(("Region", "Site"))


def _located_at(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_REGION_SITE:
        return ("class", "name an entity of kind Region or Site")
    return None


_PLACE = Checker(
    name="Place",
    fields={"address": (_code_version, 1), "id": (_located_at, 1)},
    required=(("id", 1),),
    closed=True,
)


_KINDS_SITE = frozenset(("Site",))


def _located_at_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_located_at(value, kind_of) is None) or conforms(_PLACE, value, kind_of)):
        return (
    "or",
    "be the id of an entity and name an entity of kind Region and name an entity of kind Site, or be an object (Place)",
)
    return None


def _longitude(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value < -180:
        return ("minInclusive", "be at least -180")
    if value > 180:
        return ("maxInclusive", "be at most 180")
    return None


_LISTING = Checker(
    name="Listing",
    fields={"entry": (_code_version, 1), "programme": (_code_version, 1), "value": (_code_version, 1)},
    required=(("value", 1),),
    closed=True,
)


def _sanctions(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_code_version(value, kind_of) is None) or conforms(_LISTING, value, kind_of)):
        return ("or", "be text and have at least 1 characters, or be an object (Listing)")
    return None


_ASSET = Checker(
    name="Asset",
    fields={"@type": (None, -1), "addresses": (_code_version, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "countries": (_countries, -1), "country": (_countries, 1), "description": (_code_version, 1), "id": (_id_3, 1), "identifiers": (_identifiers, -1), "latitude": (_latitude, 1), "locatedAt": (_located_at_2, -1), "locator": (_locator, 1), "longitude": (_longitude, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "sanctions": (_sanctions, -1), "status": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_ORGANIZATION = frozenset(("Organization",))


def _by(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_ORGANIZATION:
        return ("class", "name an entity of kind Organization")
    return None


_KINDS_BREACH = frozenset(("Breach",))


def _id_4(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_BREACH:
        return ("class", "name an entity of kind Breach")
    return None


_KINDS_NORM = frozenset(("Exclusion", "Norm", "Obligation", "Permission", "Power", "Prohibition"))


def _of(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_NORM:
        return ("class", "name an entity of kind Norm")
    return None


_BREACH = Checker(
    name="Breach",
    fields={"@type": (None, -1), "basis": (_basis, 1), "by": (_by, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "detectedAt": (_ended_at, 1), "id": (_id_4, 1), "locator": (_locator, 1), "name": (_code_version, 1), "of": (_of, 1), "outcome": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("detectedAt", 1), ("id", 1), ("of", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_ORGANIZATION_SITE = frozenset(("Organization", "Site"))


def _subject_2(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ORGANIZATION_SITE:
        return ("class", "name an entity of kind Organization or Site")
    return None


def _value(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value < 0:
        return ("minInclusive", "be at least 0")
    return None


_CAPACITY = Checker(
    name="Capacity",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject_2, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_value, 1)},
    required=(("subject", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_CERTIFICATION = frozenset(("Certification",))


def _certification(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CERTIFICATION:
        return ("class", "name an entity of kind Certification")
    return None


_KINDS_PRODUCT_PRODUCT_CATEGORY_SITE = frozenset(("Product", "ProductCategory", "Site"))


def _covered(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_PRODUCT_PRODUCT_CATEGORY_SITE:
        return ("class", "name an entity of kind Product or ProductCategory or Site")
    return None


_CERTIFICATE_COVERAGE = Checker(
    name="CertificateCoverage",
    fields={"@type": (None, -1), "basis": (_basis, 1), "certification": (_certification, 1), "confidence": (_confidence, 1), "covered": (_covered, 1), "locator": (_locator, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("certification", 1), ("covered", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_CERTIFICATE_HOLDING = Checker(
    name="CertificateHolding",
    fields={"@type": (None, -1), "basis": (_basis, 1), "certification": (_certification, 1), "confidence": (_confidence, 1), "holder": (_subject_2, 1), "locator": (_locator, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("certification", 1), ("holder", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


def _certificate_status(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("active", "suspended", "withdrawn", "expired"):
        return ("in", "be one of active, suspended, withdrawn, expired")
    return None


_KINDS_RISK_CATEGORY = frozenset(("RiskCategory",))


def _mitigates(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_RISK_CATEGORY:
        return ("class", "name an entity of kind RiskCategory")
    return None


_MITIGATED_CATEGORY = Checker(
    name="MitigatedCategory",
    fields={"effect": (_confidence, 1), "id": (_mitigates, 1), "rule": (_code_version, 1), "threshold": (_confidence, 1)},
    required=(("id", 1),),
    closed=True,
)


def _mitigates_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_mitigates(value, kind_of) is None) or conforms(_MITIGATED_CATEGORY, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind RiskCategory, or be an object (MitigatedCategory)")
    return None


_KINDS_ESG_TOPIC = frozenset(("EsgTopic",))


def _topics(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_ESG_TOPIC:
        return ("class", "name an entity of kind EsgTopic")
    return None


_CERTIFICATION = Checker(
    name="Certification",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "certificateStatus": (_certificate_status, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "covers": (_covered, -1), "description": (_code_version, 1), "holder": (_subject_2, 1), "id": (_certification, 1), "identifiers": (_identifiers, -1), "issuer": (_code_version, 1), "locator": (_locator, 1), "mitigates": (_mitigates_2, -1), "name": (_code_version, 1), "number": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "scheme": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_CLASSIFICATION = Checker(
    name="Classification",
    fields={"@type": (None, -1), "basis": (_basis, 1), "class": (_code_version, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "scheme": (_code_version, 1), "subject": (_subject, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("class", 1), ("scheme", 1), ("subject", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_CLAUSE_TYPE = frozenset(("ClauseType",))


def _clause_types(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CLAUSE_TYPE:
        return ("class", "name an entity of kind ClauseType")
    return None


_TYPED = Checker(
    name="Typed",
    fields={"id": (_clause_types, 1), "method": (_code_version, 1), "score": (_confidence, 1)},
    required=(("id", 1),),
    closed=True,
)


def _clause_types_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_clause_types(value, kind_of) is None) or conforms(_TYPED, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind ClauseType, or be an object (Typed)")
    return None


_KINDS_CONTRACT_VERSION = frozenset(("ContractVersion",))


def _contained_in(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CONTRACT_VERSION:
        return ("class", "name an entity of kind ContractVersion")
    return None


def _ordinal(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a whole number")
    if value < 0:
        return ("minInclusive", "be at least 0")
    return None


_CONTAINING = Checker(
    name="Containing",
    fields={"id": (_contained_in, 1), "ordinal": (_ordinal, 1)},
    required=(("id", 1),),
    closed=True,
)


def _contained_in_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_contained_in(value, kind_of) is None) or conforms(_CONTAINING, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind ContractVersion, or be an object (Containing)")
    return None


_PATTERN_EFFECTIVE_ON = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _effective_on(value: object, _: KindOf) -> Problem | None:
    if not is_date(value):
        return ("datatype", "be a day that exists, written like 2026-03-01")
    if _PATTERN_EFFECTIVE_ON.search(value) is None:
        return ("pattern", "match ^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    return None


_KINDS_CLAUSE = frozenset(("Clause",))


def _id_5(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CLAUSE:
        return ("class", "name an entity of kind Clause")
    return None


_CLAUSE = Checker(
    name="Clause",
    fields={"@type": (None, -1), "basis": (_basis, 1), "citations": (_code_version, -1), "classifications": (_identifiers, -1), "clauseTypes": (_clause_types_2, -1), "confidence": (_confidence, 1), "containedIn": (_contained_in_2, -1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "heading": (_code_version, 1), "id": (_id_5, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "numbering": (_code_version, 1), "precededBy": (_id_5, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "text": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1), ("text", 1)),
    pairs=(
    ("precededBy", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_CLAUSE_TYPE = Checker(
    name="ClauseType",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "broader": (_clause_types, -1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "definition": (_code_version, 1), "description": (_code_version, 1), "id": (_clause_types, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "mitigates": (_mitigates_2, -1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("broader", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_CLAUSE_TYPING = Checker(
    name="ClauseTyping",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clause": (_id_5, 1), "clauseType": (_clause_types, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "method": (_code_version, 1), "review": (_review, 1), "score": (_confidence, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("clause", 1), ("clauseType", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_CONTAINMENT = Checker(
    name="Containment",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clause": (_id_5, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "ordinal": (_ordinal, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "version": (_contained_in, 1)},
    required=(("clause", 1), ("version", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_PATTERN_CONTRACT_KIND = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*\Z")


def _contract_kind(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_CONTRACT_KIND.search(value) is None:
        return ("pattern", "match ^[a-z0-9]+(-[a-z0-9]+)*$")
    return None


def _contract_state(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("draft", "in_negotiation", "in_effect", "suspended", "terminated", "expired"):
        return ("in", "be one of draft, in_negotiation, in_effect, suspended, terminated, expired")
    return None


_KINDS_ORGANIZATION_PRODUCT = frozenset(("Organization", "Product"))


def _governs(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ORGANIZATION_PRODUCT:
        return ("class", "name an entity of kind Organization or Product")
    return None


_PATTERN_CUSTOMER = re.compile(r"^org:[!-~]+\Z")


def _customer(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_CUSTOMER.search(value) is None:
        return ("pattern", "match ^org:[!-~]+$")
    return None


_PATTERN_PRODUCT = re.compile(r"^(prd|cat):[!-~]+\Z")


def _product(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_PRODUCT.search(value) is None:
        return ("pattern", "match ^(prd|cat):[!-~]+$")
    return None


_GOVERNED = Checker(
    name="Governed",
    fields={"customer": (_customer, 1), "id": (_governs, 1), "product": (_product, 1)},
    required=(("id", 1),),
    closed=True,
)


_KINDS_PRODUCT = frozenset(("Product",))


def _governs_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_governs(value, kind_of) is None) or conforms(_GOVERNED, value, kind_of)):
        return (
    "or",
    "be the id of an entity and name an entity of kind Organization and name an entity of kind Product, or be an object (Governed)",
)
    return None


_KINDS_CONTRACT = frozenset(("Contract",))


def _id_6(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CONTRACT:
        return ("class", "name an entity of kind Contract")
    return None


_KINDS_ORGANIZATION_PERSON = frozenset(("Organization", "Person"))


def _parties(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ORGANIZATION_PERSON:
        return ("class", "name an entity of kind Organization or Person")
    return None


_PARTY = Checker(
    name="Party",
    fields={"id": (_parties, 1), "role": (_code_version, 1)},
    required=(("id", 1),),
    closed=True,
)


_KINDS_PERSON = frozenset(("Person",))


def _parties_2(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_parties(value, kind_of) is None) or conforms(_PARTY, value, kind_of)):
        return (
    "or",
    "be the id of an entity and name an entity of kind Organization and name an entity of kind Person, or be an object (Party)",
)
    return None


_CONTRACT = Checker(
    name="Contract",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "contractKind": (_contract_kind, -1), "contractState": (_contract_state, 1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "expiresOn": (_effective_on, 1), "governs": (_governs_2, -1), "id": (_id_6, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "parties": (_parties_2, -1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "title": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "versions": (_contained_in, -1)},
    required=(("id", 1), ("title", 1)),
    pairs=(
    ("effectiveOn", "lessThanOrEquals", "expiresOn", "be at most expiresOn, written the same way"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _version_no(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a whole number")
    if value < 1:
        return ("minInclusive", "be at least 1")
    return None


_KINDS_CONTRACT_TEMPLATE = frozenset(("Contract", "Template"))


def _version_of(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_CONTRACT_TEMPLATE:
        return ("class", "name an entity of kind Contract or Template")
    return None


_CONTRACT_VERSION = Checker(
    name="ContractVersion",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "expiresOn": (_effective_on, 1), "id": (_contained_in, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "revisionOf": (_contained_in, 1), "sha256": (_parameters_hash, 1), "text": (_code_version, 1), "title": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "versionNo": (_version_no, 1), "versionOf": (_version_of, 1)},
    required=(("id", 1), ("sha256", 1), ("versionNo", 1)),
    pairs=(
    ("effectiveOn", "lessThanOrEquals", "expiresOn", "be at most expiresOn, written the same way"),
    ("revisionOf", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_CONTROL = frozenset(("Control",))


def _id_7(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_CONTROL:
        return ("class", "name an entity of kind Control")
    return None


_CONTROL = Checker(
    name="Control",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "definition": (_code_version, 1), "description": (_code_version, 1), "id": (_id_7, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "mitigates": (_mitigates_2, -1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_ESG_TOPIC = Checker(
    name="EsgTopic",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "broader": (_topics, -1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "definition": (_code_version, 1), "description": (_code_version, 1), "id": (_topics, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("broader", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _end(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a whole number")
    if value <= 0:
        return ("minExclusive", "be more than 0")
    return None


_EXPRESSING = Checker(
    name="Expressing",
    fields={"end": (_end, 1), "id": (_id_5, 1), "start": (_ordinal, 1)},
    required=(("id", 1),),
    pairs=(("start", "lessThan", "end", "be less than end"),),
    closed=True,
)


def _clause(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_id_5(value, kind_of) is None) or conforms(_EXPRESSING, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind Clause, or be an object (Expressing)")
    return None


_KINDS_EXCLUSION = frozenset(("Exclusion",))


def _id_8(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_EXCLUSION:
        return ("class", "name an entity of kind Exclusion")
    return None


def _norm_state(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("created", "in_effect", "suspended", "fulfilled", "violated", "discharged", "terminated", "expired"):
        return ("in", "be one of created, in_effect, suspended, fulfilled, violated, discharged, terminated, expired")
    return None


def _operator(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("<", "<=", "=", ">=", ">"):
        return ("in", "be one of <, <=, =, >=, >")
    return None


_EXCLUSION_0_A = Checker(
    name="Exclusion_0_a",
    fields={"threshold": (None, 0)},
)


_EXCLUSION_0_B = Checker(
    name="Exclusion_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_EXCLUSION = Checker(
    name="Exclusion",
    fields={"@type": (None, -1), "action": (_code_version, 1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_id_8, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_EXCLUSION_0_A, _EXCLUSION_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


_EXPRESSION = Checker(
    name="Expression",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clause": (_id_5, 1), "confidence": (_confidence, 1), "end": (_end, 1), "locator": (_locator, 1), "norm": (_of, 1), "review": (_review, 1), "start": (_ordinal, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("clause", 1), ("norm", 1)),
    pairs=(
    ("start", "lessThan", "end", "be less than end"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_ORGANIZATION_REGION_SITE = frozenset(("Organization", "Region", "Site"))


def _subject_3(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ORGANIZATION_REGION_SITE:
        return ("class", "name an entity of kind Organization or Region or Site")
    return None


def _year(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a whole number")
    if value <= 1899:
        return ("minExclusive", "be more than 1899")
    if value >= 2200:
        return ("maxExclusive", "be less than 2200")
    return None


_FIGURE = Checker(
    name="Figure",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "indicator": (_code_version, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject_3, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_high, 1), "year": (_year, 1)},
    required=(("indicator", 1), ("subject", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_GOVERNANCE = Checker(
    name="Governance",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "contract": (_id_6, 1), "customer": (_customer, 1), "governed": (_governs, 1), "locator": (_locator, 1), "product": (_product, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("contract", 1), ("governed", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_HEADCOUNT = Checker(
    name="Headcount",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject_2, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_ordinal, 1)},
    required=(("subject", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_IDENTIFICATION = Checker(
    name="Identification",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "identifier": (_code_version, 1), "locator": (_locator, 1), "review": (_review, 1), "scheme": (_code_version, 1), "subject": (_subject, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("identifier", 1), ("scheme", 1), ("subject", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_ORGANIZATION_PRODUCT_PRODUCT_CATEGORY_REGION_SITE = frozenset(("Organization", "Product", "ProductCategory", "Region", "Site"))


def _affects(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ORGANIZATION_PRODUCT_PRODUCT_CATEGORY_REGION_SITE:
        return ("class", "name an entity of kind Organization or Product or ProductCategory or Region or Site")
    return None


_KINDS_INCIDENT = frozenset(("Incident",))


def _id_9(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_INCIDENT:
        return ("class", "name an entity of kind Incident")
    return None


_INCIDENT = Checker(
    name="Incident",
    fields={"@type": (None, -1), "affects": (_affects, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "category": (_mitigates, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "endedAt": (_ended_at, 1), "id": (_id_9, 1), "identifiers": (_identifiers, -1), "incidentType": (_code_version, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "severity": (_confidence, 1), "startedAt": (_ended_at, 1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("affects", 1), ("id", 1)),
    pairs=(
    ("startedAt", "lessThanOrEquals", "endedAt", "be at most endedAt, written the same way"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_PRODUCT_PRODUCT_CATEGORY = frozenset(("Product", "ProductCategory"))


def _input(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_PRODUCT_PRODUCT_CATEGORY:
        return ("class", "name an entity of kind Product or ProductCategory")
    return None


def _quantity(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value <= 0:
        return ("minExclusive", "be more than 0")
    return None


_INPUT_RELATION = Checker(
    name="InputRelation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "criticality": (_confidence, 1), "input": (_input, 1), "locator": (_locator, 1), "output": (_input, 1), "quantity": (_quantity, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("input", 1), ("output", 1)),
    pairs=(
    ("input", "disjoint", "output", "differ from output"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_ASSET_ORGANIZATION_PERSON = frozenset(("Asset", "Organization", "Person"))


def _linked(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ASSET_ORGANIZATION_PERSON:
        return ("class", "name an entity of kind Asset or Organization or Person")
    return None


_LINK = Checker(
    name="Link",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "kind": (_code_version, 1), "linked": (_linked, 1), "linkedTo": (_linked, 1), "locator": (_locator, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("linked", 1), ("linkedTo", 1)),
    pairs=(
    ("linked", "disjoint", "linkedTo", "differ from linkedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_ASSET_ORGANIZATION_PERSON_SITE = frozenset(("Asset", "Organization", "Person", "Site"))


def _subject_4(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ASSET_ORGANIZATION_PERSON_SITE:
        return ("class", "name an entity of kind Asset or Organization or Person or Site")
    return None


_LOCATION = Checker(
    name="Location",
    fields={"@type": (None, -1), "address": (_code_version, 1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "place": (_located_at, 1), "review": (_review, 1), "subject": (_subject_4, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("place", 1), ("subject", 1)),
    pairs=(
    ("subject", "disjoint", "place", "differ from place"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_PERFORMANCE_OBSERVATION = frozenset(("PerformanceObservation",))


def _observation(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PERFORMANCE_OBSERVATION:
        return ("class", "name an entity of kind PerformanceObservation")
    return None


_MEASUREMENT = Checker(
    name="Measurement",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "metric": (_code_version, 1), "n": (_version_no, 1), "observation": (_observation, 1), "review": (_review, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_high, 1)},
    required=(("metric", 1), ("observation", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_CERTIFICATION_CLAUSE_TYPE_CONTROL = frozenset(("Certification", "ClauseType", "Control"))


def _mitigator(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_CERTIFICATION_CLAUSE_TYPE_CONTROL:
        return ("class", "name an entity of kind Certification or ClauseType or Control")
    return None


_MITIGATION = Checker(
    name="Mitigation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "category": (_mitigates, 1), "confidence": (_confidence, 1), "effect": (_confidence, 1), "locator": (_locator, 1), "mitigator": (_mitigator, 1), "review": (_review, 1), "rule": (_code_version, 1), "threshold": (_confidence, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("category", 1), ("mitigator", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_MOVE = frozenset(("Move",))


def _id_10(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_MOVE:
        return ("class", "name an entity of kind Move")
    return None


def _key(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if len(value) < 1:
        return ("minLength", "have at least 1 characters")
    if len(value) > 200:
        return ("maxLength", "have at most 200 characters")
    return None


def _kind_2(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("propose", "counter", "accept", "reject", "escalate", "withdraw"):
        return ("in", "be one of propose, counter, accept, reject, escalate, withdraw")
    return None


_KINDS_AGENT_ORGANIZATION_PERSON = frozenset(("Agent", "Organization", "Person"))


def _made_by(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_AGENT_ORGANIZATION_PERSON:
        return ("class", "name an entity of kind Agent or Organization or Person")
    return None


_KINDS_NEGOTIATION_SESSION = frozenset(("NegotiationSession",))


def _session(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_NEGOTIATION_SESSION:
        return ("class", "name an entity of kind NegotiationSession")
    return None


_MOVE = Checker(
    name="Move",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "contentHash": (_parameters_hash, 1), "description": (_code_version, 1), "id": (_id_10, 1), "key": (_key, 1), "kind": (_kind_2, 1), "locator": (_locator, 1), "madeBy": (_made_by, 1), "previousHash": (_parameters_hash, 1), "remarks": (_code_version, -1), "review": (_review, 1), "sequence": (_version_no, 1), "session": (_session, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("contentHash", 1), ("id", 1), ("key", 1), ("kind", 1), ("madeBy", 1), ("sequence", 1), ("session", 1)),
    pairs=(
    ("contentHash", "disjoint", "previousHash", "differ from previousHash"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _kind_3(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("primary", "alias", "weak"):
        return ("in", "be one of primary, alias, weak")
    return None


_NAMING = Checker(
    name="Naming",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "kind": (_kind_3, 1), "language": (_language, 1), "locator": (_locator, 1), "name": (_code_version, 1), "review": (_review, 1), "subject": (_subject, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("kind", 1), ("name", 1), ("subject", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_PARTICIPANT = Checker(
    name="Participant",
    fields={"id": (_made_by, 1), "role": (_code_version, 1)},
    required=(("id", 1),),
    closed=True,
)


def _participants(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_made_by(value, kind_of) is None) or conforms(_PARTICIPANT, value, kind_of)):
        return (
    "or",
    "be the id of an entity and name an entity of kind Organization and name an entity of kind Person and name an entity of kind Agent, or be an object (Participant)",
)
    return None


def _protocol(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("alternating-offers", "contract-net"):
        return ("in", "be one of alternating-offers, contract-net")
    return None


def _session_state(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in (
    "open",
    "awaiting_counterparty",
    "agreed_in_principle",
    "awaiting_approval",
    "signing",
    "signed",
    "compensating",
    "escalated",
    "closed_no_deal",
):
        return (
    "in",
    "be one of open, awaiting_counterparty, agreed_in_principle, awaiting_approval, signing, signed, compensating, escalated, closed_no_deal",
)
    return None


_NEGOTIATION_SESSION = Checker(
    name="NegotiationSession",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "endedAt": (_ended_at, 1), "id": (_session, 1), "locator": (_locator, 1), "name": (_code_version, 1), "negotiates": (_version_of, 1), "participants": (_participants, -1), "protocol": (_protocol, 1), "remarks": (_code_version, -1), "review": (_review, 1), "sessionState": (_session_state, 1), "startedAt": (_ended_at, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1), ("participants", 2), ("protocol", 1), ("sessionState", 1)),
    pairs=(
    ("startedAt", "lessThanOrEquals", "endedAt", "be at most endedAt, written the same way"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_NORM_0_A = Checker(
    name="Norm_0_a",
    fields={"threshold": (None, 0)},
)


_NORM_0_B = Checker(
    name="Norm_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_NORM = Checker(
    name="Norm",
    fields={"@type": (None, -1), "action": (_code_version, 1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_of, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_NORM_0_A, _NORM_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


_KINDS_OBLIGATION = frozenset(("Obligation",))


def _id_11(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_OBLIGATION:
        return ("class", "name an entity of kind Obligation")
    return None


_OBLIGATION_0_A = Checker(
    name="Obligation_0_a",
    fields={"threshold": (None, 0)},
)


_OBLIGATION_0_B = Checker(
    name="Obligation_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_OBLIGATION = Checker(
    name="Obligation",
    fields={"@type": (None, -1), "action": (_code_version, 1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_id_11, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_OBLIGATION_0_A, _OBLIGATION_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


_PATTERN_NORM = re.compile(r"^(nrm|obl|pro|prm|pow|exc):[!-~]+\Z")


def _norm(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_NORM.search(value) is None:
        return ("pattern", "match ^(nrm|obl|pro|prm|pow|exc):[!-~]+$")
    return None


_OBSERVATION = Checker(
    name="Observation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "norm": (_norm, 1), "observation": (_observation, 1), "observed": (_subject_2, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("observation", 1), ("observed", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


def _site(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_SITE:
        return ("class", "name an entity of kind Site")
    return None


_OPERATION = Checker(
    name="Operation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "operator": (_by, 1), "review": (_review, 1), "site": (_site, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("operator", 1), ("site", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_PATTERN_DUNS = re.compile(r"^[0-9]{9}\Z")


def _duns(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_DUNS.search(value) is None:
        return ("pattern", "match ^[0-9]{9}$")
    return None


_PATTERN_GLN = re.compile(r"^[0-9]{13}\Z")


def _gln(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_GLN.search(value) is None:
        return ("pattern", "match ^[0-9]{13}$")
    return None


_INDICATOR = Checker(
    name="Indicator",
    fields={"indicator": (_code_version, 1), "unit": (_code_version, 1), "value": (_high, 1), "year": (_year, 1)},
    required=(("indicator", 1), ("value", 1)),
    closed=True,
)


def _indicators(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_INDICATOR, value, kind_of)) is not None:
        return problem
    return None


_PATTERN_LEI = re.compile(r"^[A-Z0-9]{18}[0-9]{2}\Z")


def _lei(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_LEI.search(value) is None:
        return ("pattern", "match ^[A-Z0-9]{18}[0-9]{2}$")
    return None


_PATTERN_CURRENCY = re.compile(r"^[A-Z]{3}\Z")


def _currency(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_CURRENCY.search(value) is None:
        return ("pattern", "match ^[A-Z]{3}$")
    return None


_MONEY = Checker(
    name="Money",
    fields={"currency": (_currency, 1), "value": (_value, 1)},
    required=(("currency", 1), ("value", 1)),
    closed=True,
)


def _revenue(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_MONEY, value, kind_of)) is not None:
        return problem
    return None


_PATTERN_VAT_ID = re.compile(r"^[A-Z]{2}[0-9A-Z]{2,13}\Z")


def _vat_id(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_VAT_ID.search(value) is None:
        return ("pattern", "match ^[A-Z]{2}[0-9A-Z]{2,13}$")
    return None


_ORGANIZATION = Checker(
    name="Organization",
    fields={"@type": (None, -1), "addresses": (_code_version, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "countries": (_countries, -1), "country": (_countries, 1), "description": (_code_version, 1), "duns": (_duns, 1), "gln": (_gln, 1), "headcount": (_ordinal, 1), "id": (_by, 1), "identifiers": (_identifiers, -1), "indicators": (_indicators, -1), "lei": (_lei, 1), "locatedAt": (_located_at_2, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "revenue": (_revenue, 1), "review": (_review, 1), "sanctions": (_sanctions, -1), "sites": (_site, -1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "vatId": (_vat_id, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


def _control(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("direct", "indirect", "joint"):
        return ("in", "be one of direct, indirect, joint")
    return None


_KINDS_ASSET_ORGANIZATION = frozenset(("Asset", "Organization"))


def _owned(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_ASSET_ORGANIZATION:
        return ("class", "name an entity of kind Asset or Organization")
    return None


def _percentage(value: object, _: KindOf) -> Problem | None:
    if not (type(value) is float and value - value == 0) and not (type(value) is int and -9007199254740991 <= value <= 9007199254740991):
        return ("datatype", "be a number")
    if value < 0:
        return ("minInclusive", "be at least 0")
    if value > 100:
        return ("maxInclusive", "be at most 100")
    return None


_OWNERSHIP = Checker(
    name="Ownership",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "control": (_control, 1), "locator": (_locator, 1), "owned": (_owned, 1), "owner": (_parties, 1), "percentage": (_percentage, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("owned", 1), ("owner", 1)),
    pairs=(
    ("owner", "disjoint", "owned", "differ from owned"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_PARTICIPATION = Checker(
    name="Participation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "participant": (_made_by, 1), "review": (_review, 1), "role": (_code_version, 1), "session": (_session, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("participant", 1), ("session", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_PARTY_ROLE = Checker(
    name="PartyRole",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "contract": (_id_6, 1), "locator": (_locator, 1), "party": (_parties, 1), "review": (_review, 1), "role": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("contract", 1), ("party", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_MEASUREMENT_2 = Checker(
    name="Measurement",
    fields={"metric": (_code_version, 1), "n": (_version_no, 1), "unit": (_code_version, 1), "value": (_high, 1)},
    required=(("metric", 1), ("value", 1)),
    closed=True,
)


def _measurements(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_MEASUREMENT_2, value, kind_of)) is not None:
        return problem
    return None


_OBSERVED = Checker(
    name="Observed",
    fields={"id": (_subject_2, 1), "norm": (_norm, 1)},
    required=(("id", 1),),
    closed=True,
)


def _observed(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_subject_2(value, kind_of) is None) or conforms(_OBSERVED, value, kind_of)):
        return (
    "or",
    "be the id of an entity and name an entity of kind Organization and name an entity of kind Site, or be an object (Observed)",
)
    return None


_PERFORMANCE_OBSERVATION = Checker(
    name="PerformanceObservation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_observation, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "measurements": (_measurements, -1), "name": (_code_version, 1), "observed": (_observed, -1), "remarks": (_code_version, -1), "review": (_review, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1), ("measurements", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_PERMISSION = frozenset(("Permission",))


def _id_12(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PERMISSION:
        return ("class", "name an entity of kind Permission")
    return None


_PERMISSION_0_A = Checker(
    name="Permission_0_a",
    fields={"threshold": (None, 0)},
)


_PERMISSION_0_B = Checker(
    name="Permission_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_PERMISSION = Checker(
    name="Permission",
    fields={"@type": (None, -1), "action": (_code_version, 1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_id_12, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_PERMISSION_0_A, _PERMISSION_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


def _id_13(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PERSON:
        return ("class", "name an entity of kind Person")
    return None


_PERSON = Checker(
    name="Person",
    fields={"@type": (None, -1), "addresses": (_code_version, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "countries": (_countries, -1), "country": (_countries, 1), "description": (_code_version, 1), "id": (_id_13, 1), "identifiers": (_identifiers, -1), "locatedAt": (_located_at_2, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "sanctions": (_sanctions, -1), "status": (_code_version, 1), "title": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_PLAYBOOK = frozenset(("Playbook",))


def _id_14(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PLAYBOOK:
        return ("class", "name an entity of kind Playbook")
    return None


_PLAYBOOK = Checker(
    name="Playbook",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "appliesTo": (_target, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_id_14, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_POLICY = frozenset(("Policy",))


def _id_15(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_POLICY:
        return ("class", "name an entity of kind Policy")
    return None


def _rule_level(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("regulation", "internal", "playbook"):
        return ("in", "be one of regulation, internal, playbook")
    return None


_POLICY = Checker(
    name="Policy",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "appliesTo": (_target, -1), "basis": (_basis, 1), "citations": (_code_version, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "expiresOn": (_effective_on, 1), "id": (_id_15, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "ruleLevel": (_rule_level, 1), "status": (_code_version, 1), "title": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1), ("title", 1)),
    pairs=(
    ("effectiveOn", "lessThanOrEquals", "expiresOn", "be at most expiresOn, written the same way"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


def _decision(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("allow", "escalate", "deny"):
        return ("in", "be one of allow, escalate, deny")
    return None


_KINDS_RULE = frozenset(("Rule",))


def _failed_rules(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_RULE:
        return ("class", "name an entity of kind Rule")
    return None


_KINDS_POLICY_DECISION = frozenset(("PolicyDecision",))


def _id_16(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_POLICY_DECISION:
        return ("class", "name an entity of kind PolicyDecision")
    return None


_KINDS_CONTRACT_CONTRACT_VERSION_PROPOSAL = frozenset(("Contract", "ContractVersion", "Proposal"))


def _on(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_CONTRACT_CONTRACT_VERSION_PROPOSAL:
        return ("class", "name an entity of kind Contract or ContractVersion or Proposal")
    return None


_POLICY_DECISION_0_A = Checker(
    name="PolicyDecision_0_a",
    fields={"decision": (None, -1), "failedRules": (None, -1)},
    required=(("failedRules", 1),),
    members=(("decision", "allow"),),
)


_POLICY_DECISION = Checker(
    name="PolicyDecision",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "decidedAt": (_ended_at, 1), "decision": (_decision, 1), "description": (_code_version, 1), "failedRules": (_failed_rules, -1), "id": (_id_16, 1), "inputsHash": (_parameters_hash, 1), "locator": (_locator, 1), "name": (_code_version, 1), "on": (_on, 1), "remarks": (_code_version, -1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("decidedAt", 1), ("decision", 1), ("id", 1), ("inputsHash", 1), ("on", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    groups=(("not", (_POLICY_DECISION_0_A, ), "not be so: It is allowed although rules were not met."), ),
    closed=True,
)


def _rung(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if value not in ("preferred", "fallback", "walk-away"):
        return ("in", "be one of preferred, fallback, walk-away")
    return None


_ASKED = Checker(
    name="Asked",
    fields={"id": (_clause_types, 1), "rank": (_version_no, 1), "rung": (_rung, 1)},
    required=(("id", 1), ("rung", 1)),
    closed=True,
)


def _asks_for(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_ASKED, value, kind_of)) is not None:
        return problem
    return None


_KINDS_POSITION = frozenset(("Position",))


def _id_17(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_POSITION:
        return ("class", "name an entity of kind Position")
    return None


_TERM = Checker(
    name="Term",
    fields={"term": (_code_version, 1), "unit": (_code_version, 1), "value": (_code_version, 1)},
    required=(("term", 1), ("value", 1)),
    closed=True,
)


def _terms(value: object, kind_of: KindOf) -> Problem | None:
    if (problem := nested(_TERM, value, kind_of)) is not None:
        return problem
    return None


_POSITION = Checker(
    name="Position",
    fields={"@type": (None, -1), "asksFor": (_asks_for, 1), "basis": (_basis, 1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_id_17, 1), "locator": (_locator, 1), "name": (_code_version, 1), "playbook": (_id_14, 1), "remarks": (_code_version, -1), "review": (_review, 1), "terms": (_terms, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("asksFor", 1), ("id", 1), ("playbook", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_POSITION_TAKEN = Checker(
    name="PositionTaken",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clauseType": (_clause_types, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "position": (_id_17, 1), "rank": (_version_no, 1), "review": (_review, 1), "rung": (_rung, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("clauseType", 1), ("position", 1), ("rung", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_POWER = frozenset(("Power",))


def _id_18(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_POWER:
        return ("class", "name an entity of kind Power")
    return None


_POWER_0_A = Checker(
    name="Power_0_a",
    fields={"threshold": (None, 0)},
)


_POWER_0_B = Checker(
    name="Power_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_POWER = Checker(
    name="Power",
    fields={"@type": (None, -1), "action": (_code_version, 1), "actsOn": (_of, -1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_id_18, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "onViolationOf": (_of, -1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("actsOn", "disjoint", "id", "differ from id"),
    ("onViolationOf", "disjoint", "id", "differ from id"),
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_POWER_0_A, _POWER_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


_KINDS_PRODUCT_CATEGORY = frozenset(("ProductCategory",))


def _category(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PRODUCT_CATEGORY:
        return ("class", "name an entity of kind ProductCategory")
    return None


def _id_19(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PRODUCT:
        return ("class", "name an entity of kind Product")
    return None


_PRODUCT = Checker(
    name="Product",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "category": (_category, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_id_19, 1), "identifiers": (_identifiers, -1), "inputs": (_input, -1), "locator": (_locator, 1), "name": (_code_version, 1), "producers": (_subject_2, -1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("inputs", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_PRODUCT_CATEGORY = Checker(
    name="ProductCategory",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "broader": (_category, -1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "definition": (_code_version, 1), "description": (_code_version, 1), "id": (_category, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("broader", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_PRODUCTION = Checker(
    name="Production",
    fields={"@type": (None, -1), "basis": (_basis, 1), "capacityPerDay": (_value, 1), "capacityShare": (_confidence, 1), "capacityUse": (_value, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "producer": (_subject_2, 1), "product": (_input, 1), "review": (_review, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("producer", 1), ("product", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_PROHIBITION = frozenset(("Prohibition",))


def _id_20(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PROHIBITION:
        return ("class", "name an entity of kind Prohibition")
    return None


_PROHIBITION_0_A = Checker(
    name="Prohibition_0_a",
    fields={"threshold": (None, 0)},
)


_PROHIBITION_0_B = Checker(
    name="Prohibition_0_b",
    fields={"metric": (None, -1), "operator": (None, -1)},
    required=(("metric", 1), ("operator", 1)),
)


_PROHIBITION = Checker(
    name="Prohibition",
    fields={"@type": (None, -1), "action": (_code_version, 1), "antecedent": (_code_version, 1), "basis": (_basis, 1), "clause": (_clause, -1), "confidence": (_confidence, 1), "deadline": (_code_version, 1), "description": (_code_version, 1), "id": (_id_20, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "metric": (_code_version, 1), "name": (_code_version, 1), "normState": (_norm_state, 1), "operator": (_operator, 1), "owedBy": (_parties, -1), "owedTo": (_parties, -1), "recurrence": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "threshold": (_high, 1), "trigger": (_code_version, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("action", 1), ("id", 1)),
    pairs=(
    ("owedBy", "disjoint", "owedTo", "differ from owedTo"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_PROHIBITION_0_A, _PROHIBITION_0_B, ), "have no threshold or a metric that fits and a operator that fits"), ),
    closed=True,
)


_KINDS_PROPOSAL = frozenset(("Proposal",))


def _id_21(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_PROPOSAL:
        return ("class", "name an entity of kind Proposal")
    return None


_PROPOSAL = Checker(
    name="Proposal",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "contentHash": (_parameters_hash, 1), "description": (_code_version, 1), "id": (_id_21, 1), "locator": (_locator, 1), "name": (_code_version, 1), "proposedBy": (_made_by, 1), "remarks": (_code_version, -1), "review": (_review, 1), "round": (_version_no, 1), "session": (_session, 1), "terms": (_terms, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "validUntil": (_ended_at, 1)},
    required=(("contentHash", 1), ("id", 1), ("proposedBy", 1), ("round", 1), ("session", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_RECOVERY_TIME = Checker(
    name="RecoveryTime",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject_2, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_value, 1)},
    required=(("subject", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_REGION = Checker(
    name="Region",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "broader": (_countries, -1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_countries, 1), "identifiers": (_identifiers, -1), "indicators": (_indicators, -1), "latitude": (_latitude, 1), "locator": (_locator, 1), "longitude": (_longitude, 1), "name": (_code_version, 1), "partOf": (_countries, -1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("broader", "disjoint", "id", "differ from id"),
    ("partOf", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_REVENUE = Checker(
    name="Revenue",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "currency": (_currency, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_by, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "value": (_value, 1)},
    required=(("subject", 1), ("value", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_KINDS_RISK = frozenset(("Risk",))


def _id_22(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_RISK:
        return ("class", "name an entity of kind Risk")
    return None


_RISK = Checker(
    name="Risk",
    fields={"@type": (None, -1), "affects": (_affects, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "category": (_mitigates, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "id": (_id_22, 1), "identifiers": (_identifiers, -1), "likelihood": (_confidence, 1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "severity": (_confidence, 1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("affects", 1), ("category", 1), ("id", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_RISK_CATEGORY = Checker(
    name="RiskCategory",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "broader": (_mitigates, -1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "definition": (_code_version, 1), "description": (_code_version, 1), "id": (_mitigates, 1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(
    ("broader", "disjoint", "id", "differ from id"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_INCIDENT_RISK = frozenset(("Incident", "Risk"))


def _cause(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_INCIDENT_RISK:
        return ("class", "name an entity of kind Incident or Risk")
    return None


_RISK_EFFECT = Checker(
    name="RiskEffect",
    fields={"@type": (None, -1), "affected": (_affects, 1), "basis": (_basis, 1), "cause": (_cause, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("affected", 1), ("cause", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_FORBIDDEN = Checker(
    name="Forbidden",
    fields={"id": (_clause_types, 1), "maxHeadcount": (_ordinal, 1)},
    required=(("id", 1),),
    closed=True,
)


def _forbids(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_clause_types(value, kind_of) is None) or conforms(_FORBIDDEN, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind ClauseType, or be an object (Forbidden)")
    return None


_REQUIRED = Checker(
    name="Required",
    fields={"contractKind": (_contract_kind, 1), "id": (_clause_types, 1)},
    required=(("id", 1),),
    closed=True,
)


def _requires(value: object, kind_of: KindOf) -> Problem | None:
    if not ((_clause_types(value, kind_of) is None) or conforms(_REQUIRED, value, kind_of)):
        return ("or", "be the id of an entity and name an entity of kind ClauseType, or be an object (Required)")
    return None


_RULE = Checker(
    name="Rule",
    fields={"@type": (None, -1), "appliesTo": (_target, -1), "basis": (_basis, 1), "citations": (_code_version, -1), "confidence": (_confidence, 1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "expiresOn": (_effective_on, 1), "forbids": (_forbids, -1), "id": (_failed_rules, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "policy": (_id_15, 1), "remarks": (_code_version, -1), "requirement": (_code_version, 1), "requires": (_requires, -1), "review": (_review, 1), "ruleLevel": (_rule_level, 1), "status": (_code_version, 1), "title": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "when": (_code_version, 1)},
    required=(("id", 1),),
    pairs=(
    ("effectiveOn", "lessThanOrEquals", "expiresOn", "be at most expiresOn, written the same way"),
    ("requires", "disjoint", "forbids", "differ from forbids"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_RULE_BAN = Checker(
    name="RuleBan",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clauseType": (_clause_types, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "maxHeadcount": (_ordinal, 1), "review": (_review, 1), "rule": (_failed_rules, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("clauseType", 1), ("rule", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_RULE_REQUIREMENT = Checker(
    name="RuleRequirement",
    fields={"@type": (None, -1), "basis": (_basis, 1), "clauseType": (_clause_types, 1), "confidence": (_confidence, 1), "contractKind": (_contract_kind, 1), "locator": (_locator, 1), "review": (_review, 1), "rule": (_failed_rules, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("clauseType", 1), ("rule", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_SALE = Checker(
    name="Sale",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "currency": (_currency, 1), "demandPerDay": (_value, 1), "locator": (_locator, 1), "product": (_input, 1), "review": (_review, 1), "seller": (_subject_2, 1), "unit": (_code_version, 1), "unitMargin": (_value, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("product", 1), ("seller", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_SANCTION_LISTING = Checker(
    name="SanctionListing",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "entry": (_code_version, 1), "list": (_code_version, 1), "locator": (_locator, 1), "programme": (_code_version, 1), "review": (_review, 1), "subject": (_linked, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("list", 1), ("subject", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_SEAT = Checker(
    name="Seat",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "country": (_countries, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject_4, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("country", 1), ("subject", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_PATTERN_OS_ID = re.compile(r"^[A-Z]{2}[0-9]{7}[A-Z0-9]{6}\Z")


def _os_id(value: object, _: KindOf) -> Problem | None:
    if type(value) is not str or not is_text(value):
        return ("datatype", "be text")
    if _PATTERN_OS_ID.search(value) is None:
        return ("pattern", "match ^[A-Z]{2}[0-9]{7}[A-Z0-9]{6}$")
    return None


_SITE = Checker(
    name="Site",
    fields={"@type": (None, -1), "addresses": (_code_version, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "country": (_countries, 1), "description": (_code_version, 1), "gln": (_gln, 1), "headcount": (_ordinal, 1), "id": (_site, 1), "identifiers": (_identifiers, -1), "indicators": (_indicators, -1), "latitude": (_latitude, 1), "locatedAt": (_located_at_2, -1), "locator": (_locator, 1), "longitude": (_longitude, 1), "name": (_code_version, 1), "operators": (_by, -1), "osId": (_os_id, 1), "partOf": (_countries, -1), "produces": (_input, -1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "topics": (_topics, -1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("id", 1),),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_STOCK = Checker(
    name="Stock",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "holder": (_subject_2, 1), "locator": (_locator, 1), "onHand": (_value, 1), "product": (_input, 1), "review": (_review, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("holder", 1), ("onHand", 1), ("product", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


def _essential(value: object, _: KindOf) -> Problem | None:
    if type(value) is not bool:
        return ("datatype", "be true or false")
    return None


_SUPPLY_RELATION_0_A = Checker(
    name="SupplyRelation_0_a",
    fields={"declaredTier": (None, 0)},
)


_SUPPLY_RELATION_0_B = Checker(
    name="SupplyRelation_0_b",
    fields={"declaredFor": (None, -1)},
    required=(("declaredFor", 1),),
)


_SUPPLY_RELATION = Checker(
    name="SupplyRelation",
    fields={"@type": (None, -1), "annualSpend": (_value, 1), "basis": (_basis, 1), "confidence": (_confidence, 1), "currency": (_currency, 1), "customer": (_by, 1), "declaredFor": (_customer, 1), "declaredTier": (_version_no, 1), "dependencyWeight": (_confidence, 1), "essential": (_essential, 1), "leadTimeDays": (_ordinal, 1), "locator": (_locator, 1), "method": (_code_version, 1), "product": (_product, 1), "productGroup": (_code_version, 1), "review": (_review, 1), "shareOfSupply": (_confidence, 1), "supplier": (_subject_2, 1), "unit": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "volume": (_value, 1)},
    required=(("customer", 1), ("supplier", 1)),
    pairs=(
    ("supplier", "disjoint", "customer", "differ from customer"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    groups=(("or", (_SUPPLY_RELATION_0_A, _SUPPLY_RELATION_0_B, ), "have no declaredTier or a declaredFor that fits"), ),
    closed=True,
)


_KINDS_TEMPLATE = frozenset(("Template",))


def _id_23(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if kind_of(value) not in _KINDS_TEMPLATE:
        return ("class", "name an entity of kind Template")
    return None


_TEMPLATE = Checker(
    name="Template",
    fields={"@type": (None, -1), "aliases": (_aliases, -1), "basis": (_basis, 1), "classifications": (_identifiers, -1), "confidence": (_confidence, 1), "contractKind": (_contract_kind, -1), "description": (_code_version, 1), "effectiveOn": (_effective_on, 1), "id": (_id_23, 1), "identifiers": (_identifiers, -1), "locator": (_locator, 1), "name": (_code_version, 1), "remarks": (_code_version, -1), "review": (_review, 1), "status": (_code_version, 1), "title": (_code_version, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "versions": (_contained_in, -1)},
    required=(("id", 1), ("title", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


_TOPIC_LINK = Checker(
    name="TopicLink",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "subject": (_subject, 1), "topic": (_topics, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1)},
    required=(("subject", 1), ("topic", 1)),
    pairs=(
    ("subject", "disjoint", "topic", "differ from topic"),
    ("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),
),
    closed=True,
)


_KINDS_BREACH_NORM = frozenset(("Breach", "Exclusion", "Norm", "Obligation", "Permission", "Power", "Prohibition"))


def _violated(value: object, kind_of: KindOf) -> Problem | None:
    if type(value) is not str:
        return ("nodeKind", "be the id of an entity")
    if type(value) is not str or kind_of(value) not in _KINDS_BREACH_NORM:
        return ("class", "name an entity of kind Breach or Norm")
    return None


_VIOLATION = Checker(
    name="Violation",
    fields={"@type": (None, -1), "basis": (_basis, 1), "confidence": (_confidence, 1), "locator": (_locator, 1), "review": (_review, 1), "validFrom": (_valid_from_3, 1), "validTo": (_valid_to, 1), "violated": (_violated, 1), "violator": (_by, 1)},
    required=(("violated", 1), ("violator", 1)),
    pairs=(("validFrom", "lessThanOrEquals", "validTo", "be at most validTo, written the same way"),),
    closed=True,
)


CHECKERS: Mapping[str, Checker] = {
    "Activity": _ACTIVITY,
    "Agent": _AGENT,
    "Applicability": _APPLICABILITY,
    "Assessment": _ASSESSMENT,
    "Asset": _ASSET,
    "Breach": _BREACH,
    "Capacity": _CAPACITY,
    "CertificateCoverage": _CERTIFICATE_COVERAGE,
    "CertificateHolding": _CERTIFICATE_HOLDING,
    "Certification": _CERTIFICATION,
    "Classification": _CLASSIFICATION,
    "Clause": _CLAUSE,
    "ClauseType": _CLAUSE_TYPE,
    "ClauseTyping": _CLAUSE_TYPING,
    "Containment": _CONTAINMENT,
    "Contract": _CONTRACT,
    "ContractVersion": _CONTRACT_VERSION,
    "Control": _CONTROL,
    "EsgTopic": _ESG_TOPIC,
    "Exclusion": _EXCLUSION,
    "Expression": _EXPRESSION,
    "Figure": _FIGURE,
    "Governance": _GOVERNANCE,
    "Headcount": _HEADCOUNT,
    "Identification": _IDENTIFICATION,
    "Incident": _INCIDENT,
    "InputRelation": _INPUT_RELATION,
    "Link": _LINK,
    "Location": _LOCATION,
    "Measurement": _MEASUREMENT,
    "Mitigation": _MITIGATION,
    "Move": _MOVE,
    "Naming": _NAMING,
    "NegotiationSession": _NEGOTIATION_SESSION,
    "Norm": _NORM,
    "Obligation": _OBLIGATION,
    "Observation": _OBSERVATION,
    "Operation": _OPERATION,
    "Organization": _ORGANIZATION,
    "Ownership": _OWNERSHIP,
    "Participation": _PARTICIPATION,
    "PartyRole": _PARTY_ROLE,
    "PerformanceObservation": _PERFORMANCE_OBSERVATION,
    "Permission": _PERMISSION,
    "Person": _PERSON,
    "Playbook": _PLAYBOOK,
    "Policy": _POLICY,
    "PolicyDecision": _POLICY_DECISION,
    "Position": _POSITION,
    "PositionTaken": _POSITION_TAKEN,
    "Power": _POWER,
    "Product": _PRODUCT,
    "ProductCategory": _PRODUCT_CATEGORY,
    "Production": _PRODUCTION,
    "Prohibition": _PROHIBITION,
    "Proposal": _PROPOSAL,
    "RecoveryTime": _RECOVERY_TIME,
    "Region": _REGION,
    "Revenue": _REVENUE,
    "Risk": _RISK,
    "RiskCategory": _RISK_CATEGORY,
    "RiskEffect": _RISK_EFFECT,
    "Rule": _RULE,
    "RuleBan": _RULE_BAN,
    "RuleRequirement": _RULE_REQUIREMENT,
    "Sale": _SALE,
    "SanctionListing": _SANCTION_LISTING,
    "Seat": _SEAT,
    "Site": _SITE,
    "Stock": _STOCK,
    "SupplyRelation": _SUPPLY_RELATION,
    "Template": _TEMPLATE,
    "TopicLink": _TOPIC_LINK,
    "Violation": _VIOLATION,
}


def validate(record: Record, kind_of: KindOf) -> list[Fault]:
    """Why `record` does not fit its class; empty where it fits. `kind_of` gives the kind of an entity id, or ""."""
    return faults(CHECKERS, RECORDS, record, kind_of)
