"""The dense leg: Chroma in a folder, or a Chroma server, through LangChain; cosine distance."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.documents import field_line
from index.errors import IndexMissingError
from index.records import Chunk

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

COLLECTION = "chukti"
# Rows of one upsert: Chroma holds the interpreter's lock meanwhile, about 1 ms a row; batches of 500 cost a tenth more.
BATCH = 2000
# Rows that Chroma keeps in its log before it writes the graph; each start reads them back (0.1 s for 900, 1.7 s for 9,500).
SYNC = 500
_HNSW = {"hnsw": {"space": "cosine", "sync_threshold": SYNC}}


class Dense:
    """The vectors of all chunks. The embedding function is always ours: Chroma's default knows no Bengali."""

    def __init__(self, folder: Path, embedder: "Embeddings") -> None:
        """Open or make the collection; raises IndexMissingError when its files are damaged."""
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self.client: Any = None
        try:
            self.client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, allow_reset=False))
            self._collection = self.client.get_or_create_collection(
                COLLECTION,
                configuration=_HNSW,
                embedding_function=None,
            )
            self._batch = min(BATCH, self.client.get_max_batch_size())
            self._probe()
        except BaseException as error:  # on damaged files Chroma's Rust core raises almost anything, panics included
            self.close()
            _forget(folder)
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise IndexMissingError("The vector index is damaged; run `chukti build` to make it anew.") from error

    @cached_property
    def _store(self) -> "Chroma":
        return self.langchain()  # making one reads the environment, which takes a tenth of a second

    def langchain(self) -> "Chroma":
        """Return the same collection as a LangChain vector store."""
        from langchain_chroma import Chroma

        return Chroma(
            client=self.client,
            collection_name=COLLECTION,
            embedding_function=self._embedder,
            create_collection_if_not_exists=False,
        )

    def change(self, add: Sequence[Chunk], remove: Sequence[str]) -> None:
        """Remove chunks by id, then embed and upsert chunks."""
        gone = sorted(set(remove) - {chunk.id for chunk in add})
        for start in range(0, len(gone), self._batch):
            self._collection.delete(ids=gone[start : start + self._batch])
        if not add:
            return
        for start in range(0, len(add), self._batch):
            rows = add[start : start + self._batch]
            self._store.add_texts(
                [passage(chunk) for chunk in rows],
                [{"document": chunk.document, "kind": chunk.kind, "language": chunk.language} for chunk in rows],
                ids=[chunk.id for chunk in rows],
            )

    def search(self, text: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Return ids and cosine similarities, most similar first; empty for an empty collection."""
        if limit < 1:
            return ()
        vector: Any = [self._embedder.embed_query(text)]
        rows = self._collection.query(query_embeddings=vector, n_results=limit, include=["distances"])
        distances = (rows["distances"] or [[]])[0]
        return tuple((name, 1.0 - distance) for name, distance in zip(rows["ids"][0], distances, strict=True))

    def _probe(self) -> None:
        """Read the graph once, so that damage shows when the index is opened and not at a question."""
        if len(self):
            first: Any = self._collection.peek(1)["embeddings"]
            self._collection.query(query_embeddings=first, n_results=1, include=[])

    def close(self) -> None:
        """Let go of the files; the collection cannot be used afterwards."""
        if self.client is not None:
            self.client.close()

    def ids(self) -> frozenset[str]:
        """Return the ids of all rows."""
        return frozenset(self._collection.get(include=[])["ids"])

    def __len__(self) -> int:
        return int(self._collection.count())


def _forget(folder: Path) -> None:
    """Drop what Chroma remembers of a folder that it failed to open; it would answer for a new one in its place."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient._identifier_to_system.pop(str(folder), None)
    SharedSystemClient._identifier_to_refcount.pop(str(folder), None)


def passage(chunk: Chunk) -> str:
    """Return what is embedded for a chunk: its title and heading say what a slice alone may not.

    Of a deal, headline, summary and parties only: a mean over all its field lines would blur what it is about.
    """
    if chunk.kind == "deal" and chunk.ordinal == 0:
        lines = chunk.text.split("\n")
        parties = field_line("parties", chunk.language)
        return "\n".join([*lines[:2], *(line for line in lines[2:] if line.startswith(parties))])
    head = " — ".join(part for part in (chunk.title, chunk.heading) if part and part not in chunk.text)
    return f"{head}\n{chunk.text}" if head else chunk.text
