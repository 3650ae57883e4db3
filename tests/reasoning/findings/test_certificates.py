import pytest

from reasoning.findings.certificates import KIND
from tests.reasoning.findings.scene import only, run, subjects, supply
from tests.reasoning.world import World

Valid = tuple[str | None, str | None]
SOON: Valid = ("2023-07-01T00:00:00Z", "2026-07-01T00:00:00Z")
NEXT: Valid = ("2026-07-01T00:00:00Z", "2029-07-01T00:00:00Z")


def certify(world: World, name: str, holder: str = "org:s", *, valid: Valid = SOON, scheme: str = "ISO 9001") -> str:
    world.say(f"crt:{name}", "SCHEME", scheme, valid=valid)
    return world.say(f"crt:{name}", "HELD_BY", holder, valid=valid)


def supplied() -> World:
    world = World()
    supply(world, "org:s")
    world.say("org:s", "OPERATES", "sit:1")
    return world


def test_a_certificate_that_ends_soon_is_reported_with_its_holder():
    world = supplied()
    certify(world, "a")
    finding = only(KIND, world)
    assert (finding.subject, finding.related) == ("crt:a", ("org:s",))
    assert "ISO 9001" in finding.text
    assert "2026-06-30" in finding.text
    assert len(finding.claims) == 2


@pytest.mark.parametrize(
    ("end", "expires"),
    [
        ("2026-06-01T00:00:00Z", False),  # not valid any more
        ("2026-06-01T00:00:01Z", True),
        ("2026-08-30T00:00:00Z", True),
        ("2026-08-31T00:00:00Z", True),  # its last day is the ninetieth
        ("2026-08-31T00:00:01Z", False),
        (None, False),
    ],
)
def test_it_is_soon_within_ninety_days(end: str | None, expires: bool):
    world = supplied()
    certify(world, "a", valid=(None, end))
    assert subjects(KIND, world) == (["crt:a"] if expires else [])


def test_one_of_the_same_scheme_takes_over_though_it_has_not_begun():
    world = supplied()
    certify(world, "a")
    certify(world, "b", valid=NEXT, scheme="iso  9001")
    assert run(KIND, world) == ()


@pytest.mark.parametrize(
    ("holder", "valid", "scheme"),
    [
        ("sit:1", NEXT, "ISO 9001"),
        ("org:s", NEXT, "ISO 14001"),
        ("org:s", ("2026-07-02T00:00:00Z", "2029-07-01T00:00:00Z"), "ISO 9001"),
        ("org:s", ("2020-07-01T00:00:00Z", "2026-06-15T00:00:00Z"), "ISO 9001"),
    ],
    ids=["another holder", "another scheme", "a day's gap", "ends earlier"],
)
def test_another_certificate_does_not_take_over_for(holder: str, valid: Valid, scheme: str):
    world = supplied()
    certify(world, "a")
    certify(world, "b", holder, valid=valid, scheme=scheme)
    assert "crt:a" in subjects(KIND, world)


def test_the_same_certificate_prolonged_is_not_reported():
    world = supplied()
    certify(world, "a")
    certify(world, "a", valid=NEXT)
    assert run(KIND, world) == ()


def test_a_successor_must_cover_what_the_old_one_covers():
    world = supplied()
    certify(world, "a")
    certify(world, "b", valid=NEXT)
    world.say("crt:a", "COVERS", "prd:1")
    world.say("crt:b", "COVERS", "prd:2")
    assert subjects(KIND, world) == ["crt:a"]
    world.say("crt:b", "COVERS", "prd:1")
    assert run(KIND, world) == ()


def test_a_withdrawn_certificate_neither_expires_nor_takes_over():
    world = supplied()
    certify(world, "a")
    certify(world, "b", valid=NEXT)
    world.say("crt:b", "CERTIFICATE_STATUS", "withdrawn")
    assert subjects(KIND, world) == ["crt:a"]
    world.say("crt:a", "CERTIFICATE_STATUS", "Suspended ")
    assert run(KIND, world) == ()


def test_a_site_of_a_supplier_counts_with_its_operator_and_a_stranger_does_not():
    world = supplied()
    certify(world, "a", "sit:1")
    certify(world, "b", "org:stranger")
    finding = only(KIND, world)
    assert (finding.subject, finding.related) == ("crt:a", ("org:s", "sit:1"))


def test_a_certificate_without_scheme_is_called_by_its_name():
    world = supplied()
    world.say("crt:a", "HELD_BY", "org:s", valid=SOON)
    world.say("crt:a", "NAMED", "Bronze seal", kind="primary")
    assert "Bronze seal" in only(KIND, world).text
