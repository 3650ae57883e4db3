import os
import sys

import pytest

from app.runtime.settings import read_settings
from app.runtime.wiring import open_workers
from ontology.errors import SettingsError
from reasoning.scale.local import LocalPool


def test_jobs_are_done_by_threads_or_by_the_cluster_that_is_set(monkeypatch):
    with open_workers(read_settings()) as workers:
        assert workers == LocalPool(os.cpu_count() or 1)
    monkeypatch.setenv("TIERSCOPE_WORKERS", "3")
    with open_workers(read_settings()) as workers:
        assert workers == LocalPool(3)
    monkeypatch.setenv("TIERSCOPE_CLUSTER", "local")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match="Ray is not installed") as caught, open_workers(read_settings()):
        pass
    assert "-c locks/dev.lock ray" in caught.value.fix
