"""One reader for each kind of file: bytes in, text with Markdown headings out, and what the file says of itself.

A paragraph comes out as one line, however the file wraps it, because a quoted sentence must not cross line breaks.
"""

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes that a .docx may unpack to
LARGEST_PAGES = 2000  # pages of one PDF
_WRAP = (40, 130)  # characters of a wrapped block's longest line; a longer one is a paragraph of its own
_FULL = 0.7  # share of the block's longest line from which a line counts as wrapped by its width
_BLOCK_MARK = "\x1e"  # stands for a block's edge while a page is taken apart
_OWN_LINE = re.compile(r"\s*(?:#{1,6}\s|[-*+•|>]\s|\d{1,3}[.)]\s|```)")
_SENTENCE_SIGN = re.compile(r"[.?!।:…][\"'”’)\]]*$")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
)
_BLOCKS = (
    "address article blockquote dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr "
    "ul"
).split()
_DROPPED = (
    "script, style, nav, aside, footer, form, noscript, template, svg, iframe, button, select, [hidden], [aria-hidden=true]"
)


class UnreadableError(ValueError):
    """The bytes are not what the suffix says; the message completes ``'name.pdf' ...``."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader takes out of a file."""

    text: str
    title: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)


def read_text(data: bytes) -> Raw:
    """Read plain text; raises UnreadableError when it is in no Unicode encoding."""
    return Raw(unwrap(decode(data)))


def read_markdown(data: bytes) -> Raw:
    """Read Markdown with or without front matter; raises UnreadableError for front matter that is no YAML mapping."""
    import frontmatter
    import yaml

    try:
        post = frontmatter.loads(decode(data).lstrip("\n"))
    except (yaml.YAMLError, TypeError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("has front matter that is not valid YAML; correct the lines between the --- marks") from error
    first = re.match(r"\s*#\s+(.+)", post.content)
    return Raw(unwrap(post.content), first[1].strip(" #") if first else "", post.metadata)


def read_html(data: bytes) -> Raw:
    """Read what a reader of the page sees of its article: no scripts, navigation or hidden parts."""
    from bs4 import BeautifulSoup
    from bs4.builder import ParserRejectedMarkup

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bs4 warns of pages that look like something else
            page = BeautifulSoup(data, "html.parser")
    except ParserRejectedMarkup as error:
        raise UnreadableError("is no readable web page; save it again and add that file") from error
    title, meta = _page_facts(page)
    for part in page.select(_DROPPED):
        part.decompose()
    for part in [tag for tag in page.find_all(style=True) if _HIDDEN_STYLE.search(str(tag.get("style")).casefold())]:
        if not part.decomposed:
            part.decompose()
    body = page.find("article") or page.find("main") or page.body or page
    if body.name not in ("article", "main"):
        for part in body.select("header"):
            part.decompose()
    return Raw(_page_text(body), title, meta)


def read_pdf(data: bytes) -> Raw:
    """Read the text layer of a PDF; raises UnreadableError for a damaged or locked one."""
    from pypdf import PdfReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableError("is protected by a password; save it without one and add it again")
            pages = [page.extract_text() for page in reader.pages[:LARGEST_PAGES]]
            about = reader.metadata
            title = str(about.title or "") if about else ""
    except UnreadableError:
        raise
    except Exception as error:  # a damaged file makes pypdf raise almost any kind
        raise UnreadableError("is no readable PDF; open it, save it again and add that file") from error
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n\n".join(pages))
    return Raw(unwrap(text), "" if re.search(r"untitled|\.(?:docx?|indd|tex)$", title.casefold()) else title)


def read_docx(data: bytes) -> Raw:
    """Read the paragraphs and tables of a Word file in order; raises UnreadableError for a damaged one."""
    from docx import Document
    from docx.table import Table

    try:
        if sum(part.file_size for part in ZipFile(BytesIO(data)).infolist()) > LARGEST_UNPACKED:
            raise UnreadableError("unpacks to more than Chukti reads; split it and add the parts")
        document = Document(BytesIO(data))
        lines: list[str] = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                lines += [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in part.rows]
                continue
            style = (part.style.name or "") if part.style else ""
            lines.append(("## " if style.startswith("Heading") else "") + " ".join(part.text.split()))
        about = document.core_properties
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("is no readable Word file; save it as .docx again and add that file") from error
    title = about.title or next((line for line in lines if line.strip()), "").lstrip("# ")[:120]
    return Raw("\n\n".join(line for line in lines if line.strip(" #")), title)


def decode(data: bytes) -> str:
    """Return the text of UTF-8 or marked UTF-16 bytes with plain line ends; raises UnreadableError otherwise."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8 text; save it as UTF-8 and add it again") from error
    if "\x00" in text:
        raise UnreadableError("is not text but binary data; check its suffix")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were wrapped at a fixed width; other line breaks stay."""
    blocks = re.split(r"\n[ \t]*\n", text)
    return "\n\n".join(_unwrap_block(block.split("\n")) for block in blocks)


def _unwrap_block(lines: list[str]) -> str:
    longest = max(len(line.rstrip()) for line in lines)
    if len(lines) < 2 or not _WRAP[0] <= longest <= _WRAP[1]:
        return "\n".join(lines)
    joined = [lines[0].rstrip()]
    for before, line in pairwise(lines):
        wrapped = len(before.rstrip()) >= _FULL * longest and not _SENTENCE_SIGN.search(before.rstrip())
        if wrapped and not _OWN_LINE.match(line) and not before.lstrip().startswith("#"):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip())
    return "\n".join(joined)


def _page_facts(page: "BeautifulSoup") -> tuple[str, dict[str, object]]:
    """Return the title and the date, publisher and address that a page states in its head or as linked data."""
    stated = {
        str(tag.get("property") or tag.get("name")): str(tag["content"]).strip()
        for tag in page.find_all("meta", content=True)
        if tag.get("property") or tag.get("name")
    }
    for tag in page.find_all("script", type="application/ld+json"):
        stated = {**_linked_data(tag.get_text()), **stated}
    link = page.find("link", rel="canonical", href=True)
    time = page.find("time", datetime=True)
    meta: dict[str, object] = {
        "date": stated.get("article:published_time") or stated.get("date") or (str(time["datetime"]) if time else None),
        "publisher": stated.get("og:site_name") or stated.get("publisher"),
        "url": stated.get("og:url") or (str(link["href"]) if link else None),
        "language": str(page.html.get("lang") or "")[:2] if page.html else "",
    }
    heading = page.find("h1")
    title = stated.get("og:title") or (heading.get_text(" ", strip=True) if heading else "")
    return title or (page.title.get_text(strip=True) if page.title else ""), {
        key: value for key, value in meta.items() if value
    }


def _linked_data(text: str) -> dict[str, str]:
    try:
        row = json.loads(text)
    except ValueError:
        return {}
    row = row[0] if isinstance(row, list) and row else row
    if not isinstance(row, dict):
        return {}
    publisher = row.get("publisher")
    found = {"date": row.get("datePublished"), "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def _page_text(body: "Tag") -> str:
    for piece in list(body.find_all(string=True)):
        if type(piece).__name__ != "NavigableString":
            piece.extract()  # comments and declarations
        else:
            piece.replace_with(re.sub(r"[\s\x1e]+", " ", piece))
    for tag in body.find_all("br"):
        tag.replace_with(_BLOCK_MARK)
    for tag in body.find_all(["td", "th"]):
        tag.append(" | ")
    for tag in body.find_all(_BLOCKS):
        if tag.name[0] == "h" and tag.name[1:].isdigit():
            tag.insert(0, "## ")
        elif tag.name == "li":
            tag.insert(0, "- ")
        tag.insert(0, _BLOCK_MARK)
        tag.append(_BLOCK_MARK)
    lines = (re.sub(r" {2,}", " ", line).strip(" |") for line in body.get_text("").split(_BLOCK_MARK))
    return "\n\n".join(line for line in lines if line.strip("#- "))
