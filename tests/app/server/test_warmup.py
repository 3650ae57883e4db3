"""The service warms its kernels beside its work, and an end stops that wherever it is."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reasoning.core.warm
from app.server import warmup as warming
from app.server.warmup import Warming
from tests.waiting import HANG

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def warmed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was loaded in this process."""
    found: list[str] = []
    monkeypatch.setattr(reasoning.core.warm, "warm", lambda: found.append("here"))
    return found


def program(folder: Path, text: str) -> str:
    """An executable that stands for Python."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def wait(running: Warming) -> None:
    running._thread.join(HANG)
    assert not running._thread.is_alive()


def test_the_cache_is_filled_by_a_process_and_then_loaded(tmp_path, warmed):
    with Warming(program(tmp_path, f'printf "%s " "$@" > {tmp_path}/said')) as running:
        wait(running)
    assert (tmp_path / "said").read_text() == "-m reasoning.core.warm "
    assert warmed == ["here"]


def test_where_the_process_breaks_nothing_is_loaded_and_the_service_goes_on(tmp_path, warmed, caplog):
    caplog.set_level("INFO", logger=warming.__name__)
    with Warming(program(tmp_path, "exit 3")) as running:
        wait(running)
    assert warmed == []
    assert [record.code for record in caplog.records] == [3]


def test_where_no_process_can_be_started_it_is_logged(tmp_path, warmed, caplog):
    with Warming(str(tmp_path / "nothing")) as running:
        wait(running)
    assert warmed == []
    assert "kernels not warmed" in caplog.text


def test_an_end_stops_it_at_once(tmp_path, warmed):
    with Warming(program(tmp_path, "exec sleep 3600")) as running:
        while running._filling is None:
            time.sleep(0.01)
        process = running._filling
    wait(running)
    assert process.poll() is not None
    assert warmed == []


def test_the_image_compiles_into_a_place_that_it_may_write(tmp_path):
    text = (ROOT / "Dockerfile").read_text()
    place = re.search(r"NUMBA_CACHE_DIR=(\S+)", text)
    assert place is not None
    assert place[1].startswith("/data/")
    steps = [line for line in text.splitlines() if line.startswith(("RUN", "USER", "VOLUME", "COPY"))]
    warmed = steps.index("RUN python -m reasoning.core.warm")
    assert steps.index("USER tierscope") < warmed < steps.index("VOLUME /data")
    assert all(number < warmed for number, line in enumerate(steps) if line.startswith("COPY"))


def test_neither_the_api_nor_the_server_brings_numba():
    modules = "api.http.application, app.server.process, app.commands.serve"
    code = f"import sys, {modules}; print([n for n in sys.modules if 'numba' in n])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
