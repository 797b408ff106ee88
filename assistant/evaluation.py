"""Scores the assistant on a file of cases: each stage apart, by script and by intent; ``chukti eval``."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import median
from typing import Any

from assistant.audit import unverified
from assistant.chat import Assistant
from assistant.schema import Answer, Question, Turn
from index.errors import UsageError
from index.search import Index

STAGES = ("intent", "deals", "value", "verdict", "abstained", "left_out", "cites", "says", "citations", "numbers", "all")
_TOLERANCE = Decimal("0.0005")  # of a value: averages are written with fewer digits than they have
Case = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """What one case scored: stage -> right or wrong; a stage that the case does not check is absent."""

    case: Case
    answer: Answer
    stages: dict[str, bool] = field(default_factory=dict)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read a JSON-lines file of cases; raises UsageError that names the line."""
    cases = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"The cases {str(path)!r} cannot be read ({error.strerror}); give a JSON-lines file.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                cases.append(json.loads(line))
            except ValueError as error:
                raise UsageError(f"{path.name} line {number} is not JSON; correct the line.") from error
    return cases


def score(assistant: Assistant, case: Case) -> Score:
    """Ask one case and compare the answer with what is expected, or with any reading that is accepted as well."""
    history = tuple(Turn(turn["role"], turn["content"]) for turn in case.get("history") or ())
    question = Question(case["question"], history, case.get("language"))
    answer = assistant.ask(question)
    readings = [case, *({**case, **other} for other in case.get("accept") or ())]
    stages = max(
        (_compare(reading, answer) for reading in readings),
        key=lambda found: sum(found.values()) - 100 * (not all(found.values())),
    )
    stages["citations"] = _citations_exact(assistant.index, answer)
    stages["numbers"] = not unverified(answer, assistant.index.ledger, assistant.understand(question))
    stages["all"] = all(right for stage, right in stages.items() if stage != "intent" or case.get("strict_intent"))
    return Score(case, answer, stages)


def _compare(case: Case, answer: Answer) -> dict[str, bool]:
    stages = {"intent": answer.intent == case["intent"], "abstained": answer.abstained == bool(case.get("abstained"))}
    if case.get("deals") is not None:
        wanted, got = list(case["deals"]), list(answer.deals)
        stages["deals"] = wanted == got if case.get("ordered") else set(wanted) == set(got)
    if case.get("value") is not None:
        stages["value"] = _same_value(case["value"], answer.value.model_dump() if answer.value else None)
    if case.get("verdict") is not None:
        stages["verdict"] = answer.verdict == case["verdict"]
    if case.get("left_out") is not None:
        stages["left_out"] = set(case["left_out"]) == {entry.deal for entry in answer.left_out}
    if case.get("cites"):  # one of these articles or deals at least
        stages["cites"] = bool(set(case["cites"]) & {citation.id for citation in answer.citations})
    if case.get("says"):  # every one of these words
        stages["says"] = all(word in answer.text for word in case["says"])
    return stages


def _same_value(wanted: Mapping[str, str], got: Mapping[str, str] | None) -> bool:
    if got is None or "date" in wanted or "date" in got:
        return got is not None and wanted.get("date") == got.get("date")
    try:
        one, other = Decimal(str(wanted["amount"])), Decimal(got["amount"])
    except InvalidOperation:
        return False
    return wanted["unit"] == got["unit"] and abs(one - other) <= _TOLERANCE * max(abs(one), Decimal(1))


def _citations_exact(index: Index, answer: Answer) -> bool:
    """True when every quote is exactly what its document holds at its offsets, and every marker is cited."""
    for citation in answer.citations:
        language: Any = citation.language
        if index.document(citation.kind, citation.id, language)[citation.start : citation.end] != citation.quote:
            return False
    return True


def table(scores: Iterable[Score], group: Callable[[Score], str]) -> str:
    """Return a Markdown table of the share of right answers for each stage, one row a group."""
    rows: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        rows[group(one)].append(one)
    lines = ["| | cases | " + " | ".join(STAGES) + " |", "|---|---|" + "---|" * len(STAGES)]
    for name, members in sorted(rows.items()):
        cells = []
        for stage in STAGES:
            checked = [member.stages[stage] for member in members if stage in member.stages]
            cells.append(f"{100 * sum(checked) / len(checked):.1f}" if checked else "–")
        lines.append(f"| {name} | {len(members)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def evaluate(index: Index, cases: Iterable[Case]) -> list[Score]:
    """Score every case on its own day (``today``), 24 November 2026 where it names none."""
    assistants: dict[str, Assistant] = {}
    scores = []
    for case in cases:
        today = str(case.get("today") or "2026-11-24")
        if today not in assistants:
            assistants[today] = Assistant(index, date.fromisoformat(today))
        scores.append(score(assistants[today], case))
    return scores


def report(scores: list[Score]) -> str:
    """Return the tables by script and by intent, and the latency."""
    spent = sorted(one.answer.timing_ms["total"] for one in scores)
    late = spent[min(len(spent) - 1, int(0.95 * len(spent)))]
    return "\n\n".join(
        (
            table(scores, lambda one: "all"),
            table(scores, lambda one: str(one.case["script"])),
            table(scores, lambda one: str(one.case["intent"])),
            f"{len(scores)} questions, p50 {median(spent):.1f} ms, p95 {late:.1f} ms",
        )
    )


def as_rows(scores: Iterable[Score]) -> list[dict[str, Any]]:
    """Return one JSON row a case: what was asked, what came, what was right."""
    return [
        {
            "id": one.case.get("id"),
            "question": one.case["question"],
            "stages": one.stages,
            "answer": one.answer.model_dump(mode="json", exclude={"citations"}),
        }
        for one in scores
    ]


def run(service: Any, path: Path | None) -> None:  # noqa: ANN401  (a Service of the doors, which stand above)
    """Print the tables for a file of cases and write the rows beside it as ``NAME.results.json``."""
    import click

    if path is None:
        raise UsageError("There are no cases to score; give a file: `chukti eval CASES.jsonl`.")
    scores = evaluate(service.assistant.index, read_cases(path))
    click.echo(report(scores))
    target = path.with_suffix(".results.json")
    target.write_text(json.dumps(as_rows(scores), ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"Every answer is in {target}.")
