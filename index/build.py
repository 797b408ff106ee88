"""Bring the stores up to date with the corpus: incremental, repairable after a kill at any moment, and reported."""

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.corpus import Corpus, Document, article_document, article_key, deal_documents
from index.dense import Dense
from index.errors import ChuktiError, IndexMissingError
from index.ledger import Ledger
from index.lexical import Lexical
from index.loaders import content_hash, load_article, read_bytes
from index.manifest import Entry, Manifest, read_journal, read_manifest, stamp, write_journal, write_manifest
from index.records import Article

if TYPE_CHECKING:
    from index.embeddings import Embedder

# Chunks between two manifests, which is what a kill can cost: a part of what is indexed, so that a first start shows
# progress and writing manifests stays cheap.
BATCH, BATCH_SHARE, LARGEST_BATCH = 500, 4, 10_000
# Chroma's graph keeps the places of deleted rows, and its files their bytes: when more rows have been dropped than
# this, and twice as many as there are, the index is made anew.
MOST_DROPPED = 2000
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
    complete: bool = False  # False until a build has seen the whole corpus, when something was missing at opening

    def close(self) -> None:
        """Let go of the files."""
        self.dense.close()


@dataclass(slots=True)
class _Plan:
    """What a build has to do: documents to index, article files to read and index, keys to take out."""

    deals: list[Document]
    articles: list[tuple[str, Path]]
    gone: list[str]
    failed: list[tuple[str, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # keys of articles that could not be read

    def documents(self) -> Iterator[Document]:
        """Yield what is to be indexed, reading each article when its turn comes; failed ones are noted."""
        yield from self.deals
        for article_id, path in self.articles:
            try:
                yield article_document(load_article(path, article_id))
            except ChuktiError as error:
                self.failed.append((path.name, str(error)))
                self.unread.append(article_key(article_id))


def index_folder(home: Path, embedder: "Embedder") -> Path:
    """Return the folder of the index that fits this embedder and these programs."""
    return home / "index" / stamp(embedder.stamp, embedder.dimension)


def open_stores(folder: Path, embedder: "Embedder") -> Stores:
    """Open the stores of a folder and repair what an interrupted change left; damaged or bloated ones are made anew."""
    with suppress(IndexMissingError):
        dense = Dense(folder / "chroma", embedder)
        try:
            stores = Stores(folder, dense, Lexical(folder / "words"), read_manifest(folder))
            stores.complete = bool(stores.manifest.documents) and read_journal(folder) is None
            _repair(stores)
            if _sound(stores):
                return stores
        except IndexMissingError:
            pass
        dense.close()
    shutil.rmtree(folder, ignore_errors=True)
    return Stores(folder, Dense(folder / "chroma", embedder), Lexical(folder / "words"))


def build_index(
    home: Path,
    corpus: Corpus,
    embedder: "Embedder",
    progress: Progress | None = None,
    ledger: Ledger | None = None,
    stores: Stores | None = None,
) -> tuple[Stores, BuildReport]:
    """Index what is new or edited, drop what is gone, leave the rest; return the open stores and the report.

    A file that cannot be read is reported, and its earlier form dropped, without stopping the others. The caller owns
    the folder (``index.lock``); stores that are open already are taken over.
    """
    started = time.perf_counter()
    folder = index_folder(home, embedder)
    stores = stores or open_stores(folder, embedder)
    report = BuildReport()
    plan = _plan(stores.manifest, corpus, ledger or corpus.ledger(), report)
    if plan.gone:
        change(stores, [], plan.gone)
    total, done = len(plan.deals) + len(plan.articles), 0
    for batch in _batches(plan.documents(), stores):
        if progress:
            progress("indexing", done, total)
        new = sum(doc.key not in stores.manifest.documents for doc in batch)
        report.added += new
        report.updated += len(batch) - new
        change(stores, batch, [])
        done += len(batch)
    if stale := [key for key in plan.unread if key in stores.manifest.documents]:
        change(stores, [], stale)
    if not (folder / "manifest.json").exists():
        write_manifest(folder, stores.manifest)
    if progress and total:
        progress("indexing", total, total)
    report.failed = tuple(plan.failed)
    stores.complete = True
    _drop_old_folders(home, folder)
    report.seconds = time.perf_counter() - started
    return stores, report


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
    stores.manifest = Manifest(entries, stores.manifest.dropped + len(old))
    write_manifest(stores.folder, stores.manifest)


def load_stored(blob: bytes) -> Article:
    """Read back an article that ``change`` stored."""
    return ARTICLE.validate_python(json.loads(blob))


def _plan(manifest: Manifest, corpus: Corpus, ledger: Ledger, report: BuildReport) -> _Plan:
    """Compare the corpus with the manifest; unchanged articles are told by the bytes of their files and not read."""
    before = manifest.documents
    deals = list(deal_documents(ledger))
    plan = _Plan([doc for doc in deals if not _same(before, doc.key, doc.content_hash)], [], [])
    wanted = {doc.key for doc in deals}
    for article_id, path in corpus.article_files():
        key = article_key(article_id)
        try:
            same = _same(before, key, content_hash(read_bytes(path)))
        except ChuktiError as error:
            plan.failed.append((path.name, str(error)))
            continue
        wanted.add(key)
        if not same:
            plan.articles.append((article_id, path))
    plan.gone = sorted(set(before) - wanted)
    report.deleted = len(plan.gone)
    report.skipped = len(wanted) - len(plan.deals) - len(plan.articles)
    return plan


def _same(before: Mapping[str, Entry], key: str, digest: str) -> bool:
    return key in before and before[key].content_hash == digest


def _repair(stores: Stores) -> None:
    """Undo an interrupted change: take its chunks out of both stores and its documents out of the manifest."""
    journal = read_journal(stores.folder)
    if journal is None:
        return
    keys, chunks = journal
    touched = frozenset(keys)
    entries = {key: entry for key, entry in stores.manifest.documents.items() if key not in touched}
    stores.dense.change([], chunks)
    stores.lexical.change([], [*chunks, *keys])
    stores.manifest = Manifest(entries, stores.manifest.dropped + len(chunks))
    write_manifest(stores.folder, stores.manifest)


def _sound(stores: Stores) -> bool:
    """True when both stores hold as many rows as the manifest says, and not mostly the remains of dropped ones."""
    count = stores.manifest.chunk_count
    articles = sum(key.startswith(article_key("")) for key in stores.manifest.documents)
    bloated = stores.manifest.dropped > max(MOST_DROPPED, 2 * count)
    return len(stores.dense) == count and len(stores.lexical) == count + articles and not bloated


def _batches(documents: Iterable[Document], stores: Stores) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for doc in documents:
        batch.append(doc)
        size += len(doc.chunks)
        if size >= min(LARGEST_BATCH, max(BATCH, len(stores.lexical) // BATCH_SHARE)):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _drop_old_folders(home: Path, keep: Path) -> None:
    for folder in (home / "index").iterdir():
        if folder != keep and folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
