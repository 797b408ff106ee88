"""A server started for a measurement, in a home of its own or a given one, and stopped again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
START = 180.0  # seconds after which a start counts as failed


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """Start `python app.py`; yield the process, its address and the moment it was started (``time.perf_counter``)."""
    port = free_port()
    environment = os.environ | {"CHUKTI_HOME": str(home)}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process, f"http://127.0.0.1:{port}", started
    finally:
        process.terminate()
        process.wait(30)


def until(address: str, path: str, started: float, holds: str = "") -> float:
    """Return the seconds from ``started`` until the path answers 200 with this text in it; raises TimeoutError."""
    while time.perf_counter() - started < START:
        try:
            response = httpx.get(address + path, trust_env=False, timeout=10)
            if response.status_code == 200 and holds in response.text:
                return time.perf_counter() - started
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{address}{path} did not answer in {START} s")


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used so far (Linux): what a start costs on a machine that is busy."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime, stime
