"""From a file to an ``Article``: text in Unicode form NFC, reference marks taken out, what the file says of itself."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from index.dates import MONTHS_BN, MONTHS_EN
from index.errors import CorpusError
from index.figures import read_figures
from index.readers import Raw, UnreadableError, read_docx, read_html, read_markdown, read_pdf, read_text
from index.records import Article, Language, Reference, Source
from index.splitter import sentences
from index.text import BENGALI, LATIN

RECORD_SUFFIXES = (".csv", ".jsonl", ".xlsx")  # files of deal records, which ``index.tables`` reads
LARGEST = 30 * 1024 * 1024  # bytes of one file; larger ones are no articles
_REFERENCE = re.compile(r"\[\^(\d+)\]")
_BENGALI_SHARE = 0.3  # of the letters; news in Bengali carries many Latin names
_HEAD = 300  # characters at the top of a foreign article in which its date is looked for
_DATE_HINT = re.compile(
    "|".join([r"\d-\d\d-\d", *(name[:3] for name in MONTHS_EN), *(name[:3] for name in MONTHS_BN)]), re.IGNORECASE
)
_TITLE = 120  # characters of a title made from the first sentence
# How a report names its publisher at the top: "টেকসিঁড়ি রিপোর্ট :", "DHAKA, Oct 6 (Reuters) -", "Source: AP".
_BYLINES = (
    re.compile(r"\s*(?P<name>[^\n:।]{2,40}?)\s+(?:রিপোর্ট|প্রতিবেদন|ডেস্ক)\s*[:—–-]\s*"),
    re.compile(r"\s*[A-Z][A-Za-z .,/\d]{1,50}\((?P<name>[A-Z][\w .&]{1,30})\)\s*[—–-]+\s*"),
    re.compile(r"(?m)^(?:Source|Publisher|সূত্র|প্রকাশক)\s*:\s*(?P<name>[^\n]{2,60})$"),
)


def load_article(path: Path, article_id: str | None = None) -> Article:
    """Read a file as an article; its id is the given one or the file's name without suffix.

    Raises CorpusError with one sentence when the file cannot be read as one.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        records = ", ".join(RECORD_SUFFIXES)
        raise CorpusError(
            f"{path.name!r} is of a kind that cannot be read; give one of {', '.join(suffixes())} for an article, "
            f"{records} for deals."
        )
    data = read_bytes(path)
    try:
        raw = reader(data)
    except UnreadableError as error:
        raise CorpusError(f"{path.name!r} {error}.") from error
    text = unicodedata.normalize("NFC", raw.text).strip()
    if not any(letter.isalnum() for letter in text):
        raise CorpusError(f"{path.name!r} holds no text; if it is a scan, save it with a text layer and add it again.")
    return _article(article_id or path.stem, path, content_hash(data), text, raw)


def detect_language(text: str) -> Language:
    """Return ``bn`` when at least three in ten letters are Bengali."""
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    return "bn" if bengali >= _BENGALI_SHARE * (bengali + latin) and bengali else "en"


def suffixes() -> tuple[str, ...]:
    """Return the suffixes that can be read, sorted."""
    return tuple(sorted(_READERS))


def content_hash(data: bytes) -> str:
    """Return what changes when a file's bytes change."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises CorpusError when it cannot be read, is empty or is over-large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise CorpusError(f"{path.name!r} is larger than {LARGEST // 2**20} MB; split it and add the parts.")
        if not size:
            raise CorpusError(f"{path.name!r} is empty; put its content into it and add it again.")
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{str(path)!r} cannot be read ({error.strerror}); check the path and its permissions.") from error


def _article(article_id: str, path: Path, digest: str, text: str, raw: Raw) -> Article:
    meta = raw.meta
    sources = _sources(meta.get("sources"), path)
    references: tuple[Reference, ...] = ()
    if sources:
        text, references = _take_references(text, len(sources), path)
    stated = str(meta.get("title") or raw.title or _first_words(text) or path.stem)
    language = meta.get("language")
    return Article(
        id=article_id,
        title=unicodedata.normalize("NFC", " ".join(stated.split())),
        text=text,
        language=language if language in ("en", "bn") and "sources" in meta else detect_language(text),
        path=path.name,
        content_hash=digest,
        date=_iso_date(meta.get("date")) or _iso_date(_date_line(text)),
        publisher=str(meta["publisher"]) if meta.get("publisher") else _byline(text),
        url=_web(meta.get("url")),
        sources=sources,
        references=references,
        deals=tuple(str(deal) for deal in _sequence(meta.get("deals"))),
    )


def _take_references(text: str, count: int, path: Path) -> tuple[str, tuple[Reference, ...]]:
    """Take the marks ``[^n]`` out of a brief; return the text and where each run of marks stood."""
    pieces: list[str] = []
    marks: dict[int, list[int]] = {}
    length = last = 0
    for match in _REFERENCE.finditer(text):
        if not 1 <= int(match[1]) <= count:
            raise CorpusError(f"{path.name!r} refers to source {match.group()!r} but lists {count}; correct the mark.")
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
    return value if isinstance(value, str) and re.match(r"https?://", value) else None


def _first_words(text: str) -> str:
    """Return the first sentence, without the publisher's name before it, cut at a word where it is long."""
    for byline in _BYLINES[:2]:
        if match := byline.match(text):
            text = text[match.end() :]
    line = next((text[start:end] for start, end in sentences(text[: 4 * _TITLE])), "").lstrip("# ")
    return line if len(line) <= _TITLE else line[: _TITLE - 3].rsplit(" ", 1)[0] + "…"


def _byline(text: str) -> str | None:
    match = _BYLINES[0].match(text) or _BYLINES[1].match(text) or _BYLINES[2].search(text)
    return match["name"].strip(" .,") if match else None


def _date_line(text: str) -> str:
    """Return the first full date near the top of a foreign article, else nothing."""
    if not _DATE_HINT.search(text, 0, _HEAD):
        return ""  # reading figures takes ten times as long as this glance
    return next((figure.day for figure in read_figures(text[:_HEAD]) if len(figure.day) == 10 and figure.day[0] != "_"), "")


def _iso_date(value: object) -> str | None:
    """Return a date as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None when it is none."""
    text = str(value or "").strip()
    if match := re.match(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?![\d-])", text):
        return match.group()
    return next((figure.day for figure in read_figures(text) if figure.day and figure.day[0] != "_"), None)


_READERS: dict[str, Callable[[bytes], Raw]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
