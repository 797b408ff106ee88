"""Getting to an open assistant: at once for a command, in the background for a server, or a running server's instead."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.service import Asked, Service
from assistant.settings import Settings
from index.errors import ChuktiError, IndexBusyError
from index.lock import Ownership, owner_of

BUSY_WAIT = 15.0  # seconds that one command waits for another to finish; an answer takes about one
Progress = Callable[[str, int, int], None]
Open = Callable[[Settings, Progress], Asked]


class NotReadyError(ChuktiError):
    """The assistant is still opening; the message says what it is doing."""


def open_real(settings: Settings, progress: Progress) -> Asked:
    """Open the assistant of these settings, building the index where there is none."""
    from assistant.chat import open_assistant

    return open_assistant(settings, progress)


@contextmanager
def owned(settings: Settings, address: str = "") -> Iterator[None]:
    """Own the index folder; waits for another short-lived command, raises IndexBusyError when a server has it."""
    try:
        ownership = Ownership(settings.home)
    except OSError as error:
        raise ChuktiError(
            f"The folder {str(settings.home)!r} cannot be written ({error.strerror}); set CHUKTI_HOME to another one."
        ) from None
    deadline = time.monotonic() + BUSY_WAIT
    while True:
        try:
            ownership.take(address)
            break
        except IndexBusyError:
            owner = owner_of(settings.home)
            if time.monotonic() > deadline or (owner and owner.address):
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        ownership.release()


class Lobby:
    """A service that opens in a background thread; until then it says what it is doing."""

    def __init__(self, settings: Settings, open_assistant: Open = open_real) -> None:
        """Prepare; nothing runs before ``start``."""
        self._settings, self._open = settings, open_assistant
        self._service: Service | None = None
        self._failure: str = ""
        self._started = False
        self._done = threading.Event()
        self.status = "Chukti is starting."

    def start(self) -> None:
        """Begin to open, in a daemon thread; harmless when it has begun."""
        if self._started:
            return
        self._started = True
        threading.Thread(target=self._run, name="chukti-opening", daemon=True).start()

    @property
    def ready(self) -> bool:
        """True once questions can be answered."""
        return self._service is not None

    @property
    def service(self) -> Service:
        """The open service; raises NotReadyError with the status before that, ChuktiError when opening failed."""
        if self._service is not None:
            return self._service
        if self._failure:
            raise ChuktiError(self._failure)
        raise NotReadyError(self.status)

    def wait(self, seconds: float) -> bool:
        """Wait for the end of opening, good or bad; False when it is not reached in time."""
        return self._done.wait(seconds)

    def _run(self) -> None:
        try:
            self.status = "Chukti is reading its records."
            self._service = Service(self._open(self._settings, self._tell))
        except ChuktiError as error:
            self._failure = str(error)
        except Exception as error:  # a thread has nobody to raise to; the person sees it at /health and on the page
            self._failure = f"Chukti could not start ({type(error).__name__}: {error}); run `chukti build` to see more."
        finally:
            self.status = self._failure or "Chukti is ready."
            self._done.set()

    def _tell(self, what: str, done: int, total: int) -> None:
        self.status = progress_sentence(what, done, total)


def progress_sentence(what: str, done: int, total: int) -> str:
    """Say how far a long piece of work is."""
    return f"Chukti is {what}: {done} of {total} documents." if total else f"Chukti is {what}."
