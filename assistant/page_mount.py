"""The page is made beside the running server, since its library takes seconds to load; a waiting page stands in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

WAITING = """<!doctype html><html lang="bn"><head><meta charset="utf-8"><title>Chukti · চুক্তি</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="2">
<meta name="color-scheme" content="light dark"><style>
body{margin:0;min-height:100vh;display:grid;place-content:center;text-align:center;gap:.5rem;
font:17px/1.7 system-ui,"Noto Sans Bengali","Hind Siliguri",SolaimanLipi,"Nirmala UI",Vrinda,sans-serif}
h1{font-size:2.2rem;margin:0}p{margin:0;opacity:.75}</style></head>
<body role="status"><h1>চুক্তি</h1><p>পাতাটি খুলছে…</p><p lang="en">Chukti is opening…</p></body></html>"""


class PageMount:
    """An ASGI application that serves the waiting page until the real one has been made."""

    def __init__(self, make: Callable[[], AsyncIterator[ASGIApp]]) -> None:
        """``make`` yields the page's application once and closes it when it is resumed."""
        self._make = make
        self._page: ASGIApp | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Make the page in the background for as long as the server runs."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        pages = self._make()
        try:
            async for page in pages:
                self._page = page
                await asyncio.Event().wait()
        finally:
            self._page = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page, or the waiting page with 200 at `/` and 503 elsewhere."""
        if self._page is not None:
            await self._page(scope, receive, send)
        elif scope["type"] == "http":
            status = 200 if scope["path"] == "/" else 503
            await HTMLResponse(WAITING, status, headers={"Retry-After": "2"})(scope, receive, send)
