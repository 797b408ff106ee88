"""The service of a running server, over its HTTP interface: what the command line uses while a server owns the index."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.listing import DealFilters
from assistant.schema import Answer, AnswerEvent, DeltaEvent, Event, Question, StatusEvent
from index.errors import ChuktiError, NotFoundError, UsageError

if TYPE_CHECKING:
    import httpx

TIMEOUT = 120.0  # seconds for one answer or one added file; a large PDF takes tens of seconds
OPENING_WAIT = 300.0  # seconds for a server that is still building its index
Row = dict[str, Any]


class Remote:
    """The same offers as ``service.Service``, from the server at ``address``."""

    def __init__(self, address: str, client: "httpx.Client | None" = None) -> None:
        """Speak to the server at an address such as ``http://127.0.0.1:7860``."""
        import httpx

        self.address = address
        # The server is on this machine: a proxy of the environment must not be asked.
        self._client = client or httpx.Client(base_url=address, timeout=TIMEOUT, trust_env=False)

    def __enter__(self) -> "Remote":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def wait(self, seconds: float = OPENING_WAIT) -> Iterator[str]:
        """Yield what the server is doing until it can answer; raises ChuktiError when it does not get there."""
        deadline = time.monotonic() + seconds
        while True:
            response = self._send("GET", "/health")
            if response.status_code == 200:
                return
            status = _sentence(response)
            if time.monotonic() > deadline:
                raise ChuktiError(f"The server at {self.address!r} is not ready: {status} Try again later.")
            yield status
            time.sleep(0.3)

    def ask(self, question: Question) -> Answer:
        """Return the server's answer."""
        return Answer.model_validate(self._json("POST", "/api/ask", json=_question_row(question)))

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield the events of the server's answer."""
        import httpx

        try:
            with self._client.stream("POST", "/api/ask/stream", json=_question_row(question)) as response:
                if response.status_code >= 400:
                    response.read()
                    raise _error(response)
                yield from read_events(response.iter_lines())
        except httpx.HTTPError:
            raise self._gone() from None

    def search(self, text: str, limit: int = 8) -> list[Row]:
        """Return the best passages."""
        return self._rows("/api/search", "hits", params={"q": text, "limit": limit})

    def deals(self, filters: DealFilters) -> list[Row]:
        """Return the records that pass."""
        return self._rows("/api/deals", "deals", params=filters.parameters())

    def sources(self) -> list[Row]:
        """Return every article, then the person's files of deal records."""
        found = self._json("GET", "/api/articles")
        return [*found["articles"], *found["files"]]

    def add(self, path: Path) -> Row:
        """Send a file to the server's corpus."""
        if not path.is_file():
            raise UsageError(f"There is no file {str(path)!r}; check the path.")
        row: Row = self._json("POST", "/api/articles", files={"file": (path.name, path.read_bytes())})
        return row

    def remove(self, article_id: str) -> None:
        """Drop an article, a deal or a file of records from the server's corpus."""
        self._json("DELETE", "/api/articles", params={"id": article_id})

    def build(self) -> Row:
        """Have the server bring its index up to date."""
        row: Row = self._json("POST", "/api/build")
        return row

    def _rows(self, path: str, key: str, **more: Any) -> list[Row]:  # noqa: ANN401  # httpx's own arguments
        rows: list[Row] = self._json("GET", path, **more)[key]
        return rows

    def _json(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401  # whatever the JSON holds
        response = self._send(method, path, **more)
        if response.status_code >= 400:
            raise _error(response)
        return response.json() if response.content else None

    def _send(self, method: str, path: str, **more: Any) -> "httpx.Response":  # noqa: ANN401
        import httpx

        try:
            return self._client.request(method, path, **more)
        except httpx.HTTPError:
            raise self._gone() from None

    def _gone(self) -> ChuktiError:
        return ChuktiError(f"The server at {self.address!r} does not answer; stop it and start it again.")


def read_events(lines: Iterator[str]) -> Iterator[Event]:
    """Yield the events of a server-sent stream; raises ChuktiError for an ``error`` event or a stream cut short."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            row = json.loads(line.removeprefix("data: "))
            if name == "status":
                yield StatusEvent(row["text"])
            elif name == "delta":
                yield DeltaEvent(row["text"])
            elif name == "answer":
                yield AnswerEvent(Answer.model_validate(row))
                return
            elif name == "error":
                raise ChuktiError(row["error"])
    raise ChuktiError("The server stopped in the middle of the answer; ask again.")


def _question_row(question: Question) -> Row:
    history = [{"role": turn.role, "content": turn.content, "deals": list(turn.deals)} for turn in question.history]
    return {"question": question.text, "history": history, "language": question.language}


def _error(response: "httpx.Response") -> ChuktiError:
    kinds: dict[int, type[ChuktiError]] = {400: UsageError, 404: NotFoundError, 413: UsageError, 422: UsageError}
    return kinds.get(response.status_code, ChuktiError)(_sentence(response))


def _sentence(response: "httpx.Response") -> str:
    try:
        row = response.json()
        return str(row.get("error") or row.get("status") or "")
    except (ValueError, AttributeError):
        return f"The server answered {response.status_code}; is it Chukti?"
