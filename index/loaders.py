"""From a file to an ``Article``: one reader for each suffix. Text comes out in Unicode form NFC."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import CorpusError
from index.figures import read_figures
from index.records import Article, Language, Reference, Source
from index.text import BENGALI, LATIN

LARGEST = 30 * 1024 * 1024  # bytes of one file; larger ones are no articles
_REFERENCE = re.compile(r"\[\^(\d+)\]")
_BENGALI_SHARE = 0.3  # of the letters; news in Bengali carries many Latin names
_HEAD = 600  # characters at the top of a foreign article in which its date is looked for


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader takes out of a file."""

    text: str
    title: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)


def load_article(path: Path, article_id: str | None = None) -> Article:
    """Read a file as an article; its id is the given one or the file's name without suffix.

    Raises CorpusError with one sentence when the file cannot be read as one.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise CorpusError(f"{path.name!r} is of a kind that cannot be read; give one of {known}.")
    data = _bytes(path)
    raw = reader(data, path)
    text = unicodedata.normalize("NFC", raw.text).replace("\r\n", "\n").strip()
    if not text:
        raise CorpusError(f"{path.name!r} holds no text; if it is a scan, save it with a text layer and add it again.")
    return _article(article_id or path.stem, path, data, text, raw)


def detect_language(text: str) -> Language:
    """Return ``bn`` when at least three in ten letters are Bengali."""
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    return "bn" if bengali >= _BENGALI_SHARE * (bengali + latin) and bengali else "en"


def suffixes() -> tuple[str, ...]:
    """Return the suffixes that can be read, sorted."""
    return tuple(sorted(_READERS))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise CorpusError(f"{path.name!r} is larger than {LARGEST // 2**20} MB; split it and add the parts.")
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{str(path)!r} cannot be read ({error.strerror}); check the path and its permissions.") from error


def _article(article_id: str, path: Path, data: bytes, text: str, raw: Raw) -> Article:
    text, references = _take_references(text)
    meta = raw.meta
    language = meta.get("language")
    return Article(
        id=article_id,
        title=unicodedata.normalize("NFC", str(meta.get("title") or raw.title or _first_line(text) or path.stem)),
        text=text,
        language=language if language in ("en", "bn") else detect_language(text),
        path=path.name,
        content_hash=hashlib.blake2b(data, digest_size=16).hexdigest(),
        date=str(meta["date"])[:10] if meta.get("date") else _stated_date(text),
        publisher=str(meta["publisher"]) if meta.get("publisher") else None,
        url=_web(meta.get("url")),
        sources=_sources(meta.get("sources"), path),
        references=references,
        deals=tuple(str(deal) for deal in _sequence(meta.get("deals"))),
    )


def _take_references(text: str) -> tuple[str, tuple[Reference, ...]]:
    """Take the marks ``[^n]`` out of a brief; return the text and where each run of marks stood."""
    pieces: list[str] = []
    marks: dict[int, list[int]] = {}
    length = last = 0
    for match in _REFERENCE.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        last = match.end()
        marks.setdefault(length, []).append(int(match[1]) - 1)  # marks count from 1, sources from 0
    pieces.append(text[last:])
    return "".join(pieces), tuple(Reference(offset, tuple(sources)) for offset, sources in marks.items())


def _sources(rows: object, path: Path) -> tuple[Source, ...]:
    sources = []
    for row in _sequence(rows):
        if not isinstance(row, Mapping) or not row.get("url"):
            raise CorpusError(f"{path.name!r}: each of its sources needs a url; correct the front matter.")
        publisher = str(row.get("publisher") or "")
        sources.append(Source(str(row["url"]), publisher, str(row["title"]) if row.get("title") else None))
    return tuple(sources)


def _sequence(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else ()


def _web(value: object) -> str | None:
    return str(value) if isinstance(value, str) and re.match(r"https?://", value) else None


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "").lstrip("# ")
    return line if len(line) <= 120 else line[:117].rsplit(" ", 1)[0] + "…"


def _stated_date(text: str) -> str | None:
    """Return the first full date near the top of a foreign article."""
    return next((figure.day for figure in read_figures(text[:_HEAD]) if len(figure.day) == 10 and figure.day[0] != "_"), None)


def _decode(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CorpusError(f"{path.name!r} is not UTF-8 text; save it as UTF-8 and add it again.")


def _read_text(data: bytes, path: Path) -> Raw:
    return Raw(_decode(data, path))


def _read_markdown(data: bytes, path: Path) -> Raw:
    import frontmatter
    import yaml

    try:
        post = frontmatter.loads(_decode(data, path))
    except yaml.YAMLError as error:
        raise CorpusError(
            f"{path.name!r}: its front matter is not valid YAML; correct the lines between the --- marks."
        ) from error
    return Raw(post.content, meta=post.metadata)


def _read_html(data: bytes, path: Path) -> Raw:
    from bs4 import BeautifulSoup

    del path
    page = BeautifulSoup(data, "html.parser")
    for part in page.select(
        "script, style, nav, header, footer, aside, form, noscript, template, svg, iframe, [hidden], [aria-hidden=true], "
        "[style*='display:none'], [style*='display: none'], [style*='visibility:hidden'], [style*='font-size:0']"
    ):
        part.decompose()
    title = page.title.get_text(strip=True) if page.title else ""
    body = page.find("article") or page.find("main") or page.body or page
    meta: dict[str, object] = {}
    for key, name in (("date", "article:published_time"), ("publisher", "og:site_name"), ("url", "og:url")):
        tag = page.find("meta", attrs={"property": name})
        if tag and tag.get("content"):
            meta[key] = str(tag["content"])
    blocks = body.find_all(["p", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "pre"])
    lines = [block.get_text(" ", strip=True) for block in blocks if not block.find(["p", "li"])]
    return Raw("\n\n".join(line for line in lines if line) or body.get_text("\n", strip=True), title, meta)


def _read_pdf(data: bytes, path: Path) -> Raw:
    from io import BytesIO

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise CorpusError(f"{path.name!r} is protected by a password; save it without one and add it again.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError) as error:
        raise CorpusError(f"{path.name!r} is no readable PDF; open it, save it again and add that file.") from error
    return Raw(text, title)


def _read_docx(data: bytes, path: Path) -> Raw:
    from io import BytesIO
    from zipfile import BadZipFile

    from docx import Document

    try:
        document = Document(BytesIO(data))
    except (BadZipFile, ValueError, KeyError) as error:
        raise CorpusError(f"{path.name!r} is no readable Word file; save it as .docx again and add that file.") from error
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return Raw("\n\n".join(line for line in lines if line.strip()), document.core_properties.title or "")


_READERS: dict[str, Callable[[bytes, Path], Raw]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".docx": _read_docx,
}
