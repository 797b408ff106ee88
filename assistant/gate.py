"""What every request passes: the host it names, the page it comes from, its size; and the headers of every response."""

import json
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 1_000_000  # bytes of a JSON body: a long conversation is a tenth of that
UPLOAD_LIMIT = 25_000_000  # bytes of an uploaded article

# The page may load from its own server only: nothing that a document or a model writes can call out.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class Gate:
    """Middleware: refuses foreign hosts (DNS rebinding), foreign origins on changes and too large bodies."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None = None, uploaders: Iterable[str] | None = None) -> None:
        """``hosts`` are the only host names served, ``uploaders`` the only callers that may send files; None means any."""
        self.app = app
        self.uploaders = frozenset(uploaders) if uploaders is not None else None
        self.hosts = frozenset(hosts) if hosts is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 4xx and one sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = UPLOAD_LIMIT if _is_upload(scope["path"]) else BODY_LIMIT
        refusal = self._refusal(scope, headers, limit)
        if refusal:
            await _refuse(send, *refusal)
            return

        async def outgoing(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, _counted(receive, limit), outgoing)

    def _refusal(self, scope: Scope, headers: Headers, limit: int) -> tuple[int, str] | None:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if self.hosts is not None and host not in self.hosts:
            return 421, f"This server does not answer to the name {host!r}; call it by 127.0.0.1, or set CHUKTI_HOST."
        origin = headers.get("origin")
        changes = scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if origin and changes and urlsplit(origin).netloc != headers.get("host"):
            return 403, f"Requests from the page {origin!r} are not accepted; call the server directly."
        caller = (scope.get("client") or ("",))[0]
        if changes and _is_upload(scope["path"]) and self.uploaders is not None and caller not in self.uploaders:
            return 403, "Files can be sent from the server's own machine only; set CHUKTI_SHARED=1 there."
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > limit:
            return 413, f"The request has {int(length)} bytes, more than {limit}; send less."
        return None


def _is_upload(path: str) -> bool:
    return path == "/api/articles" or path.startswith("/gradio_api/upload")


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            # The application that reads the body turns this into its answer.
            raise HTTPException(413, f"the request is larger than {limit} bytes, send less")
        return message

    return counted


def _guard(headers: MutableHeaders) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if headers.get("content-type", "").startswith("text/html"):
        headers["Content-Security-Policy"] = POLICY


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
