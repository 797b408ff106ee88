"""Resident memory of the server: `python -m bench.memory`. Linux only (reads /proc).

Measured after the index is open, after the page has been fetched, and after a hundred questions.
"""

import json
import tempfile
import time
from pathlib import Path

import httpx

from bench.serving import ROOT, served, until

QUESTIONS = 100
MOST = 450  # MB resident that the shipped corpus with the page open may take


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as (process, address, started):
        until(address, "/health", started)
        until(address, "/", started, holds="gradio_config")
        time.sleep(1)
        print("| moment | resident MB |\n|---|---|")
        print(f"| page served, index open | {resident(process.pid):.0f} |")
        cases = (ROOT / "tests" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
            for line in cases[:QUESTIONS]:
                client.post("/api/ask", json={"question": json.loads(line)["question"]}).raise_for_status()
            client.post("/api/ask", json={"question": "ওয়ারেন্ট কী?"}).raise_for_status()
        last = resident(process.pid)
        print(f"| after {QUESTIONS} questions | {last:.0f} (reach: {MOST}) |")


def resident(pid: int) -> float:
    """Return the resident set of a process in MB (10^6 bytes)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"no memory figure for process {pid}")


if __name__ == "__main__":
    main()
