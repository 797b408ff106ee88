"""What every test shares: no network beyond this machine, a home of its own, no door to a person's settings."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure: examples have no time limit of their own (pytest-timeout bounds each test).
settings.register_profile("chukti", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chukti")

LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address[0]!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Point CHUKTI_HOME at an empty folder and drop every other CHUKTI_ setting of the environment."""
    for name in [name for name in os.environ if name.startswith("CHUKTI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHUKTI_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
