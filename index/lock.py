"""One process owns an index folder; who it is, and where it listens, is written beside the lock."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError

_LOCK, _OWNER = "owner.lock", "owner.json"
GLANCE = 0.2  # seconds; a process that only asks who the owner is holds the lock for less


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that owns a folder; ``address`` is its server's, such as ``http://127.0.0.1:7860``, or empty."""

    pid: int
    address: str = ""


class Ownership:
    """Holds the folder from ``take`` to ``release``; the operating system frees it when the process dies."""

    def __init__(self, home: Path) -> None:
        """Prepare to own the folder, making it where there is none; nothing is locked yet."""
        self._home = home
        home.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(home / _LOCK, thread_local=False)  # a door may release it in another thread

    def take(self, address: str = "") -> None:
        """Own the folder; raises IndexBusyError that names the owner when another process has it."""
        try:
            self._lock.acquire(timeout=GLANCE)
        except Timeout:
            owner = owner_of(self._home)
            who = f"process {owner.pid}" + (f" at {owner.address}" if owner.address else "") if owner else "another process"
            raise IndexBusyError(
                f"The index in {str(self._home)!r} is in use by {who}; stop it, or set CHUKTI_HOME to another folder."
            ) from None
        note = self._home / f"{_OWNER}.{os.getpid()}"
        note.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
        note.replace(self._home / _OWNER)

    def release(self) -> None:
        """Give the folder back; harmless when it is not held."""
        if self._lock.is_locked:
            (self._home / _OWNER).unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> "Ownership":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def claim(home: Path) -> Ownership | None:
    """Own the folder for this process; None when it owns it already. Raises IndexBusyError."""
    owner = owner_of(home)
    if owner is not None and owner.pid == os.getpid():
        return None
    ownership = Ownership(home)
    ownership.take()
    return ownership


def owner_of(home: Path) -> Owner | None:
    """Return the live owner of a folder; None when nobody holds the lock, whatever a dead process left behind."""
    if not (home / _LOCK).exists():
        return None
    lock = FileLock(home / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        try:
            row = json.loads((home / _OWNER).read_text(encoding="utf-8"))
            return Owner(int(row["pid"]), str(row.get("address", "")))
        except (OSError, ValueError, KeyError):
            return Owner(0)
    lock.release()
    return None
