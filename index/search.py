"""The index as the rest of the product sees it: records at once, stores when first needed, one writer at a time."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.build import BuildReport, Progress, Stores, build_index, change, index_folder, load_stored, open_stores
from index.corpus import Corpus, article_document, article_key, own_id, write_whole
from index.deal_files import read_records
from index.dense import passage
from index.documents import deal_text
from index.errors import ChuktiError, NotFoundError, UsageError
from index.fusion import fuse, kinship, settled
from index.ledger import Ledger
from index.loaders import load_article
from index.lock import Ownership, claim
from index.own_records import AddedRecords, Brought, read_own, with_file, without, write_own
from index.records import Article, Chunk, Language
from index.text import tokens

if TYPE_CHECKING:
    from index.embeddings import Embedder, Reranker

LOG = logging.getLogger(__name__)
DEPTH = 50  # candidates of each leg before fusion
FILTERED_DEPTH = 200  # candidates where hits are filtered afterwards
RERANKED = 20  # hits that a cross-encoder reads; each costs it some 10 to 50 ms on a processor
_PREFIX = article_key("")


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk with its fused score, its rank (from 1) in each leg, 0 where that leg did not find it, and its cosine."""

    chunk: Chunk
    score: float
    dense_rank: int
    lexical_rank: int
    similarity: float = 0.0


class Index:
    """An open index. Safe for several threads; writes take turns."""

    def __init__(
        self,
        home: Path,
        corpus: Corpus,
        load: Callable[[], "Embedder"],
        rerank: Callable[[], "Reranker | None"] | None = None,
    ) -> None:
        """Read the records; the models are loaded and the stores are opened at the first search."""
        self.home, self.corpus, self._load, self._rerank = home, corpus, load, rerank
        self.ledger: Ledger = corpus.ledger()
        self._stores: Stores | None = None
        self._turn = threading.RLock()
        self._owner: Ownership | None = None
        self.articles: Mapping[str, Article] = _Articles(self)

    @cached_property
    def embedder(self) -> "Embedder":
        """The embedding model; one that cannot read the Bengali records is warned of."""
        from index.embeddings import warning

        embedder = self._load()
        if sentence := warning(embedder, (deal.title("bn") for deal in self.ledger.deals)):
            LOG.warning(sentence)
        return embedder

    @cached_property
    def reranker(self) -> "Reranker | None":
        """The cross-encoder that orders the best hits anew; None where none is set."""
        return self._rerank() if self._rerank is not None else None

    @cached_property
    def _contrast(self) -> float:
        from index.embeddings import contrast

        return contrast(self.embedder)

    @property
    def stores(self) -> Stores:
        """The open stores, built first where there are none yet; raises IndexBusyError when another process has them."""
        if self._stores is not None:  # searches go on while a build holds the turn
            return self._stores
        with self._turn:
            if self._stores is None:
                self._owner = self._owner or claim(self.home)
                stores = open_stores(index_folder(self.home, self.embedder), self.embedder)
                if not stores.complete:
                    build_index(self.home, self.corpus, self.embedder, None, self.ledger, stores)
                self._stores = stores
            return self._stores

    @property
    def begun(self) -> bool:
        """True when some index has been built in this home; told without loading the model."""
        return any((self.home / "index").glob("*/manifest.json"))

    def rebuild(self, progress: Progress | None = None) -> BuildReport:
        """Bring the index up to date with the files of the corpus; searches go on meanwhile."""
        with self._turn:
            ledger = self.corpus.ledger()
            self._owner = self._owner or claim(self.home)
            self._stores, report = build_index(self.home, self.corpus, self.embedder, progress, ledger, self._stores)
            self.ledger = ledger
            return report

    def close(self) -> None:
        """Let go of the stores and the folder; the next search opens them again."""
        with self._turn:
            if self._stores is not None:
                self._stores.close()
                self._stores = None
            if self._owner is not None:
                self._owner.release()
                self._owner = None

    def search(
        self,
        text: str,
        limit: int = 8,
        kinds: frozenset[str] | None = None,
        language: Language | None = None,
        documents: frozenset[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Return the best chunks for a text, both legs fused; filters apply after over-fetching.

        A deal comes once, in the language that fits better; a passage that several articles share comes once. With a
        reranker the best hits are in its order and have its scores.
        """
        if not text.strip() or limit < 1:
            return ()
        depth = max(2 * limit, FILTERED_DEPTH if kinds or language or documents else DEPTH)
        found = self._ranked(text, depth, 2 * limit)
        wanted = (hit for hit in found if _wanted(hit.chunk, kinds, language, documents) and self._current(hit.chunk))
        reranker = self.reranker
        if reranker is None:
            return _distinct(wanted, limit)
        hits = _distinct(wanted, max(limit, RERANKED))
        scores = reranker.scores(text, [passage(hit.chunk) for hit in hits])
        anew = [replace(hit, score=score) for hit, score in zip(hits, scores, strict=True)]
        return tuple(sorted(anew, key=lambda hit: -hit.score)[:limit])

    def _ranked(self, text: str, depth: int, size: int) -> Iterator[Hit]:
        """Yield the hits among ``depth`` candidates of each leg, best first, reading ``size`` chunks at a time."""
        stores = self.stores
        dense, lexical = stores.dense.search(text, depth), stores.lexical.search(text, depth)
        words = list(dict.fromkeys(tokens(text)))
        candidates = fuse(dense, lexical, len(words), len(stores.lexical), self._contrast)
        ranks = [{name: rank for rank, (name, _) in enumerate(leg, 1)} for leg in (dense, lexical)]
        similarity = dict(dense)
        for chunk, score in settled(candidates, stores.lexical.chunks, lambda chunk: kinship(words, chunk.text), size):
            name = chunk.id
            yield Hit(chunk, score, ranks[0].get(name, 0), ranks[1].get(name, 0), similarity.get(name, 0.0))

    def _current(self, chunk: Chunk) -> bool:
        """True unless a deal's record has changed since it was indexed, so that the chunk is no slice of it any more."""
        if chunk.kind != "deal":
            return True
        if chunk.document not in self.ledger:
            return False
        return self.document("deal", chunk.document, chunk.language)[chunk.start : chunk.end] == chunk.text

    def document(self, kind: str, document: str, language: Language) -> str:
        """Return the text that quotes of a document are slices of; raises NotFoundError."""
        if kind == "deal":
            return deal_text(self.ledger.deal(document), self.ledger, language)
        return self.articles[document].text

    def add(self, path: Path) -> Article:
        """Take a file into the person's own corpus and index it; the same name again replaces it.

        Raises CorpusError when it cannot be read; then nothing changes.
        """
        article = load_article(path, own_id(path))
        stores = self.stores
        with self._turn:
            target = self.corpus.own / "articles" / path.name
            if path.resolve() != target.resolve():
                write_whole(target, path.read_bytes())
            for other in self._own_files(article.id):
                if other != target:
                    other.unlink()
            indexed = stores.manifest.documents.get(article_key(article.id))
            if indexed is None or indexed.content_hash != article.content_hash:
                change(stores, [article_document(article)], [])
        return article

    def add_records(self, path: Path) -> AddedRecords:
        """Take the deals and organisations of a file into the person's own records and index them; same ids are replaced.

        Raises CorpusError when a row is malformed or does not fit the other records; then nothing changes.
        """
        file = read_records(path)
        with self._turn:
            own, added = with_file(read_own(self.corpus.own), self.corpus.ledger(), file)
            write_own(self.corpus.own, own)
            self.rebuild()
        return added

    def record_files(self) -> Mapping[str, Brought]:
        """Return the person's files of records by name, with what each brought."""
        return read_own(self.corpus.own).files

    def remove(self, document: str) -> None:
        """Drop a person's own article, deal or file of records (with all that it brought) from the corpus and the index.

        Raises NotFoundError, UsageError for a shipped one, CorpusError when another deal is linked to a deal.
        """
        with self._turn:
            files = self._own_files(document)
            own = read_own(self.corpus.own)
            if files:
                for file in files:
                    file.unlink()
                change(self.stores, [], [article_key(document)])
                if document in dict(self.corpus.article_files()):
                    self.rebuild()  # a shipped article that the person's had replaced comes back
            elif document in own.deals or document in own.files:
                left = without(own, document)
                others = [deal for deal in self.corpus.ledger().deals if deal.id not in own.deals]
                Ledger({**self.ledger.entities, **left.entities}.values(), [*others, *left.deals.values()])
                write_own(self.corpus.own, left)
                self.rebuild()
            elif document in self.ledger or article_key(document) in self.stores.manifest.documents:
                raise UsageError(
                    f"{document!r} is shipped with Chukti and stays; only your own articles and deals can be removed."
                )
            else:
                raise NotFoundError(
                    f"There is no article, deal or file {document!r}; `chukti sources` and `chukti deals` list the ids."
                )

    def _own_files(self, article_id: str) -> list[Path]:
        folder = self.corpus.own / "articles"
        return [path for path in folder.rglob("*") if path.is_file() and own_id(path) == article_id] if folder.is_dir() else []


class _Articles(Mapping[str, Article]):
    """The indexed articles, read from the store one by one."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, article_id: str) -> Article:
        blob = self._index.stores.lexical.blob(article_key(article_id))
        if blob is None:
            raise NotFoundError(f"There is no article {article_id!r}; `chukti sources` lists the ids.")
        return load_stored(blob)

    def __iter__(self) -> Iterator[str]:
        keys = tuple(self._index.stores.manifest.documents)  # a build may replace the manifest meanwhile
        return (key.removeprefix(_PREFIX) for key in keys if key.startswith(_PREFIX))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and article_key(article_id) in self._index.stores.manifest.documents

    def get(self, article_id: str, default: Article | None = None) -> Article | None:  # type: ignore[override]
        """Return the article, or the default."""
        try:
            return self[article_id]
        except ChuktiError:
            return default


def open_index(
    home: Path, corpus: Corpus, load: Callable[[], "Embedder"], rerank: Callable[[], "Reranker | None"] | None = None
) -> Index:
    """Return an index whose records are read; its stores open, and the models are loaded, when first needed."""
    return Index(home, corpus, load, rerank)


def _distinct(hits: Iterator[Hit], limit: int) -> tuple[Hit, ...]:
    """Return the first hits, one a deal and one a text."""
    kept: dict[str, Hit] = {}
    for hit in hits:
        kept.setdefault(hit.chunk.document if hit.chunk.kind == "deal" else hit.chunk.text, hit)
        if len(kept) == limit:
            break
    return tuple(kept.values())


def _wanted(chunk: Chunk, kinds: frozenset[str] | None, language: Language | None, documents: frozenset[str] | None) -> bool:
    return (
        (kinds is None or chunk.kind in kinds)
        and (language is None or chunk.language == language)
        and (documents is None or chunk.document in documents)
    )
