"""The HTTP interface: the contract's routes over one service, on the server that also carries the page."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import FastAPI, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from assistant.gate import UPLOAD_LIMIT, Gate
from assistant.listing import DealFilters
from assistant.opening import Lobby, NotReadyError
from assistant.schema import AnswerEvent, DeltaEvent, Event, Question, StatusEvent, Turn
from assistant.service import Row, Service, checked, turns_kept
from assistant.settings import LOOPBACK, Settings
from index.errors import ChuktiError, CorpusError, NotFoundError, UsageError
from index.records import Language

_STATUS: tuple[tuple[type[ChuktiError], int], ...] = (
    (NotReadyError, 503),
    (NotFoundError, 404),
    (UsageError, 400),
    (CorpusError, 422),
)
_NO_BUFFER = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class ForbiddenError(ChuktiError):
    """The caller may not do this."""


class TurnBody(BaseModel):
    """One earlier message; ``deals`` are the ids that an assistant's answer presented, where the caller kept them."""

    model_config = ConfigDict(extra="ignore")
    role: Literal["user", "assistant"]
    content: str = Field(max_length=50_000)
    deals: list[str] = Field(default=[], max_length=1000)


class AskBody(BaseModel):
    """A question as posted."""

    question: str
    history: list[TurnBody] = Field(default=[], max_length=200)
    language: Language | None = None

    def read(self) -> Question:
        """Return the question; raises UsageError when it is empty or too long."""
        turns = tuple(Turn(turn.role, turn.content, tuple(turn.deals)) for turn in turns_kept(self.history))
        return checked(Question(self.question, turns, self.language))


def create_app(lobby: Lobby, settings: Settings, page: Callable[[], AsyncIterator[ASGIApp]] | None = None) -> FastAPI:
    """Return the application; it starts the lobby, and the page where one is given, when the server starts."""
    from assistant.page_mount import PageMount

    mount = PageMount(page) if page else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        lobby.start()
        if mount is None:
            yield
            return
        async with mount.running():
            yield

    # The interactive documents of FastAPI load scripts from another host: left out.
    app = FastAPI(title="Chukti", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=lifespan)
    _answer_routes(app, lobby)
    _record_routes(app, lobby)
    _article_routes(app, lobby, settings)
    _error_handlers(app)
    if mount is not None:
        app.mount("/", mount)
    local = LOOPBACK | {"testclient"}
    app.add_middleware(Gate, hosts=LOOPBACK if settings.loopback else None, uploaders=None if settings.shared else local)
    return app


def _answer_routes(app: FastAPI, lobby: Lobby) -> None:
    @app.get("/health")
    def health() -> JSONResponse:
        """Answer 200 once questions can be answered, 503 with what is being done before."""
        if lobby.ready:
            return JSONResponse({"status": "ready", **lobby.service.counts()})
        return JSONResponse({"status": lobby.status}, 503)

    @app.post("/api/ask")
    def ask(body: AskBody) -> Row:
        """Answer one question."""
        return lobby.service.ask(body.read()).model_dump(mode="json")

    @app.post("/api/ask/stream")
    def ask_stream(body: AskBody) -> StreamingResponse:
        """Answer one question as server-sent events: status, delta, answer; error when it fails midway."""
        question = body.read()
        events = lobby.service.stream(question)
        return StreamingResponse(sse(events), media_type="text/event-stream", headers=_NO_BUFFER)

    @app.get("/api/search")
    def search(q: str, limit: int = 8) -> Row:
        """Find passages."""
        return {"query": q, "hits": lobby.service.search(q, limit)}


def _record_routes(app: FastAPI, lobby: Lobby) -> None:
    @app.get("/api/deals")
    def deals(filters: Annotated[DealsQuery, Query()]) -> Row:
        """List deal records by plain filters."""
        rows = lobby.service.deals(filters.read())
        return {"count": len(rows), "deals": rows}

    @app.get("/api/deals/{deal_id}")
    def deal(deal_id: str) -> Row:
        """Return one record with the texts that citations quote by offset."""
        return lobby.service.deal(deal_id)

    @app.get("/api/entities")
    def entities() -> Row:
        """List the organisations."""
        rows = lobby.service.entities()
        return {"count": len(rows), "entities": rows}


class DealsQuery(BaseModel):
    """The filters of ``/api/deals``; party, sector, type and status may be repeated."""

    model_config = ConfigDict(extra="forbid")
    party: list[str] = []
    sector: list[str] = []
    type: list[str] = []
    status: list[str] = []
    since: str | None = None
    until: str | None = None
    min_usd: str | None = None
    max_usd: str | None = None

    def read(self) -> DealFilters:
        """Return the filters as the service takes them."""
        many = {name: tuple(getattr(self, name)) for name in ("party", "sector", "type", "status")}
        return DealFilters(**many, since=self.since, until=self.until, min_usd=self.min_usd, max_usd=self.max_usd)


def _article_routes(app: FastAPI, lobby: Lobby, settings: Settings) -> None:
    def guard(request: Request) -> Service:
        if not (settings.shared or (request.client and request.client.host in LOOPBACK | {"testclient"})):
            raise ForbiddenError("Articles can be changed from the server's own machine only; set CHUKTI_SHARED=1 there.")
        return lobby.service

    @app.get("/api/articles")
    def articles() -> Row:
        """List the articles, and the person's files of deal records."""
        rows = lobby.service.articles()
        return {"count": len(rows), "articles": rows, "files": lobby.service.files()}

    @app.get("/api/articles/{article_id}")
    def article(article_id: str) -> Row:
        """Return one article with the text that citations quote by offset."""
        return lobby.service.article(article_id)

    @app.post("/api/articles", status_code=201)
    def add(request: Request, file: UploadFile) -> Row:
        """Take an uploaded file into the corpus: an article, or deal records."""
        return guard(request).add_upload(file.filename or "", file.file.read(UPLOAD_LIMIT))

    @app.post("/api/build")
    def build(request: Request) -> Row:
        """Bring the index up to date with the files of the corpus."""
        return guard(request).build()

    @app.delete("/api/articles")
    @app.delete("/api/articles/{article_id}")
    def remove(request: Request, article_id: str = "", id: Annotated[str, Query()] = "") -> Row:  # noqa: A002
        """Drop one of the person's own articles, deals or files of records."""
        name = article_id or id
        if not name:
            raise UsageError("No article is named; add ?id= with one of the ids of /api/articles.")
        guard(request).remove(name)
        return {"removed": name}


def _error_handlers(app: FastAPI) -> None:
    @app.exception_handler(ChuktiError)
    def told(_: Request, error: ChuktiError) -> JSONResponse:
        if isinstance(error, ForbiddenError):
            return _sentence(str(error), 403)
        return _sentence(str(error), next((status for kind, status in _STATUS if isinstance(error, kind)), 500))

    @app.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "body"
        return _sentence(f"The field {place!r} is wrong: {first['msg'].lower()}; correct it and send it again.", 422)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> JSONResponse:
        return _sentence(f"{request.method} {request.url.path!r}: {error.detail}; see /api/openapi.json.", error.status_code)

    @app.exception_handler(Exception)
    def broken(_: Request, error: Exception) -> JSONResponse:
        return _sentence(f"Something unforeseen went wrong ({type(error).__name__}); the server's output tells more.", 500)


def sse(events: Iterator[Event]) -> Iterator[str]:
    """Write events in the form of server-sent events; an error becomes the last event."""
    try:
        for event in events:
            if isinstance(event, AnswerEvent):
                yield f"event: answer\ndata: {event.answer.model_dump_json()}\n\n"
            elif isinstance(event, StatusEvent | DeltaEvent):
                name = "status" if isinstance(event, StatusEvent) else "delta"
                yield f"event: {name}\ndata: {json.dumps({'text': event.text}, ensure_ascii=False)}\n\n"
    except ChuktiError as error:
        yield f"event: error\ndata: {json.dumps({'error': str(error)}, ensure_ascii=False)}\n\n"


def _sentence(text: str, status: int) -> JSONResponse:
    return JSONResponse({"error": " ".join(text.split())}, status)
