"""The shipped corpus is sound, and the validator finds each kind of fault when one is planted."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.corpus import SHIPPED, Corpus
from index.validation import ungrounded, validate

TODAY = date(2026, 7, 31)  # the records end in June 2026
Row = dict[str, object]

ENTITIES: list[Row] = [
    {
        "id": "openai",
        "name_en": "OpenAI",
        "name_bn": "ওপেনএআই",
        "sectors": ["ai_lab"],
        "country": "US",
        "note_en": "A lab.",
        "note_bn": "ল্যাব।",
    },
    {
        "id": "amd",
        "name_en": "AMD",
        "name_bn": "এএমডি",
        "sectors": ["chipmaker"],
        "country": "US",
        "note_en": "Makes chips.",
        "note_bn": "চিপ বানায়।",
    },
]
DEAL: Row = {
    "id": "2025-10-06-openai-amd",
    "title_en": "OpenAI buys 6 gigawatts of AMD chips",
    "title_bn": "এএমডির ৬ গিগাওয়াট চিপ কিনছে ওপেনএআই",
    "summary_en": "It gets a warrant for 73 million shares. First chips come in November.",
    "summary_bn": "সঙ্গে ৭ কোটি ৩০ লাখ শেয়ারের ওয়ারেন্ট।",
    "type": "chip_supply",
    "parties": [{"entity": "openai", "role": "buyer"}, {"entity": "amd", "role": "seller"}],
    "flows": [{"from": "openai", "to": "amd", "kind": "cash", "for": "chips", "amount_usd": None, "implied": False}],
    "announced": "2025-10-06",
    "announced_precision": "day",
    "status": "signed",
    "gigawatts": 6,
    "shares": 73000000,
    "sources": [{"url": "https://a.example/one", "publisher": "Reuters", "supports": "The terms."}],
}
BRIEF = (
    "---\ntitle: AMD pays with shares\nlanguage: en\ndate: 2025-10-06\npublisher: Chukti\ndeals: [2025-10-06-openai-amd]\n"
    "sources:\n  - url: https://a.example/one\n    publisher: Reuters\n    title: null\n---\n\n"
    "OpenAI buys 6 gigawatts of chips from AMD.[^1] {}" + "It said so on 6 October 2025 and meant it.[^1] " * 14 + "\n"
)


def write(folder: Path, entities: list[Row], deals: list[Row], brief: str) -> Corpus:
    """Write a corpus with one brief."""
    (folder / "articles" / "en").mkdir(parents=True)
    for name, rows in (("entities", entities), ("deals", deals)):
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
    (folder / "articles" / "en" / "amd-warrant.md").write_text(brief, encoding="utf-8")
    return Corpus(folder, folder / "own")


def test_the_shipped_corpus_has_no_fault() -> None:
    """Every record and every brief that ships passes every check."""
    assert [str(fault) for fault in validate(Corpus(SHIPPED, SHIPPED / "none"), TODAY)] == []


def test_the_shipped_corpus_is_large_enough() -> None:
    """At least forty briefs in each language; some topics in both, some in one only."""
    topics = {language: {path.stem for path in (SHIPPED / "articles" / language).glob("*.md")} for language in ("en", "bn")}
    assert min(len(names) for names in topics.values()) >= 40
    assert topics["en"] & topics["bn"] and topics["en"] - topics["bn"] and topics["bn"] - topics["en"]


def test_a_sound_corpus_passes(tmp_path: Path) -> None:
    """The sample that the other tests spoil has no fault of its own."""
    assert validate(write(tmp_path, ENTITIES, [DEAL], BRIEF.format("")), TODAY) == ()


def both(rows: list[Row], **change: object) -> list[Row]:
    """Change fields of the first row."""
    return [rows[0] | change, *rows[1:]]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda e, d, b: (both(e, colour="red"), d, b), "has the unknown field 'colour'"),
        (lambda e, d, b: (both(e, name_bn="OpenAI"), d, b), "has the Bengali name 'OpenAI'"),
        (lambda e, d, b: (both(e, name_en="amd"), d, b), "shares the name"),
        (lambda e, d, b: (both(e, country="us"), d, b), "has the country 'us'"),
        (lambda e, d, b: (both(e, sectors=["sovereign_fund"]), d, b), "is a sovereign fund but no investor"),
        (lambda e, d, b: (both(e, sectors=["bakery"]), d, b), "sectors"),
        (lambda e, d, b: (e[1:], d, b), "unknown organisation 'openai'"),
        (lambda e, d, b: (e, both(d, title_bn="AMD chips"), b), "has no title_bn in Bengali script"),
        (lambda e, d, b: (e, both(d, summary_bn="৭৪ কোটি শেয়ার।"), b), "summary_bn states '৭৪ কোটি শেয়ার'"),
        (lambda e, d, b: (e, both(d, status="done"), b), "status"),
        (lambda e, d, b: (e, both(d, part_of="none"), b), "which is no deal"),
        (lambda e, d, b: (e, both(d, part_of=DEAL["id"]), b), "is part of itself"),
        (lambda e, d, b: (e, both(d, amends=DEAL["id"]), b), "which is later or itself"),
        (lambda e, d, b: (e, both(d, announced="2025-10-07"), b), "does not begin with its date"),
        (lambda e, d, b: (e, both(d, announced_precision="month"), b), "which is no date of month precision"),
        (lambda e, d, b: (e, both(d, closed="2024-01"), b), "before it was announced"),
        (lambda e, d, b: (e, both(d, id="2027-01-01-x", announced="2027-01-01"), b), "in the future"),
        (lambda e, d, b: (e, both(d, amount_usd=5), b), "has amount_usd without amount_qualifier"),
        (lambda e, d, b: (e, both(d, sources=[]), b), "has no source"),
        (lambda e, d, b: (e, both(d, claims=[{"field": "term", "value": "x", "source": 1}]), b), "has a claim on source 1"),
        (lambda e, d, b: (e, both(d, conflict_note_en="They differ."), b), "has a conflict note in one language only"),
        (
            lambda e, d, b: (e, both(d, flows=[{"from": "openai", "to": "nvidia", "kind": "cash"}]), b),
            "one of which is no party",
        ),
        (lambda e, d, b: (e, both(d, parties=[]), b), "has no parties"),
        (lambda e, d, b: (e, d, b.replace("6 gigawatts", "7 gigawatts")), "states '7 gigawatts'"),
        (lambda e, d, b: (e, d, b.replace("6 October", "8 October")), "states '8 October 2025'"),
        (lambda e, d, b: (e, d, b.replace("[2025-10-06-openai-amd]", "[2025-x]")), "names the unknown deal '2025-x'"),
        (lambda e, d, b: (e, d, b.replace("a.example/one", "b.example/two")), "of no deal that it names"),
        (lambda e, d, b: (e, d, b.replace("AMD.[^1]", "AMD[^1].")), "has a reference inside a sentence"),
        (lambda e, d, b: (e, d, b.replace("[^1]", "")), "never refers to its source 1"),
        (lambda e, d, b: (e, d, b.replace("[^1]", "[^2]")), r"refers to source '[^2]' but lists 1"),
        (lambda e, d, b: (e, d, b.replace("publisher: Chukti", "publisher: Other")), "has the publisher 'Other'"),
        (lambda e, d, b: (e, d, b.replace("language: en", "language: bn")), "lies in 'en' but is in 'bn'"),
        (lambda e, d, b: (e, d, b[:500]), "words"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, spoil: Callable[..., tuple[list[Row], list[Row], str]], message: str) -> None:
    """Each kind of fault is named, whatever else it brings along."""
    faults = validate(write(tmp_path, *spoil(ENTITIES, [DEAL], BRIEF.format(""))), TODAY)
    assert any(message in str(fault) for fault in faults), [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("73 million shares, 6 GW, November 2025, 2025, 6 October", []),
        ("৭ কোটি ৩০ লাখ শেয়ার, ৬ অক্টোবর ২০২৫", []),
        ("December 2025", ["December 2025"]),
        ("November 2026", ["November 2026"]),
        ("74 million shares and $6,001", ["74 million shares", "$6,001"]),
        ("GB200 and H100 are names", []),
    ],
)
def test_figures_rest_on_the_record(tmp_path: Path, text: str, left: list[str]) -> None:
    """Other magnitudes and writings of a recorded figure pass; any other figure is named as it stands."""
    ledger = write(tmp_path, ENTITIES, [DEAL], "").ledger()
    assert [text[figure.start : figure.end] for figure in ungrounded(text, ledger.deals, ledger)] == left


def test_a_copied_corpus_can_be_spoilt_in_one_byte(tmp_path: Path) -> None:
    """One figure changed in one shipped brief is found among all."""
    shutil.copytree(SHIPPED, tmp_path / "corpus")
    brief = tmp_path / "corpus" / "articles" / "en" / "amd-warrant.md"
    brief.write_text(brief.read_text(encoding="utf-8").replace("160 million", "161 million"), encoding="utf-8")
    faults = validate(Corpus(tmp_path / "corpus", tmp_path / "none"), TODAY)
    assert faults and {fault.place for fault in faults} == {"en-amd-warrant"}
