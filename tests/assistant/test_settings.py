"""Settings: read once, frozen, and their mistakes told in one sentence."""

import os
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import keep_quiet, load_settings
from index.errors import UsageError


def test_defaults_keep_to_this_machine(own_home: Path) -> None:
    """Without any setting the server listens on this machine only, with the bundled model."""
    settings = load_settings()
    assert (settings.host, settings.port, settings.embedding, settings.today) == ("127.0.0.1", 7860, None, None)
    assert settings.home == own_home
    assert settings.loopback
    assert not settings.shared
    assert settings.address == "http://127.0.0.1:7860"


def test_environment_sets_each_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """CHUKTI_ variables set the fields; an empty one counts as unset."""
    for name, value in {"PORT": "8000", "HOST": "0.0.0.0", "TODAY": "2026-06-01", "EMBEDDING": ""}.items():
        monkeypatch.setenv(f"CHUKTI_{name}", value)
    settings = load_settings()
    assert (settings.port, settings.today, settings.embedding) == (8000, date(2026, 6, 1), None)
    assert not settings.loopback
    assert settings.address == "http://127.0.0.1:8000"


def test_dotenv_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .env file in the working folder is read; the environment goes before it."""
    (tmp_path / ".env").write_text("CHUKTI_PORT=8001\nCHUKTI_HOST=::1\nOTHER=x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHUKTI_PORT", "8002")
    settings = load_settings()
    assert (settings.host, settings.port) == ("::1", 8002)
    assert settings.address == "http://[::1]:8002"


def test_what_the_door_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option of the command line goes before the environment; None means not given."""
    monkeypatch.setenv("CHUKTI_PORT", "8002")
    assert load_settings(port=8003, host=None).port == 8003


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("PORT", "0"), ("TODAY", "soon"), ("HOST", "")])
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A setting that cannot be read is named with its value, as a usage mistake."""
    monkeypatch.setenv(f"CHUKTI_{name}", value)
    with pytest.raises(UsageError, match=f"CHUKTI_{name} cannot be '{value}'"):
        load_settings()


def test_settings_are_frozen() -> None:
    """Nothing below a door can change a setting."""
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1


def test_telemetry_is_off_and_the_hub_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A door switches telemetry off; the hub is offline unless a hub model is asked for."""
    hub = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
    for name in (*hub, "GRADIO_ANALYTICS_ENABLED", "ANONYMIZED_TELEMETRY", "DO_NOT_TRACK", "LANGSMITH_TRACING"):
        monkeypatch.setenv(name, "")  # restored after the test, whatever keep_quiet sets
        monkeypatch.delenv(name)
    keep_quiet(load_settings(embedding="intfloat/multilingual-e5-small"))
    keep_quiet(load_settings(rerank="cross-encoder/ms-marco-MiniLM-L6-v2"))
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == os.environ["ANONYMIZED_TELEMETRY"] == "False"
    assert "HF_HUB_OFFLINE" not in os.environ
    keep_quiet(load_settings())
    assert os.environ["HF_HUB_OFFLINE"] == "1"
