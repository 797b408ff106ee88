"""The command line beside a running server: the same commands, through the server."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.api import create_app
from assistant.cli import run
from assistant.listing import DealFilters
from assistant.opening import Lobby, owned
from assistant.remote import Remote, read_events
from assistant.schema import AnswerEvent, DeltaEvent, Question, Turn
from assistant.service import Service
from assistant.settings import Settings
from index.errors import ChuktiError, IndexBusyError, NotFoundError, UsageError

PORT = 7971
Serve = Callable[[object, int], str]


@pytest.fixture
def remote(open_lobby: Lobby, settings: Settings, serve_in_thread: Serve) -> Iterator[Remote]:
    """A client of a server that runs in a thread."""
    with Remote(serve_in_thread(create_app(open_lobby, settings), PORT)) as remote:
        yield remote


def test_remote_gives_what_the_service_gives(remote: Remote, stand_in: Any, tmp_path: Path) -> None:
    """Every offer of the service is the same through the server."""
    service = Service(stand_in)
    assert list(remote.wait()) == []
    assert remote.deals(DealFilters(party=("AMD",))) == service.deals(DealFilters(party=("AMD",)))
    assert remote.search("amd", 3) == service.search("amd", 3)
    assert remote.sources() == service.sources()
    assert remote.ask(Question("OpenAI?", language="bn")).deals == service.ask(Question("OpenAI?", language="bn")).deals
    events = list(remote.stream(Question("And?", (Turn("assistant", "yes", ("x",)),))))
    assert isinstance(events[-1], AnswerEvent)
    assert "".join(event.text for event in events if isinstance(event, DeltaEvent)) == events[-1].answer.text
    assert stand_in.asked[-1].history == (Turn("assistant", "yes", ("x",)),)
    file = tmp_path / "খবর.txt"
    file.write_text("আজ একটি চুক্তি হয়েছে।", encoding="utf-8")
    assert remote.add(file)["id"] == "খবর"
    remote.remove("খবর")


def test_errors_keep_their_kind(remote: Remote, tmp_path: Path) -> None:
    """A mistake is a mistake and a missing id is missing, through the server too."""
    with pytest.raises(UsageError, match="No organisation is called 'nobody'"):
        remote.deals(DealFilters(party=("nobody",)))
    with pytest.raises(NotFoundError, match="'none'"):
        remote.remove("none")
    with pytest.raises(UsageError, match="question is empty"):
        list(remote.stream(Question(" ")))
    with pytest.raises(UsageError, match="no file"):
        remote.add(tmp_path / "missing.txt")


def test_a_dead_server_is_told() -> None:
    """When nobody listens, one sentence says so."""
    with Remote("http://127.0.0.1:7970") as remote, pytest.raises(ChuktiError, match="does not answer"):
        remote.sources()


def test_a_cut_stream_is_an_error() -> None:
    """A stream without its answer is never taken for one."""
    with pytest.raises(ChuktiError, match="in the middle"):
        list(read_events(iter(["event: delta", 'data: {"text": "half"}', ""])))


def test_the_command_line_uses_the_running_server(
    open_lobby: Lobby,
    settings: Settings,
    serve_in_thread: Serve,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a server owns the index, `ask`, `deals` and `sources` answer through it and open nothing themselves."""
    for name in ("GRADIO_ANALYTICS_ENABLED", "ANONYMIZED_TELEMETRY", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "")

    def never(*_: object) -> Any:
        raise AssertionError("the command opened the index itself")

    monkeypatch.setattr("assistant.opening.open_real", never)
    address = serve_in_thread(create_app(open_lobby, settings), PORT + 1)
    with owned(settings, address):
        assert run(["ask", "--json", "OpenAI?"]) == 0
        assert json.loads(capsys.readouterr().out)["text"].startswith("Answer 1")
        assert run(["deals", "--party", "AMD"]) == 0
        assert "1 deal." in capsys.readouterr().out
        assert run(["sources"]) == 0
        assert "1 article." in capsys.readouterr().out
        assert run(["build"]) == 0
        assert "0 added, 0 updated, 1 skipped, 0 deleted, 0 failed" in capsys.readouterr().out
        assert run(["serve", "--port", str(PORT + 2)]) == 1
        assert f"at {address}" in capsys.readouterr().err
        with pytest.raises(IndexBusyError, match=address), owned(settings):
            pass
