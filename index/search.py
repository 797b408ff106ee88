"""The index as the rest of the product sees it: records at once, stores when first needed, one writer at a time."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.build import BuildReport, Progress, Stores, build_index, change, index_folder, load_stored, open_stores
from index.corpus import Corpus, article_document, own_id
from index.documents import deal_text
from index.errors import ChuktiError, NotFoundError, UsageError
from index.fusion import fuse
from index.ledger import Ledger
from index.loaders import load_article
from index.records import Article, Chunk, Language

if TYPE_CHECKING:
    from index.embeddings import Embedder

DEPTH = 50  # candidates of each leg before fusion
FILTERED_DEPTH = 200  # candidates where hits are filtered afterwards


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

    def __init__(self, home: Path, corpus: Corpus, load: Callable[[], "Embedder"]) -> None:
        """Read the records; the model is loaded and the stores are opened at the first search."""
        self.home, self.corpus, self._load = home, corpus, load
        self.ledger: Ledger = corpus.ledger()
        self._stores: Stores | None = None
        self._turn = threading.RLock()
        self.articles: Mapping[str, Article] = _Articles(self)

    @cached_property
    def embedder(self) -> "Embedder":
        """The embedding model."""
        return self._load()

    @property
    def stores(self) -> Stores:
        """The open stores; built first where there are none yet."""
        with self._turn:
            if self._stores is None:
                folder = index_folder(self.home, self.embedder)
                self._stores = open_stores(folder, self.embedder)
                if not self._stores.manifest.documents:
                    self.rebuild()
            return self._stores

    @property
    def begun(self) -> bool:
        """True when some index has been built in this home; told without loading the model."""
        return any((self.home / "index").glob("*/manifest.json"))

    def rebuild(self, progress: Progress | None = None) -> BuildReport:
        """Bring the index up to date with the files of the corpus."""
        with self._turn:
            ledger = self.corpus.ledger()
            self._stores, report = build_index(self.home, self.corpus, self.embedder, progress, ledger)
            self.ledger = ledger
            return report

    def search(
        self,
        text: str,
        limit: int = 8,
        kinds: frozenset[str] | None = None,
        language: Language | None = None,
        documents: frozenset[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Return the best chunks for a text, dense and lexical ranks fused; filters apply after over-fetching."""
        if not text.strip() or limit < 1:
            return ()
        stores = self.stores
        depth = max(limit, FILTERED_DEPTH if kinds or language or documents else DEPTH)
        similarity = dict(stores.dense.search(text, depth))
        dense = list(similarity)
        lexical = [name for name, _ in stores.lexical.search(text, depth)]
        fused = fuse([dense, lexical])
        chunks = stores.lexical.chunks([name for name, _ in fused])
        ranks = [{name: rank for rank, name in enumerate(names, 1)} for names in (dense, lexical)]
        hits: list[Hit] = []
        seen: set[str] = set()
        for name, score in fused:
            chunk = chunks.get(name)
            if chunk is None or chunk.text in seen or not _wanted(chunk, kinds, language, documents):
                continue
            seen.add(chunk.text)
            hits.append(Hit(chunk, score, ranks[0].get(name, 0), ranks[1].get(name, 0), similarity.get(name, 0.0)))
            if len(hits) == limit:
                break
        return tuple(hits)

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
            target.parent.mkdir(parents=True, exist_ok=True)
            for other in self._own_files(article.id):
                if other != target:
                    other.unlink()
            if path.resolve() != target.resolve():
                shutil.copyfile(path, target)
            change(stores, [article_document(article)], [])
        return article

    def remove(self, article_id: str) -> None:
        """Drop a person's own article from the corpus and the index; raises NotFoundError, or UsageError for a shipped one."""
        with self._turn:
            files = self._own_files(article_id)
            if not files:
                if f"article/{article_id}" in self.stores.manifest.documents:
                    raise UsageError(
                        f"The article {article_id!r} is shipped with Chukti and stays; only your own can be removed."
                    )
                raise NotFoundError(f"There is no article {article_id!r}; `chukti sources` lists the ids.")
            for file in files:
                file.unlink()
            change(self.stores, [], [f"article/{article_id}"])

    def _own_files(self, article_id: str) -> list[Path]:
        folder = self.corpus.own / "articles"
        return [path for path in folder.rglob("*") if path.is_file() and own_id(path) == article_id] if folder.is_dir() else []


class _Articles(Mapping[str, Article]):
    """The indexed articles, read from the store one by one."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, article_id: str) -> Article:
        blob = self._index.stores.lexical.blob(f"article/{article_id}")
        if blob is None:
            raise NotFoundError(f"There is no article {article_id!r}; `chukti sources` lists the ids.")
        return load_stored(blob)

    def __iter__(self) -> Iterator[str]:
        return (key.removeprefix("article/") for key in self._index.stores.manifest.documents if key.startswith("article/"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, article_id: str, default: Article | None = None) -> Article | None:  # type: ignore[override]
        """Return the article, or the default."""
        try:
            return self[article_id]
        except ChuktiError:
            return default


def open_index(home: Path, corpus: Corpus, load: Callable[[], "Embedder"]) -> Index:
    """Return an index whose records are read; its stores open when first needed."""
    return Index(home, corpus, load)


def _wanted(chunk: Chunk, kinds: frozenset[str] | None, language: Language | None, documents: frozenset[str] | None) -> bool:
    return (
        (kinds is None or chunk.kind in kinds)
        and (language is None or chunk.language == language)
        and (documents is None or chunk.document in documents)
    )
