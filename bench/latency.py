"""Time to answer in process, by intent and script: `python -m bench.latency [--rounds 5] [--json FILE]`.

Questions are those of ``tests/cases.jsonl`` without a conversation before them. Times are milliseconds of wall clock
from the question to the whole answer, after one warm-up round; the index is the shipped corpus.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent.parent / "tests" / "cases.jsonl"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args()
    rows = measure(given.cases, given.rounds)
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def measure(cases: Path, rounds: int) -> list[dict[str, Any]]:
    """Return p50, p95 and the largest time for each intent, each script and all questions."""
    from assistant.chat import open_assistant
    from assistant.settings import keep_quiet, load_settings

    settings = load_settings()
    keep_quiet(settings)
    assistant = open_assistant(settings, lambda *_: None)
    questions = [
        case
        for line in cases.read_text(encoding="utf-8").splitlines()
        if line and not (case := json.loads(line)).get("history")
    ]
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for counted in range(rounds + 1):
        for case in questions:
            started = time.perf_counter()
            answer = assistant.ask(case["question"])
            spent = (time.perf_counter() - started) * 1000
            if counted:  # the first round warms up
                for key in (("intent", answer.intent.value), ("script", case.get("script", "?")), ("", "all")):
                    times[key].append(spent)
    return [
        {
            "kind": kind,
            "name": name,
            "n": len(spent),
            "p50": quantile(spent, 50),
            "p95": quantile(spent, 95),
            "max": round(max(spent), 2),
        }
        for (kind, name), spent in sorted(times.items())
    ]


def quantile(values: list[float], percent: int) -> float:
    """Return a percentile in the unit of the values, to two decimals."""
    cut = statistics.quantiles(values, n=100, method="inclusive") if len(values) > 1 else values * 99
    return round(cut[percent - 1], 2)


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| questions | answers | p50 ms | p95 ms | max ms |", "|---|---|---|---|---|"]
    lines += [f"| {row['kind']} {row['name']} | {row['n']} | {row['p50']} | {row['p95']} | {row['max']} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
