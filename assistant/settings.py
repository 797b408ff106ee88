"""One frozen settings model, read once at a door from the environment and ``.env`` and passed down."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import UsageError

if TYPE_CHECKING:
    from index.corpus import Corpus

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def default_home() -> Path:
    """Return the folder for a person's data that this operating system expects."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "chukti"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "chukti"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chukti"


class Settings(BaseSettings):
    """Everything that a person can set; each field is ``CHUKTI_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="CHUKTI_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder of the index and of your own articles.")
    host: str = Field("127.0.0.1", min_length=1, description="Address that the server listens on.")
    port: int = Field(7860, ge=1, le=65535, description="Port that the server listens on.")
    embedding: str | None = Field(None, description="Embedding model: a hub name or a folder; empty means the bundled one.")
    rerank: str | None = Field(
        None, description="Cross-encoder that orders the best passages: a hub name or a folder; or none."
    )
    today: date | None = Field(None, description="The day that 'last year' is counted from; empty means the real one.")
    shared: bool = Field(False, description="Let callers on other machines add and remove articles.")

    @field_validator("embedding", "rerank", "today", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return value or None

    @field_validator("home", mode="after")
    @classmethod
    def _whole_path(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def corpus(self) -> "Corpus":
        """The shipped corpus with the person's own beside it."""
        from index.corpus import SHIPPED, Corpus

        return Corpus(SHIPPED, self.home / "corpus")

    @property
    def loopback(self) -> bool:
        """True when only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def address(self) -> str:
        """Where a browser or another process of this machine finds the server."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def load_settings(**given: object) -> Settings:
    """Read the settings; a given value that is not None wins. Raises UsageError that names the setting and the bad value."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = f"CHUKTI_{str(first['loc'][0]).upper()}" if first["loc"] else "a CHUKTI_ setting"
        raise UsageError(f"{name} cannot be {first['input']!r}: {first['msg'].rstrip('.').lower()}; correct it.") from None


def keep_quiet(settings: Settings) -> None:
    """Switch off what libraries would send out: telemetry, and the model hub unless a hub model is asked for.

    A door calls this once, before it imports a heavy library; what the person has set stays.
    """
    quiet = {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "ANONYMIZED_TELEMETRY": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "LANGSMITH_TRACING": "false",
    }
    if all(name is None or Path(name).exists() for name in (settings.embedding, settings.rerank)):
        quiet |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    for name, value in quiet.items():
        os.environ.setdefault(name, value)
