"""Bring the stores up to date with the corpus: incremental, repairable after a kill at any moment, and reported."""

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.corpus import Corpus, Document, article_documents, deal_documents
from index.dense import Dense
from index.errors import ChuktiError, IndexMissingError
from index.ledger import Ledger
from index.lexical import Lexical
from index.manifest import Entry, Manifest, read_journal, read_manifest, stamp, write_journal, write_manifest
from index.records import Article

if TYPE_CHECKING:
    from index.embeddings import Embedder

BATCH = 2000  # chunks between two manifests: what a kill can cost
ARTICLE = TypeAdapter(Article)
Progress = Callable[[str, int, int], None]  # what is being done, how many documents are done, of how many


@dataclass(slots=True)
class BuildReport:
    """What a build did, by document; ``failed`` has the file and one sentence for each that could not be read."""

    added: int = 0
    updated: int = 0
    skipped: int = 0
    deleted: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class Stores:
    """The two stores of one index folder with the manifest that says what they hold."""

    folder: Path
    dense: Dense
    lexical: Lexical
    manifest: Manifest = field(default_factory=Manifest)


def index_folder(home: Path, embedder: "Embedder") -> Path:
    """Return the folder of the index that fits this embedder and these programs."""
    return home / "index" / stamp(embedder.stamp, embedder.dimension)


def open_stores(folder: Path, embedder: "Embedder") -> Stores:
    """Open the stores of a folder and repair what an interrupted change left; damaged stores are made anew."""
    try:
        stores = Stores(folder, Dense(folder / "chroma", embedder), Lexical(folder / "words"), read_manifest(folder))
        _repair(stores)
        if _sound(stores):
            return stores
    except IndexMissingError:
        pass
    _forget_chroma(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return Stores(folder, Dense(folder / "chroma", embedder), Lexical(folder / "words"))


def build_index(
    home: Path, corpus: Corpus, embedder: "Embedder", progress: Progress | None = None, ledger: Ledger | None = None
) -> tuple[Stores, BuildReport]:
    """Index what is new or edited, drop what is gone, leave the rest; return the open stores and the report."""
    started = time.perf_counter()
    folder = index_folder(home, embedder)
    stores = open_stores(folder, embedder)
    report = BuildReport()
    wanted: list[Document] = list(deal_documents(ledger or corpus.ledger()))
    failed: list[tuple[str, str]] = []
    for _, path, found in article_documents(corpus):
        if isinstance(found, ChuktiError):
            failed.append((path.name, str(found)))
        else:
            wanted.append(found)
    report.failed = tuple(failed)
    _bring_up_to_date(stores, wanted, report, progress)
    _drop_old_folders(home, folder)
    report.seconds = time.perf_counter() - started
    return stores, report


def _bring_up_to_date(stores: Stores, wanted: list[Document], report: BuildReport, progress: Progress | None) -> None:
    before = stores.manifest.documents
    changed = [doc for doc in wanted if before.get(doc.key, Entry("", ())).content_hash != doc.content_hash]
    report.added = sum(doc.key not in before for doc in changed)
    report.updated = len(changed) - report.added
    report.skipped = len(wanted) - len(changed)
    gone = sorted(set(before) - {doc.key for doc in wanted})
    report.deleted = len(gone)
    if gone:
        change(stores, [], gone)
    done = 0
    for batch in _batches(changed):
        if progress:
            progress("indexing", done, len(changed))
        change(stores, batch, [])
        done += len(batch)
    if not (stores.folder / "manifest.json").exists():
        write_manifest(stores.folder, stores.manifest)
    if progress and changed:
        progress("indexing", done, len(changed))


def change(stores: Stores, documents: list[Document], gone: Iterable[str]) -> None:
    """Put these documents into the stores, take these keys out; journal first, manifest last."""
    gone = list(gone)
    entries = dict(stores.manifest.documents)
    touched = (*gone, *(doc.key for doc in documents))
    old = [chunk for key in touched for chunk in entries.get(key, Entry("", ())).chunks]
    new = [chunk for doc in documents for chunk in doc.chunks]
    write_journal(stores.folder, touched, (*old, *(chunk.id for chunk in new)))
    stores.dense.change(new, old)
    blobs = {doc.key: ARTICLE.dump_json(doc.article) for doc in documents if doc.article}
    stores.lexical.change(new, [*old, *gone], blobs)
    for key in gone:
        entries.pop(key, None)
    for doc in documents:
        entries[doc.key] = Entry(doc.content_hash, tuple(chunk.id for chunk in doc.chunks))
    stores.manifest = Manifest(entries)
    write_manifest(stores.folder, stores.manifest)


def _repair(stores: Stores) -> None:
    """Undo an interrupted change: take its chunks out of both stores and its documents out of the manifest."""
    journal = read_journal(stores.folder)
    if journal is None:
        return
    keys, chunks = journal
    entries = {key: entry for key, entry in stores.manifest.documents.items() if key not in keys}
    stores.dense.change([], chunks)
    stores.lexical.change([], [*chunks, *keys])
    stores.manifest = Manifest(entries)
    write_manifest(stores.folder, stores.manifest)


def _sound(stores: Stores) -> bool:
    """True when both stores hold as many rows as the manifest says."""
    count = stores.manifest.chunk_count
    articles = sum(key.startswith("article/") for key in stores.manifest.documents)
    return len(stores.dense) == count and len(stores.lexical) == count + articles


def _batches(documents: list[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for doc in documents:
        batch.append(doc)
        size += len(doc.chunks)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _drop_old_folders(home: Path, keep: Path) -> None:
    for folder in (home / "index").iterdir():
        if folder != keep and folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _forget_chroma(folder: Path) -> None:
    """Make Chroma let go of a folder that is about to be removed; it keeps one system for each path."""
    with suppress(ImportError, KeyError):
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(folder / "chroma"), None)


def load_stored(blob: bytes) -> Article:
    """Read back an article that ``change`` stored."""
    return ARTICLE.validate_python(json.loads(blob))
