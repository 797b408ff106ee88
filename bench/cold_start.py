"""Seconds from a command to its result: `python -m bench.cold_start [--rounds 3]`.

The first round of each runs in an empty home and builds the index; the others find it. Python's byte code and the
operating system's file cache are warm in all but the first. The page is "served" when `/` holds the Gradio page; before
that a waiting page stands there.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.serving import ROOT, cpu_seconds, served, until

COMMANDS = {
    "chukti --help": ["--help"],
    "chukti ask, records": ["ask", "which deals does OpenAI have with chipmakers?"],
    "chukti ask, Bengali": ["ask", "ওপেনএআই কোন কোন চিপ নির্মাতার সাথে চুক্তি করেছে?"],
    "chukti ask, passages": ["ask", "what is a warrant?"],
}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures: dict[str, list[float]] = {
            "first start with build, ask": [command(Path(home), COMMANDS["chukti ask, records"])]
        }
        for name, arguments in COMMANDS.items():
            figures[name] = [command(Path(home), arguments) for _ in range(given.rounds)]
        for _ in range(given.rounds):
            for name, seconds in server(Path(home)).items():
                figures.setdefault(name, []).append(seconds)
    with tempfile.TemporaryDirectory() as home:
        figures |= {f"first start, {name}": [seconds] for name, seconds in server(Path(home)).items()}
    rows = [{"what": name, "median_s": round(statistics.median(spent), 2), "all_s": [round(one, 2) for one in spent]}
            for name, spent in figures.items()]  # fmt: skip
    print("| from command to result | median s | each s |\n|---|---|---|")
    for row in rows:
        print(f"| {row['what']} | {row['median_s']} | {row['all_s']} |")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def command(home: Path, arguments: list[str]) -> float:
    """Return the seconds that one command takes from start to exit."""
    started = time.perf_counter()
    environment = os.environ | {"CHUKTI_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def server(home: Path) -> dict[str, float]:
    """Return the seconds until the waiting page, the first answer and the real page are there."""
    with served(home) as (process, address, started):
        waiting = until(address, "/", started)
        healthy = until(address, "/health", started)
        page = until(address, "/", started, holds="gradio_config")
        spent = cpu_seconds(process.pid)
    return {
        "serve: something to see": waiting,
        "serve: questions answered": healthy,
        "serve: page served": page,
        "serve: processor time until then": spent,
    }


if __name__ == "__main__":
    main()
