"""Every setting of the product. The one place that reads the environment; everything else gets plain arguments."""

import difflib
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ontology.errors import SettingsError

PREFIX = "TIERSCOPE_"
_FOLDERS = {"store": "the user's data folder", "cache": "the user's cache folder"}


def data_folder() -> Path:
    """The user's data folder: `$XDG_DATA_HOME/tierscope`, by default `~/.local/share/tierscope`."""
    shared = os.environ.get("XDG_DATA_HOME", "")
    return (Path(shared) if Path(shared).is_absolute() else Path.home() / ".local" / "share") / "tierscope"


def cache_folder() -> Path:
    """The user's folder for what can be made again: `$XDG_CACHE_HOME/tierscope`, by default `~/.cache/tierscope`."""
    shared = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(shared) if Path(shared).is_absolute() else Path.home() / ".cache") / "tierscope"


def _default_store() -> str:
    return f"sqlite:///{data_folder() / 'tierscope.db'}"


class Settings(BaseSettings):
    """The settings: environment variables with the prefix `TIERSCOPE_`. Every default works with no server."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    store: str = Field(
        default_factory=_default_store,
        description="Address of the store: `sqlite:///FILE`, `bolt://HOST:PORT` or `neo4j://HOST:PORT` (`+s` for TLS).",
    )
    store_user: str = Field(default="neo4j", description="User name for a store that is a server.")
    store_password: SecretStr | None = Field(default=None, description="Password for a store that is a server.")
    store_certificates: Path | None = Field(
        default=None,
        description="PEM file of the authorities that a server's certificate is checked against.",
    )
    connect_timeout: float = Field(default=2.0, gt=0, le=120, description="Seconds to wait for a server.")
    query_timeout: float = Field(default=30.0, gt=0, le=3600, description="Seconds that one store call may take.")
    cache: Path = Field(
        default_factory=cache_folder,
        description="Folder of snapshots of large stores, which are made again where they are gone or damaged.",
    )
    large: int = Field(
        default=200_000,
        ge=1,
        description="Claims from which on a store is read by a snapshot that is kept between runs.",
    )
    buyer: str | None = Field(default=None, description="Id of the buying organisation that questions are asked for.")
    light: bool = Field(default=False, description="Install and run without embeddings: ranking by words and rules.")
    python: str | None = Field(default=None, description="The Python that the launcher makes `.venv` with.")
    host: str = Field(default="127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(default=8317, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one.")
    workers: int | None = Field(
        default=None,
        ge=1,
        le=100_000,
        description="Jobs that measures of all firms do at once: threads, or processes of a cluster; by default one a "
        "processor.",
    )
    cluster: str | None = Field(
        default=None,
        description="Ray cluster that does them: `HOST:PORT`, or `local` for one on this machine; by default none.",
    )
    deadline: float = Field(default=10.0, gt=0, le=600, description="Seconds that one request may take.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="Least level logged."
    )
    test_neo4j_uri: str | None = Field(
        default=None, description="A running Neo4j that `tierscope test` uses instead of its own."
    )
    test_neo4j_user: str = Field(default="neo4j", description="User name for that server.")
    test_neo4j_password: SecretStr | None = Field(default=None, description="Password for that server.")


def read_settings(*, light: bool = False) -> Settings:
    """The settings that the environment gives; `light` where the command line asked for it.

    Raises:
        SettingsError: A `TIERSCOPE_…` variable is misspelt (the nearest setting is named) or has an unusable value.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"there is no setting {name}", fix=_nearest(name, known))
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(f"{name}: {first['msg']}", fix="see docs/settings.md for what it may be") from error
    return settings.model_copy(update={"light": True}) if light else settings


def keep_models_offline() -> None:
    """Tell the embedding libraries, which read the environment themselves, to look for nothing on any hub."""
    os.environ.update({"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"})
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads sleep instead of burning a shared core


def _nearest(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)
    return f"did you mean {close[0]}? All settings stand in docs/settings.md"


def settings_table() -> str:
    """The table of docs/settings.md, made from `Settings` itself."""
    lines = ["| setting | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = _FOLDERS.get(name, "" if field.default is None else f"`{field.default}`")
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"
