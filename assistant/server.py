"""The server: one process that owns the index, answers over HTTP and carries the page."""

import asyncio
import gc
import logging
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from assistant.opening import Lobby, Progress, open_real, owned
from assistant.service import Asked
from assistant.settings import Settings
from index.errors import ChuktiError

LOG = logging.getLogger("chukti")
PAGE_WAIT = 15.0  # seconds after which the index does not wait for the page any longer
STOP_WAIT = 2  # seconds that open streams get when the server stops


def serve(settings: Settings, ready: Callable[[str], None], lobby: Lobby | None = None) -> None:
    """Serve until stopped; ``ready`` is told the address once the page can be asked for.

    Raises ChuktiError when the index is in use or the address cannot be had.
    """
    import uvicorn

    from assistant.api import create_app

    made = threading.Event()

    def open_here(settings: Settings, progress: Progress) -> Asked:
        return open_current(settings, progress, made)

    with owned(settings, settings.address):
        sockets = [_listen(settings)]
        lobby = lobby or Lobby(settings, open_here)
        app = create_app(lobby, settings, lambda: page(lobby, settings, made))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=STOP_WAIT, ws="none")
        ready(settings.address)
        with _stopped_quietly():
            uvicorn.Server(config).run(sockets=sockets)


def open_current(settings: Settings, progress: Progress, page_made: threading.Event) -> Asked:
    """Open the assistant; once the page is made, bring its index up to date and warm what makes first answers quick.

    One interpreter does one thing at a time: the page first, since a person waits for it, and records answer already.
    """
    assistant = open_real(settings, progress)

    def go_on() -> None:
        page_made.wait(PAGE_WAIT)
        try:
            report = assistant.index.rebuild(progress)
            for name, sentence in report.failed:
                LOG.warning("Not indexed: %s: %s", name, sentence)
            assistant.warm()
        except ChuktiError as error:
            LOG.warning("%s", error)

    threading.Thread(target=go_on, name="chukti-warming", daemon=True).start()
    return assistant


async def page(lobby: Lobby, settings: Settings, made: threading.Event) -> AsyncIterator[ASGIApp]:
    """Make the page in a thread, since its library takes seconds to load; yield it with its start-up done."""

    def make() -> ASGIApp:
        from assistant.ui.page import page_app

        return page_app(lobby, settings)

    gc.disable()  # importing makes a million lasting objects: looking them through again and again takes a fifth of the time
    try:
        app = await asyncio.to_thread(make)
    finally:
        gc.freeze()
        gc.enable()
        made.set()
    async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
        yield app


@contextmanager
def _stopped_quietly() -> Iterator[None]:
    """Let the end of the server run what stands after it: uvicorn raises the signal that stopped it once more."""

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


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
