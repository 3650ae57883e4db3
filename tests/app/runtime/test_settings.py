import pytest

from app.runtime.settings import PREFIX, Settings, read_settings
from ontology.errors import SettingsError


def test_every_default_works_without_a_server(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = read_settings()
    assert settings.store == f"sqlite:///{tmp_path}/tierscope/tierscope.db"
    assert settings.host == "127.0.0.1"
    assert not settings.light


def test_a_misspelt_variable_names_the_nearest_setting(monkeypatch):
    monkeypatch.setenv("TIERSCOPE_STROE", "x")
    with pytest.raises(SettingsError, match="TIERSCOPE_STROE") as caught:
        read_settings()
    assert "TIERSCOPE_STORE?" in caught.value.fix


@pytest.mark.parametrize(("name", "value"), [("PORT", "70000"), ("DEADLINE", "never"), ("LOG_LEVEL", "LOUD")])
def test_an_unusable_value_names_its_setting(monkeypatch, name, value):
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError, match=PREFIX + name):
        read_settings()


def test_an_empty_variable_is_none(monkeypatch):
    monkeypatch.setenv("TIERSCOPE_BUYER", "")
    assert read_settings().buyer is None


def test_a_password_never_prints(monkeypatch):
    monkeypatch.setenv("TIERSCOPE_STORE_PASSWORD", "hunter2")
    settings = read_settings()
    assert "hunter2" not in repr(settings)
    assert settings.store_password is not None
    assert settings.store_password.get_secret_value() == "hunter2"


def test_light_is_the_flag_or_the_variable(monkeypatch):
    assert read_settings(light=True).light
    monkeypatch.setenv("TIERSCOPE_LIGHT", "1")
    assert read_settings().light


def test_every_setting_says_what_it_is():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
