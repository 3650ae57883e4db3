"""What the compose file and the image name must exist, and be what the tests ran on."""

import re
from pathlib import Path

import yaml

from app.runtime.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_setting_that_is_named_exists():
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    named = set(re.findall(r"TIERSCOPE_[A-Z0-9_]+", text))
    assert named
    assert named <= KNOWN


def test_there_is_no_default_password():
    for service in compose()["services"].values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "AUTH" in name:
                assert ":?" in value, name


def test_every_service_has_a_health_check_and_every_volume_is_declared():
    whole = compose()
    for service in whole["services"].values():
        assert service["healthcheck"]["test"]
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(whole["volumes"])


def test_the_service_has_no_rights_to_spare():
    service = compose()["services"]["tierscope"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert re.search(r"^USER tierscope$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_the_image_holds_every_room():
    copied = set(re.findall(r"^COPY (\w+)/ \1/$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert copied - {"locks"} == rooms
