"""Files become articles: every kind is read, what a page hides stays out, and a fault is one clear sentence."""

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorpusError
from index.loaders import detect_language, load_article
from index.readers import unwrap

BRIEF = """---
title: AMD pays with shares
language: en
date: 2026-02-24
publisher: Chukti
deals: [2025-10-06-openai-amd]
sources:
  - url: https://a.example/one
    publisher: Reuters
    title: null
  - url: https://b.example/two
    publisher: AP
    title: "Two"
---

AMD sold chips.[^1] It gave a warrant.[^1][^2]

## Why

Because it wanted a customer.[^2]
"""

PAGE = """<!doctype html><html lang="en"><head><title>Site | Deal</title><meta property="og:site_name" content="The Wire">
<meta property="article:published_time" content="2025-11-03T09:00:00Z"><link rel="canonical" href="https://wire.example/deal">
<script>alert("x")</script><style>p {}</style></head><body><nav>Home Menu</nav><header>Site head</header>
<article><header><h1>OpenAI signs with AWS</h1></header><p>The deal is worth
$38 billion.<br>It runs seven years.</p><!-- secret comment --><p hidden>hidden one</p>
<p style="Display : NONE">hidden two</p>
<span style="font-size:0px">hidden three</span><div aria-hidden="true">hidden four</div>
<h2>Terms</h2><ul><li>First term</li></ul>
<table><tr><td>Buyer</td><td>OpenAI</td></tr></table><footer>Share</footer></article><footer>Imprint</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file of that name."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(text: str) -> bytes:
    """Make a one-page PDF whose lines are those of the text."""
    shown = " ".join(f"({line}) Tj T*" for line in text.splitlines())
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))


def test_a_brief_gives_up_its_marks_and_keeps_them_as_references(tmp_path: Path) -> None:
    """The marks are no part of the text; each reference stands at the full stop that it followed."""
    article = load_article(write(tmp_path, "amd.md", BRIEF), "en-amd")
    assert article.id == "en-amd"
    assert article.text == "AMD sold chips. It gave a warrant.\n\n## Why\n\nBecause it wanted a customer."
    assert [(article.text[: mark.offset].rsplit(". ", 1)[-1], mark.sources) for mark in article.references] == [
        ("AMD sold chips.", (0,)),
        ("It gave a warrant.", (0, 1)),
        (article.text[16:], (1,)),
    ]
    assert (article.title, article.language, article.date, article.publisher) == (
        "AMD pays with shares",
        "en",
        "2026-02-24",
        "Chukti",
    )
    assert article.deals == ("2025-10-06-openai-amd",)
    assert [source.url for source in article.sources] == ["https://a.example/one", "https://b.example/two"]


def test_a_page_keeps_what_its_reader_sees(tmp_path: Path) -> None:
    """Scripts, navigation, comments and hidden elements stay out; headings, lists and tables come along."""
    article = load_article(write(tmp_path, "page.html", PAGE))
    assert article.text == (
        "## OpenAI signs with AWS\n\nThe deal is worth $38 billion.\n\nIt runs seven years.\n\n"
        "## Terms\n\n- First term\n\nBuyer | OpenAI"
    )
    assert (article.title, article.publisher, article.date) == ("OpenAI signs with AWS", "The Wire", "2025-11-03")
    assert article.url == "https://wire.example/deal"


def test_a_page_without_an_article_leaves_out_head_and_foot(tmp_path: Path) -> None:
    """Without an article element the page's own header and footer are dropped."""
    page = "<title>T</title><body><header>Head</header><div>One sentence.</div><footer>Foot</footer></body>"
    assert load_article(write(tmp_path, "p.htm", page)).text == "One sentence."


def test_a_pdf_is_read_and_its_lines_joined(tmp_path: Path) -> None:
    """Lines that the page's width broke become one paragraph again."""
    lines = "OpenAI signed a seven year contract with Amazon Web\nServices that is worth thirty eight billion dollars in\nall."
    article = load_article(write(tmp_path, "deal.pdf", pdf(lines)))
    assert article.text == lines.replace("\n", " ")
    assert article.title.startswith("OpenAI signed")


def test_a_word_file_keeps_headings_and_tables_in_place(tmp_path: Path) -> None:
    """Headings come out as headings, table rows where they stood."""
    from docx import Document

    document, out = Document(), BytesIO()
    document.add_heading("মেটা ও এএমডি", 1)
    document.add_paragraph("মেটা এএমডির চিপ কিনবে।")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "ক্রেতা", "মেটা"
    document.add_paragraph("শেষ।")
    document.save(out)
    article = load_article(write(tmp_path, "meta.docx", out.getvalue()))
    expected = unicodedata.normalize("NFC", "## মেটা ও এএমডি\n\nমেটা এএমডির চিপ কিনবে।\n\nক্রেতা | মেটা\n\nশেষ।")
    assert (article.text, article.language) == (expected, "bn")
    assert article.title == unicodedata.normalize("NFC", "মেটা ও এএমডি")


@pytest.mark.parametrize(
    ("text", "title", "publisher", "date"),
    [
        ("টেকসিঁড়ি রিপোর্ট : অ্যামাজন বিনিয়োগ করছে। আরও কথা।", "অ্যামাজন বিনিয়োগ করছে।", "টেকসিঁড়ি", None),
        ("DHAKA, Oct 6 (Reuters) - AMD sold chips. More.", "AMD sold chips.", "Reuters", None),
        ("A headline\n\nOn 6 October 2025 AMD sold chips.\n\nSource: The Wire", "A headline", "The Wire", "2025-10-06"),
        ("# Head\n\nBody. In March it ended.", "Head", None, None),
        ("long " * 60 + ".", "long " * 22 + "long…", None, None),
    ],
)
def test_plain_text_says_what_it_can_of_itself(
    tmp_path: Path, text: str, title: str, publisher: str | None, date: str | None
) -> None:
    """Title from the first heading or sentence; publisher and date only when stated."""
    article = load_article(write(tmp_path, "note.md", text))
    stated = tuple(unicodedata.normalize("NFC", word) if word else word for word in (title, publisher, date))
    assert (article.title, article.publisher, article.date) == stated


def test_text_is_nfc_with_plain_line_ends(tmp_path: Path) -> None:
    """Both spellings of য় become one, and UTF-16 and a byte-order mark are understood."""
    spelt = "টাকা দেয়\r\nআবার".encode("utf-16")
    assert load_article(write(tmp_path, "a.txt", spelt)).text == unicodedata.normalize("NFC", "টাকা দেয়\nআবার")
    assert load_article(write(tmp_path, "b.txt", b"\xef\xbb\xbfHello there.")).text == "Hello there."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xyz", "text", r"'a.xyz' is of a kind that cannot be read; give one of \.docx, \.htm, \.html, "),
        ("a.txt", "", "'a.txt' is empty"),
        ("a.txt", " \n .", "'a.txt' holds no text"),
        ("a.txt", b"\xff\x00\xff bad", "'a.txt' is not UTF-8 text"),
        ("a.txt", b"abc\x00def", "'a.txt' is not text but binary"),
        ("a.pdf", b"%PDF-1.4 nothing", "'a.pdf' is no readable PDF"),
        ("a.pdf", b"plain words", "'a.pdf' is no readable PDF"),
        ("a.docx", b"PK nonsense", "'a.docx' is no readable Word file"),
        ("a.md", "---\ntitle: [\n---\nBody", "'a.md' has front matter that is not valid YAML"),
        ("a.md", "---\nsources: [{publisher: X}]\n---\nBody", "'a.md': each of its sources needs a url"),
        ("a.md", BRIEF.replace("[^1][^2]", "[^3]"), r"'a.md' refers to source '\[\^3\]' but lists 2"),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_file(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    """What cannot be read raises CorpusError, never another error."""
    with pytest.raises(CorpusError, match=message):
        load_article(write(tmp_path, name, content))


def test_missing_and_over_large_files_are_refused(tmp_path: Path) -> None:
    """A file that is not there, or is too large to be an article, is named."""
    with pytest.raises(CorpusError, match="cannot be read"):
        load_article(tmp_path / "none.txt")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(31 * 1024 * 1024)
    with pytest.raises(CorpusError, match="larger than 30 MB"):
        load_article(large)


def test_footnotes_of_foreign_markdown_stay(tmp_path: Path) -> None:
    """Marks are taken out only where the front matter lists the sources that they name."""
    assert load_article(write(tmp_path, "f.md", "A fact.[^1]\n\n[^1]: A note")).text == "A fact.[^1]\n\n[^1]: A note"


@pytest.mark.parametrize(
    ("text", "language"), [("ওপেনএআই OpenAI চুক্তি", "bn"), ("OpenAI ওপেনএআই signs a contract", "en"), ("123", "en"), ("", "en")]
)
def test_language_is_told_by_the_letters(text: str, language: str) -> None:
    """Bengali news with Latin names is Bengali; English with a Bengali name is English."""
    assert detect_language(text) == language


@given(st.text(st.sampled_from("ab.।\n -#1"), max_size=300))
def test_unwrapping_only_turns_line_ends_into_spaces(text: str) -> None:
    """Joining wrapped lines loses and adds nothing but white space, and is idempotent."""
    assert unwrap(text).split() == text.split()
    assert unwrap(unwrap(text)).split() == text.split()
