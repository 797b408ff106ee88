"""The corpus on disk: what is shipped and what the person added, as records, articles and documents to index."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.documents import deal_text
from index.ledger import Ledger, read_deals, read_entities
from index.loaders import suffixes
from index.records import Article, Chunk, Deal, Language
from index.splitter import CHUNK, headings, split

SHIPPED = Path(__file__).parent / "corpus"
DEAL_CHUNK = 1500  # characters: nearly every deal is one chunk, since its lines say little without its title
LANGUAGES: tuple[Language, Language] = ("en", "bn")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Two folders of one form: ``entities.jsonl``, ``deals.jsonl`` and ``articles/``; the second may be empty."""

    shipped: Path
    own: Path

    def ledger(self) -> Ledger:
        """Read all records; raises CorpusError that names file and line."""
        folders = [folder for folder in (self.shipped, self.own) if folder.is_dir()]
        entities = [
            row
            for folder in folders
            if (folder / "entities.jsonl").exists()
            for row in read_entities(folder / "entities.jsonl")
        ]
        deals = [row for folder in folders if (folder / "deals.jsonl").exists() for row in read_deals(folder / "deals.jsonl")]
        return Ledger(entities, deals)

    def article_files(self) -> tuple[tuple[str, Path], ...]:
        """Return the article ids with their files, shipped ones first, in a stable order."""
        found = [(shipped_id(path), path) for path in _files(self.shipped / "articles")]
        found += [(own_id(path), path) for path in _files(self.own / "articles")]
        return tuple(dict(found).items())


@dataclass(frozen=True, slots=True)
class Document:
    """Something to index in one language: ``key`` is unique, ``content_hash`` changes with what is indexed."""

    key: str
    content_hash: str
    chunks: tuple[Chunk, ...]
    article: Article | None = None


def shipped_id(path: Path) -> str:
    """Return the id of a shipped brief: ``bn-amd-warrant``."""
    return f"{path.parent.name}-{path.stem}"


def own_id(path: Path) -> str:
    """Return the id of a person's file: its name in lower case with hyphens; Bengali names keep their letters."""
    name = re.sub(r"[^\w\u0980-\u09ff]+", "-", path.stem.casefold()).strip("-_")
    return name or hashlib.blake2b(path.stem.encode(), digest_size=4).hexdigest()


def article_document(article: Article) -> Document:
    """Cut an article into chunks."""
    base = Chunk("", article.id, "article", article.language, article.text, 0, 0, 0, title=article.title, date=article.date)
    marks = headings(article.text)
    chunks = tuple(
        replace(chunk, heading=next((words for position, words in reversed(marks) if position <= chunk.start), ""))
        for chunk in _cut(base, CHUNK)
    )
    return Document(article_key(article.id), article.content_hash, chunks, article)


def article_key(article_id: str) -> str:
    """Return the key under which an article is indexed."""
    return f"article/{article_id}"


def deal_documents(ledger: Ledger) -> Iterator[Document]:
    """Yield every deal in each language."""
    for deal in ledger.deals:
        for language in LANGUAGES:
            yield deal_document(deal, ledger, language)


def deal_document(deal: Deal, ledger: Ledger, language: Language) -> Document:
    """Cut the text of a deal into chunks."""
    text = deal_text(deal, ledger, language)
    base = Chunk("", deal.id, "deal", language, text, 0, 0, 0, title=deal.title(language), date=deal.announced)
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return Document(f"deal/{deal.id}/{language}", digest, tuple(_cut(base, DEAL_CHUNK)))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step, so that a kill leaves the old one or the new one; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.writing")
    temporary.write_bytes(data)
    temporary.replace(path)


def _cut(whole: Chunk, size: int) -> Iterator[Chunk]:
    """Yield the chunks of a document, given as one chunk of its whole text; ids come from the content."""
    for ordinal, (start, end) in enumerate(split(whole.text, size)):
        text = whole.text[start:end]
        parts = f"{whole.kind}|{whole.document}|{whole.language}|{ordinal}|{text}"
        chunk_id = hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()
        yield replace(whole, id=chunk_id, text=text, start=start, end=end, ordinal=ordinal)


def _files(folder: Path) -> list[Path]:
    known = suffixes()
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in known)
