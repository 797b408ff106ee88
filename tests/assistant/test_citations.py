"""Citations: no unproved figure passes, markers and quotes are exact, and documents cannot smuggle markup in."""

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.citations import Numbering, render, verify, web_address
from assistant.markdown import escape
from assistant.schema import Draft, Evidence, Sentence
from index.documents import deal_text
from index.ledger import Ledger, read_deals, read_entities
from index.records import Article, Reference, Source

CORPUS = Path(__file__).parents[2] / "index" / "corpus"
LEDGER = Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl"))
AWS = LEDGER.deal("2025-11-03-openai-aws")


def quote(text: str) -> Evidence:
    """Return a whole article of these words as evidence."""
    return Evidence("article", "a", "en", text, 0, len(text))


def line(part: str, language="en") -> Evidence:
    """Return a part of the AWS record as evidence."""
    text = deal_text(AWS, LEDGER, language)
    start = text.index(part)
    return Evidence("deal", AWS.id, language, part, start, start + len(part))


@pytest.mark.parametrize(
    ("text", "quoted", "sound"),
    [
        ("It is worth $38 billion.", "a contract of $38 billion", True),
        ("এর মূল্য ৩৮ বিলিয়ন ডলার।", "a contract of $38 billion", True),
        ("It is worth $39 billion.", "a contract of $38 billion", False),
        ("It is 38%.", "a contract of $38 billion", False),
        ("It covers 6 GW.", "6,000 MW of chips", True),
        ("It was in October 2025.", "Announced: 6 October 2025", True),
        ("It was on 6 October 2025.", "Announced: October 2025", False),
        ("তারিখ ২০২৫ সালের ৬ অক্টোবর।", "Announced: 6 October 2025", True),
        ("It was in 2021.", "Announced: 6 October 2025", False),
        ("It uses GB200 and H100 chips of জি৪২.", "nothing here", True),
        ("The two firms signed three papers.", "nothing here", True),
    ],
)
def test_figures_must_be_quoted(text, quoted, sound) -> None:
    """A figure or date stands in the quote with the same value and unit, in whichever script, or the sentence fails."""
    assert verify(Sentence(text, (quote(quoted),))) is sound


def test_computed_figures_pass() -> None:
    """A number that code worked out needs no quote, and only that number."""
    assert verify(Sentence("There are 18 deals.", computed=(Decimal(18),)))
    assert not verify(Sentence("There are 19 deals.", computed=(Decimal(18),)))


def test_unproved_sentence_is_dropped_and_reported() -> None:
    """What cannot be proved is never shown."""
    bad = Sentence("It is worth $99 billion.", (line("Amount: $38 billion (contract value)"),))
    good = Sentence("It is worth $38 billion.", (line("Amount: $38 billion (contract value)"),))
    text, citations, dropped = render(Draft((bad, good)), LEDGER)
    assert "99" not in text and dropped == (bad,)
    assert text == "It is worth $38 billion [1]."
    assert [citation.marker for citation in citations] == [1]


def test_markers_count_by_first_appearance_and_merge() -> None:
    """The same record keeps its marker; its quote grows to hold both lines and stays exact."""
    other = LEDGER.deal("2025-10-06-openai-amd")
    document = deal_text(other, LEDGER, "en")
    second = Evidence("deal", other.id, "en", document[:20], 0, 20)
    sentences = (
        Sentence("One.", (line("Amount: $38 billion (contract value)"),)),
        Sentence("Two.", (second,)),
        Sentence("Three.", (line("Announced: 3 November 2025"),)),
    )
    text, citations, _ = render(Draft(sentences), LEDGER)
    assert text == "One [1]. Two [2]. Three [1]."
    quoted = citations[0].quote
    assert quoted.startswith("Amount:") and quoted.endswith("3 November 2025")
    assert deal_text(AWS, LEDGER, "en")[citations[0].start : citations[0].end] == quoted


def test_many_markers_in_a_row_are_a_range() -> None:
    """A sentence on many records shows the first and the last marker; every marker stays citable."""
    evidence = tuple(Evidence("deal", deal.id, "en", deal.title_en, 0, len(deal.title_en)) for deal in LEDGER.deals[:6])
    text, citations, _ = render(Draft((Sentence("Many deals.", evidence),)), LEDGER)
    assert text == "Many deals [1]–[6]." and len(citations) == 6


def test_deal_citation_names_its_best_source() -> None:
    """Title of the record, publisher and address of its first source."""
    (citation,) = render(Draft((Sentence("It is signed.", (line("Status: amended"),)),)), LEDGER)[1]
    assert (citation.title, citation.publisher) == (AWS.title_en, AWS.sources[0].publisher)
    assert citation.url == AWS.sources[0].url and citation.date == "2025-11-03"


def test_article_citation_takes_the_reference_after_the_sentence() -> None:
    """The address is that of the source which the quoted sentence rests on."""
    text = "First sentence. Second sentence."
    sources = (Source("https://one.example/a", "One"), Source("https://two.example/b", "Two"))
    article = Article(
        "brief", "A brief", text, "en", "brief.md", "hash", date="2026-01-02", publisher="Chukti", sources=sources,
        references=(Reference(15, (0,)), Reference(32, (1,))),
    )  # fmt: skip
    evidence = Evidence("article", "brief", "en", "Second sentence.", 16, 32)
    (citation,) = render(Draft((Sentence("Second sentence.", (evidence,)),)), LEDGER, {"brief": article})[1]
    assert (citation.url, citation.publisher, citation.title) == ("https://two.example/b", "Chukti", "A brief")


def test_neighbouring_sentences_are_one_quote() -> None:
    """Two sentences in a row of one article share a marker, sentences apart do not."""
    text = "First one. Second one. Third one."
    article = Article("brief", "A brief", text, "en", "brief.md", "hash")
    numbering = Numbering(LEDGER, {"brief": article})
    pieces = [Evidence("article", "brief", "en", text[a:b], a, b) for a, b in ((0, 10), (11, 22), (23, 33))]
    assert numbering.markers([pieces[0]]) == "[1]"
    assert numbering.markers([pieces[2]]) == "[2]"
    assert numbering.markers([pieces[1]]) == "[1]"
    assert numbering.citations()[0].quote == "First one. Second one."


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![x](http://evil/a.png)", "!\\[x\\](http://evil/a.png)"),
        ("[click](javascript:alert(1))", "\\[click\\](javascript:alert(1))"),
        ("# heading", "\\# heading"),
        ("1. item", "1\\. item"),
        ("*bold* `code` ~~gone~~", "\\*bold\\* \\`code\\` \\~\\~gone\\~\\~"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("plain $5.2 billion (T. Rowe Price)", "plain $5.2 billion (T. Rowe Price)"),
        ("two\n\nlines", "two lines"),
    ],
)
def test_documents_cannot_bring_markup(raw, shown) -> None:
    """Text from documents is shown as it is: no HTML, image, link or heading comes of it."""
    assert escape(raw) == shown


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.b/c", "http://a b", None, ""])
def test_only_web_addresses_are_links(url) -> None:
    """Anything but a plain http or https address is left out of a citation."""
    assert web_address(url) is None
    assert web_address("https://a.example/b?c=1") == "https://a.example/b?c=1"
