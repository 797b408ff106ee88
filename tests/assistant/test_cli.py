"""The command line: what it prints, its exit status, and how little it loads."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import cli_corpus
from assistant.cli import run
from assistant.settings import Settings
from index.lock import Ownership


@pytest.fixture(autouse=True)
def small_assistant(monkeypatch: pytest.MonkeyPatch, stand_in: Any) -> Any:
    """Let every command open the stand-in."""
    monkeypatch.setattr("assistant.opening.open_real", lambda settings, progress: stand_in)
    for name in ("GRADIO_ANALYTICS_ENABLED", "ANONYMIZED_TELEMETRY", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "")  # so that what the door sets is undone after the test
    return stand_in


def test_ask_prints_answer_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """`ask` prints the text, then each source with its quote and link."""
    assert run(["ask", "OpenAI", "and", "AMD?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Answer 1: OpenAI takes chips [1]")
    assert "OpenAI takes AMD chips" in out
    assert "https://example.org/a?x=1&y=2" in out


def test_ask_json_is_the_contract(capsys: pytest.CaptureFixture[str], small_assistant: Any) -> None:
    """`ask --json` prints the whole answer and passes the language on."""
    assert run(["ask", "--json", "--language", "bn", "OpenAI?"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["language"] == "bn"
    assert {"question", "intent", "text", "deals", "citations", "left_out", "follow_ups", "value", "verdict"} <= set(answer)
    assert small_assistant.asked[0].text == "OpenAI?"


def test_chat_keeps_the_conversation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small_assistant: Any
) -> None:
    """`chat` gives each question the turns before it and ends at an empty line."""
    lines = iter(["first?", "and then?", ""])
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    assert run(["chat"]) == 0
    assert [turn.role for turn in small_assistant.asked[1].history] == ["user", "assistant"]
    assert small_assistant.asked[1].history[1].deals
    assert "Answer 2" in capsys.readouterr().out


def test_search_prints_passages(capsys: pytest.CaptureFixture[str]) -> None:
    """`search` prints passages; with --json as rows with exact offsets."""
    assert run(["search", "amd"]) == 0
    assert "1. A brief" in capsys.readouterr().out
    assert run(["search", "amd", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["end"] == 15


def test_deals_filters_and_forms(capsys: pytest.CaptureFixture[str]) -> None:
    """`deals` filters by party in either script and prints a table, JSON, or CSV without live formulas."""
    assert run(["deals", "--party", "ওপেনএআই", "--sector", "chipmaker", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["2025-10-06-openai-amd"]
    assert run(["deals", "--min-usd", "100bn", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert rows[0]["title_en"].startswith("'=OpenAI")
    assert run(["deals", "--since", "2025-10"]) == 0
    assert "1 deal." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deals", "--party", "opnai"], "did you mean OpenAI?"),
        (["deals", "--type", "marriage"], "'marriage' is no type"),
        (["deals", "--since", "soon"], "'soon' is no date"),
        (["deals", "--min-usd", "lots"], "'lots' is no amount"),
        (["deals", "--csv", "--json"], "choose one"),
        (["ask", "x" * 2001], "at most 2000"),
        (["ask", " "], "question is empty"),
        (["add", "missing.txt"], "no file 'missing.txt'"),
        (["search", "amd", "--limit", "99"], "99 is not between 1 and 50"),
        (["dance"], "dance"),
        (["ask"], "QUESTION"),
        (["ask", "--language", "fr", "x"], "fr"),
    ],
    ids=lambda value: " ".join(value)[:20] if isinstance(value, list) else "",
)
def test_mistakes_are_one_sentence_and_exit_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A usage mistake is one line on stderr with the next step; nothing on stdout."""
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err


def test_failures_exit_1_without_a_stack_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small_assistant: Any
) -> None:
    """An error of the program itself is told in one sentence too."""
    monkeypatch.setattr(small_assistant.index, "search", lambda *_: 1 / 0)
    assert run(["search", "amd"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert run(["remove", "nothing"]) == 1
    assert "no article 'nothing'" in capsys.readouterr().err


def test_add_sources_remove(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Files and folders are added, listed as one's own, and removed by id."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text("AMD and OpenAI signed a deal.", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"no article")
    assert run(["add", str(folder), "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["added"]] == ["one"]
    assert run(["sources", "--json"]) == 0
    assert {row["id"]: row["own"] for row in json.loads(capsys.readouterr().out)} == {"en-brief": False, "one": True}
    assert run(["sources"]) == 0
    assert "2 articles." in capsys.readouterr().out
    assert run(["remove", "one"]) == 0
    assert "Removed one." in capsys.readouterr().out


BOOK = """title_en,type,parties,announced,status,amount_usd
Acme buys chips,chip_supply,Acme Robotics: buyer; AMD: seller,2026-03,signed,$1.5bn
AMD lends to OpenAI,debt_financing,amd: lender; openai: borrower,2026-04,{status},
"""


def test_add_deals_from_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A table of deals is told by its suffix: `add` says what is new, `sources` lists the file, `remove` takes it out."""
    book = tmp_path / "book.csv"
    book.write_text(BOOK.format(status="signed"), encoding="utf-8")
    assert run(["add", str(book)]) == 0
    told = capsys.readouterr().out
    assert told == (
        "Added book.csv: 2 deals added, 0 changed, 0 unchanged; 1 organisation added, 0 changed, 0 unchanged (acme_robotics).\n"
    )
    book.write_text(BOOK.format(status="closed"), encoding="utf-8")
    assert run(["add", str(book), "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["added"]
    assert (row["kind"], row["id"], row["changed"]["deals"]) == ("records", "book.csv", ["2026-04-amd-lends-to-openai"])
    assert row["unchanged"] == {"deals": ["2026-03-acme-buys-chips"], "entities": ["acme_robotics"]}
    assert run(["deals", "--party", "Acme Robotics", "--min-usd", "1bn"]) == 0
    assert "Acme buys chips" in capsys.readouterr().out
    assert run(["remove", "2026-04-amd-lends-to-openai"]) == 0
    assert run(["sources"]) == 0
    assert "book.csv  --  1 deal  (yours)" in capsys.readouterr().out
    assert run(["remove", "book.csv"]) == 0
    assert capsys.readouterr().out == "Removed book.csv.\n"
    assert run(["sources", "--json"]) == 0
    assert "book.csv" not in capsys.readouterr().out


def test_a_bad_row_is_one_sentence_and_adds_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """File, row, column and the next step stand on one line of stderr; the good rows are not taken either."""
    (tmp_path / "book.csv").write_text(BOOK.format(status="sure"), encoding="utf-8")
    assert run(["add", str(tmp_path / "book.csv")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "'book.csv' row 3, column 'status': 'sure': input should be" in told.err
    assert told.err.endswith("; correct it and add the file again.\n")
    assert told.err.count("\n") == 1
    assert run(["deals", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_add_goes_on_after_a_bad_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One unreadable file does not keep the others out; the failure is told and the status is 1."""
    (tmp_path / "good.txt").write_text("Good news about chips.", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"not a pdf")
    assert run(["add", str(tmp_path / "bad.pdf"), str(tmp_path / "good.txt")]) == 1
    told = capsys.readouterr()
    assert "Added good" in told.out
    assert "1 of 2 files were not added" in told.err


def test_busy_folder_is_named(capsys: pytest.CaptureFixture[str], settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process without a server owns the index, the command waits a little and says who has it."""
    monkeypatch.setattr("assistant.opening.BUSY_WAIT", 0.1)
    owner = Ownership(settings.home)
    owner.take()
    try:
        assert run(["ask", "OpenAI?"]) == 1
    finally:
        owner.release()
    assert "in use by process" in capsys.readouterr().err


def test_help_is_quick_and_light() -> None:
    """`--help` loads no heavy library and names every command."""
    code = (
        "import sys; from assistant.cli import run; run(['--help']);"
        "print([m for m in ('pydantic', 'gradio', 'fastapi', 'chromadb', 'torch', 'langchain_core') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert out.rstrip().endswith("[]")
    for name in ("ask", "chat", "search", "deals", "add", "remove", "sources", "build", "eval", "serve"):
        assert f"\n  {name} " in out


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself."""
    for name in ("ask", "chat", "search", "deals", "add", "remove", "sources", "build", "eval", "serve"):
        assert run([name, "--help"]) == 0
        assert "Usage: chukti" in capsys.readouterr().out
    assert cli_corpus.deals_command.help
