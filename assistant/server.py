"""The server: one process that owns the index, answers over HTTP and carries the page."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable

from starlette.types import ASGIApp

from assistant.opening import Lobby, Progress, open_real, owned
from assistant.service import Asked
from assistant.settings import Settings
from index.errors import ChuktiError

STOP_WAIT = 2  # seconds that open streams get when the server stops


def serve(settings: Settings, ready: Callable[[str], None], lobby: Lobby | None = None) -> None:
    """Serve until stopped; ``ready`` is told the address once the page can be asked for.

    Raises ChuktiError when the index is in use or the address cannot be had.
    """
    import uvicorn

    from assistant.api import create_app

    with owned(settings, settings.address):
        sockets = [_listen(settings)]
        lobby = lobby or Lobby(settings, open_current)
        app = create_app(lobby, settings, lambda: page(lobby, settings))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=STOP_WAIT, ws="none")
        ready(settings.address)
        uvicorn.Server(config).run(sockets=sockets)


def open_current(settings: Settings, progress: Progress) -> Asked:
    """Open the assistant with the index brought up to date; what makes first answers quick goes on in the background."""
    assistant = open_real(settings, progress)
    assistant.index.rebuild(progress)
    threading.Thread(target=assistant.warm, name="chukti-warming", daemon=True).start()
    return assistant


async def page(lobby: Lobby, settings: Settings) -> AsyncIterator[ASGIApp]:
    """Make the page in a thread, since its library takes seconds to load; yield it with its start-up done."""

    def make() -> ASGIApp:
        from assistant.ui.page import page_app

        return page_app(lobby, settings)

    app = await asyncio.to_thread(make)
    async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
        yield app


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        raise ChuktiError(
            f"The address {where!r} cannot be used ({error.strerror}); choose another with --host and --port."
        ) from None
    return listener
