"""The launcher, in a checkout of its own with a uv that only notes what it is asked."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.public_data import ROOT

UV = """#!/bin/sh
echo "uv $*" >> "$NOTES"
case "$1" in
    venv) for last; do :; done
          mkdir -p "$last/bin" && cp "$STUB" "$last/bin/python" && chmod +x "$last/bin/python" ;;
esac
[ "$1" = venv ] || [ ! -e "$FAIL" ] || exit 2
"""
PYTHON = """#!/bin/sh
[ "$1" = -c ] || echo ran "$@" light=$TIERSCOPE_LIGHT
"""
TOOLS = ["sh", "dirname", "readlink", "cmp", "df", "awk", "mkdir", "rm", "cp", "mv", "find", "head", "cat", "chmod"]


@pytest.fixture
def checkout(tmp_path):
    """A checkout in a path with spaces, whose PATH holds a Python, a uv and the plain tools."""
    place = tmp_path / "a folder with spaces"
    place.mkdir()
    shutil.copy(ROOT / "tierscope", place)
    shutil.copytree(ROOT / "locks", place / "locks")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(shutil.which(name))
    (programs / "python3").symlink_to(sys.executable)
    (programs / "uv").write_text(UV)
    (programs / "uv").chmod(0o755)
    (tmp_path / "python").write_text(PYTHON)
    return place


def launch(checkout, *words, **environment):
    notes = checkout.parent / "notes"
    path = {"PATH": str(checkout.parent / "bin"), "NOTES": str(notes), "FAIL": str(checkout.parent / "fail")}
    path["STUB"] = str(checkout.parent / "python")
    ran = subprocess.run(
        [checkout / "tierscope", *words],
        env={**path, **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    asked = notes.read_text().splitlines() if notes.exists() else []
    notes.unlink(missing_ok=True)
    return ran, asked


def test_the_first_start_installs_the_full_list_with_hashes(checkout):
    ran, asked = launch(checkout, "demo")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "ran -m app demo light=\n"
    assert "Installing Tierscope (full)" in ran.stderr
    assert asked[0].startswith("uv venv")
    assert asked[1].startswith("uv pip sync --require-hashes")
    assert asked[1].endswith("locks/full.lock")


def test_the_second_start_installs_nothing(checkout):
    launch(checkout, "demo")
    ran, asked = launch(checkout, "demo")
    assert asked == []
    assert ran.stderr == ""


def test_a_changed_lock_installs_again(checkout):
    launch(checkout, "demo")
    with (checkout / "locks" / "full.lock").open("a") as lock:
        lock.write("# changed\n")
    _, asked = launch(checkout, "demo")
    assert any("full.lock" in line for line in asked)


@pytest.mark.parametrize(("words", "environment"), [(["demo", "--light"], {}), (["demo"], {"TIERSCOPE_LIGHT": "1"})])
def test_light_installs_the_light_list(checkout, words, environment):
    ran, asked = launch(checkout, *words, **environment)
    assert asked[-1].endswith("locks/light.lock")
    assert ran.stdout.endswith("light=1\n")


def test_a_light_installation_is_kept_until_a_full_one_is_asked_for(checkout):
    launch(checkout, "demo", "--light")
    ran, asked = launch(checkout, "hash")
    assert asked == []
    assert ran.stdout == "ran -m app hash light=\n"
    _, asked = launch(checkout, "install")
    assert asked[-1].endswith("locks/full.lock")


@pytest.mark.parametrize("command", ["test", "check"])
def test_the_tests_bring_the_developers_tools(checkout, command):
    launch(checkout, "demo")
    ran, asked = launch(checkout, command, "-x")
    assert asked[-1].endswith("locks/full.lock " + str(checkout / "locks" / "dev.lock"))
    assert ran.stdout == f"ran -m app {command} -x light=\n"


def test_a_developer_keeps_the_tools_when_a_lock_changes(checkout):
    launch(checkout, "test")
    with (checkout / "locks" / "full.lock").open("a") as lock:
        lock.write("# changed\n")
    _, asked = launch(checkout, "demo")
    assert asked[-1].endswith("dev.lock")


def test_a_link_elsewhere_starts_the_same(checkout, tmp_path):
    (tmp_path / "link").symlink_to(checkout / "tierscope")
    path = {"PATH": str(tmp_path / "bin"), "NOTES": str(tmp_path / "notes"), "FAIL": str(tmp_path / "fail")}
    path["STUB"] = str(tmp_path / "python")
    ran = subprocess.run([tmp_path / "link", "hash"], env=path, cwd="/", capture_output=True, text=True, check=False)
    assert ran.stdout == "ran -m app hash light=\n"


def told(ran, code):
    assert ran.returncode == 1
    assert ran.stdout == ""
    lines = ran.stderr.splitlines()
    assert any(line.startswith(f"{code}: ") for line in lines), ran.stderr
    assert lines[-1].startswith("Fix: ")


def test_no_python_is_told(checkout):
    (checkout.parent / "bin" / "python3").unlink()
    told(launch(checkout, "demo")[0], "NO_PYTHON")


def test_too_old_a_python_is_told(checkout):
    python = checkout.parent / "bin" / "python3"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    told(launch(checkout, "demo")[0], "NO_PYTHON")


def test_neither_uv_nor_pip_is_told(checkout):
    (checkout.parent / "bin" / "uv").unlink()
    python = checkout.parent / "bin" / "python3"
    python.unlink()
    body = 'case "$*" in *"-m pip"*|*ensurepip*) exit 1 ;; esac'
    python.write_text(f'#!/bin/sh\n{body}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    hidden = (checkout / "tierscope").read_text().replace("/usr/share/python-wheels", "/nowhere")
    (checkout / "tierscope").write_text(hidden)
    told(launch(checkout, "demo")[0], "NO_UV")


def test_an_index_out_of_reach_is_told_and_tried_again_next_time(checkout):
    (checkout.parent / "fail").write_text("")
    ran, _ = launch(checkout, "demo")
    told(ran, "INSTALL_FAILED")
    (checkout.parent / "fail").unlink()
    assert launch(checkout, "demo")[0].returncode == 0


def test_too_little_disk_is_told(checkout):
    df = checkout.parent / "bin" / "df"
    df.unlink()
    df.write_text("#!/bin/sh\necho header\necho /dev/x 9 9 1000 9% /\n")
    df.chmod(0o755)
    ran, asked = launch(checkout, "demo")
    told(ran, "NO_SPACE")
    assert "--light" in ran.stderr
    assert asked == []


def test_a_checkout_that_cannot_be_written_is_told(checkout):
    if os.geteuid() == 0:  # root writes everywhere: a folder stands where the tools' folder should be made
        (checkout / ".tools").write_text("")
    else:
        checkout.chmod(0o555)
    told(launch(checkout, "demo")[0], "UNWRITABLE")


def test_the_lock_files_hold_hashes_and_no_address():
    for lock in (ROOT / "locks").glob("*.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in pin for pin in pins)
