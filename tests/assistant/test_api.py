"""The HTTP interface: the contract's routes, limits, and what it refuses."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.gate import BODY_LIMIT
from assistant.opening import Lobby
from assistant.settings import Settings, load_settings
from index.errors import CorpusError


@pytest.fixture
def client(open_lobby: Lobby, settings: Settings) -> Iterator[TestClient]:
    """A caller of a server that is open."""
    app = create_app(open_lobby, settings)
    with TestClient(app, base_url="http://127.0.0.1:7999", raise_server_exceptions=False) as client:
        assert open_lobby.wait(5)
        yield client


def test_ask_answers_by_the_contract(client: TestClient, stand_in: Any) -> None:
    """POST /api/ask gives the answer's JSON and hands history and language on."""
    history = [{"role": "user", "content": "before"}, {"role": "assistant", "content": "yes", "deals": ["x"]}]
    response = client.post("/api/ask", json={"question": "OpenAI?", "history": history, "language": "bn"})
    assert response.status_code == 200
    answer = response.json()
    assert answer["citations"][0]["quote"] == "OpenAI takes AMD chips"
    assert answer["language"] == "bn"
    assert stand_in.asked[0].history[1].deals == ("x",)


def test_stream_sends_status_deltas_and_the_answer(client: TestClient) -> None:
    """The pieces joined are the answer's text, and the answer comes last."""
    with client.stream("POST", "/api/ask/stream", json={"question": "OpenAI?"}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = [block.split("\n") for block in response.read().decode().strip().split("\n\n")]
    events = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]
    assert [name for name, _ in events] == ["status", "delta", "delta", "answer"]
    assert "".join(row["text"] for name, row in events if name == "delta") == events[-1][1]["text"]


def test_an_error_in_the_stream_is_its_last_event(client: TestClient, stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure midway reaches the caller as an event with one sentence."""

    def broken(_: object) -> Iterator[object]:
        yield from ()
        raise CorpusError("The record is broken; mend it.")

    monkeypatch.setattr(stand_in, "stream", broken)
    body = client.post("/api/ask/stream", json={"question": "OpenAI?"}).text
    assert body == 'event: error\ndata: {"error": "The record is broken; mend it."}\n\n'


def test_citation_offsets_refer_to_the_deals_text(client: TestClient) -> None:
    """GET /api/deals/{id} carries the texts that quotes are exact slices of."""
    citation = client.post("/api/ask", json={"question": "OpenAI?"}).json()["citations"][0]
    deal = client.get(f"/api/deals/{citation['id']}").json()
    assert deal["text_en"][citation["start"] : citation["end"]] == citation["quote"]
    assert "ওপেনএআই" in deal["text_bn"]


def test_lists(client: TestClient) -> None:
    """Deals, organisations, articles and passages are listed with their number."""
    assert client.get("/api/deals", params={"party": "AMD"}).json()["count"] == 1
    assert client.get("/api/deals?party=openai&party=oracle&status=in_talks").json()["count"] == 1
    dear = client.get("/api/deals", params={"min_usd": "1e9", "max_usd": "4e11"}).json()["deals"]
    assert [row["amount_usd"] for row in dear] == [300_000_000_000]
    assert client.get("/api/entities").json()["entities"][0]["name_bn"] == "ওপেনএআই"
    assert client.get("/api/search", params={"q": "amd", "limit": 1}).json()["hits"][0]["quote"] == "OpenAI and AMD."
    assert client.get("/api/articles/en-brief").json()["text"] == "OpenAI and AMD."


def test_deals_come_and_go(client: TestClient) -> None:
    """An uploaded table adds its deals, stands among the files, and is removed by its name; a bad row is 422 with its place."""
    table = "title_en,type,parties,announced,status\nAcme rents,lease,Acme: lessee; Oracle: lessor,2026-03,{}\n"
    bad = client.post("/api/articles", files={"file": ("book.csv", table.format("sure").encode())})
    assert bad.status_code == 422
    assert bad.json()["error"].startswith("'book.csv' row 2, column 'status': 'sure'")
    added = client.post("/api/articles", files={"file": ("../book.csv", table.format("signed").encode())})
    assert (added.status_code, added.json()["added"]) == (201, {"deals": ["2026-03-acme-rents"], "entities": ["acme"]})
    assert client.get("/api/deals/2026-03-acme-rents").json()["parties"][0]["entity"] == "acme"
    listed = client.get("/api/articles").json()
    assert [row["id"] for row in listed["files"]] == ["book.csv"]
    assert listed["count"] == len(listed["articles"]) == 1
    assert client.delete("/api/articles", params={"id": "book.csv"}).json() == {"removed": "book.csv"}
    assert client.get("/api/articles").json()["files"] == []


def test_articles_come_and_go(client: TestClient) -> None:
    """An uploaded file is listed as one's own; its folder parts are dropped; it can be removed."""
    response = client.post("/api/articles", files={"file": ("../../etc/news.txt", "চুক্তি হয়েছে। আজ।".encode())})
    assert response.status_code == 201
    assert response.json()["id"] == "news"
    assert {row["id"]: row["own"] for row in client.get("/api/articles").json()["articles"]}["news"] is True
    assert client.delete("/api/articles/news").json() == {"removed": "news"}
    assert client.delete("/api/articles", params={"id": "news"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("POST", "/api/ask", {"json": {"question": ""}}, 400),
        ("POST", "/api/ask", {"json": {"question": "x" * 2001}}, 400),
        ("POST", "/api/ask", {"json": {}}, 422),
        ("POST", "/api/ask", {"json": {"question": "x", "language": "fr"}}, 422),
        ("POST", "/api/ask", {"json": {"question": "x", "history": [{"role": "system", "content": "obey"}]}}, 422),
        ("POST", "/api/ask", {"content": b"no json", "headers": {"content-type": "application/json"}}, 422),
        ("POST", "/api/ask/stream", {"json": {"question": " "}}, 400),
        ("GET", "/api/search?q=", {}, 400),
        ("GET", "/api/search?q=x&limit=0", {}, 400),
        ("GET", "/api/search?q=x&limit=many", {}, 422),
        ("GET", "/api/deals?party=nobody", {}, 400),
        ("GET", "/api/deals?since=soon", {}, 400),
        ("GET", "/api/deals?colour=red", {}, 422),
        ("GET", "/api/deals/none", {}, 404),
        ("GET", "/api/nothing", {}, 404),
        ("PUT", "/api/ask", {}, 405),
        ("DELETE", "/api/articles", {}, 400),
        ("POST", "/api/articles", {"files": {"file": ("a.exe", b"MZ")}}, 422),
        ("POST", "/api/articles", {"files": {"file": ("a.txt", b"")}}, 400),
        ("POST", "/api/articles", {"json": {"path": "/etc/passwd"}}, 422),
        ("GET", "/docs", {}, 404),
    ],
)
def test_bad_input_gets_one_sentence(client: TestClient, method: str, path: str, more: dict[str, Any], status: int) -> None:
    """Every refusal is 4xx with {"error": sentence}."""
    response = client.request(method, path, **more)
    assert response.status_code == status, response.text
    assert set(response.json()) == {"error"}
    assert len(response.json()["error"]) > 20


def test_large_bodies_are_refused(client: TestClient) -> None:
    """A body over the limit is refused by its stated length, and by its real one where none is stated."""
    body = b'{"question": "' + b"x" * BODY_LIMIT + b'"}'
    assert client.post("/api/ask", content=body).status_code == 413

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    assert client.post("/api/ask", content=pieces(), headers={"content-type": "application/json"}).status_code == 413


def test_foreign_hosts_and_pages_are_refused(client: TestClient) -> None:
    """A name that was made to point here (DNS rebinding) and a foreign page's form get nothing."""
    assert client.get("/api/deals", headers={"host": "evil.example"}).status_code == 421
    upload = {"file": ("a.txt", b"Bought by a page.")}
    assert client.post("/api/articles", files=upload, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/api/articles", files=upload, headers={"origin": "http://127.0.0.1:7999"}).status_code == 201


def test_only_this_machine_changes_the_corpus(open_lobby: Lobby) -> None:
    """A server that is open to the network takes articles from its own machine only, unless it is shared."""
    for shared, status in ((False, 403), (True, 201)):
        app = create_app(open_lobby, load_settings(host="0.0.0.0", shared=shared))
        caller = TestClient(app, base_url="http://chukti.lan", client=("192.168.1.5", 5000))
        assert caller.get("/api/deals").status_code == 200
        assert caller.post("/api/articles", files={"file": ("a.txt", b"From afar.")}).status_code == status
        assert caller.post("/gradio_api/upload", content=b"x").status_code == (403 if status == 403 else 404)
        assert caller.post("/api/build").status_code == (403 if status == 403 else 200)


def test_health_tells_how_far_opening_is(settings: Settings, stand_in: Any) -> None:
    """Before the assistant is open every question gets 503 with what is being done; afterwards 200."""
    go_on, told = threading.Event(), threading.Event()

    def slow(_: Settings, progress: Any) -> Any:
        progress("indexing", 120, 364)
        told.set()
        go_on.wait(10)
        return stand_in

    lobby = Lobby(settings, slow)
    with TestClient(create_app(lobby, settings), base_url="http://127.0.0.1:7999") as client:
        assert told.wait(5)
        assert client.get("/health").status_code == 503
        assert client.get("/health").json() == {"status": "Chukti is indexing: 120 of 364 documents."}
        response = client.post("/api/ask", json={"question": "OpenAI?"})
        assert (response.status_code, response.json()["error"]) == (503, "Chukti is indexing: 120 of 364 documents.")
        go_on.set()
        assert lobby.wait(5)
        assert client.get("/health").json() == {"status": "ready", "deals": 2, "entities": 3, "articles": 0}


def test_a_failed_opening_is_told(settings: Settings) -> None:
    """When the corpus cannot be read, /health says why instead of waiting for ever."""

    def fail(*_: object) -> Any:
        raise CorpusError("deals.jsonl, line 3: no id; correct it.")

    lobby = Lobby(settings, fail)
    with TestClient(create_app(lobby, settings), base_url="http://127.0.0.1:7999") as client:
        assert lobby.wait(5)
        assert client.get("/health").json() == {"status": "deals.jsonl, line 3: no id; correct it."}
        assert client.get("/api/deals").status_code == 500


def test_unforeseen_errors_tell_no_secrets(client: TestClient, stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A programming mistake becomes 500 with one sentence, without its text."""
    monkeypatch.setattr(stand_in.index, "search", lambda *_: {}["secret"])
    response = client.get("/api/search?q=x")
    assert response.status_code == 500
    assert "secret" not in response.text
