"""The lexical leg: BM25 by tantivy over the words of ``index.text.tokens``; it also stores the chunks themselves."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.errors import IndexMissingError
from index.records import Chunk
from index.text import tokens

HEAP = 64 * 1024 * 1024  # bytes for the writer; tantivy asks for at least 15 MB a thread
_WORDS, _ID, _CHUNK = "words", "id", "chunk"
_FIELDS = tuple(field.name for field in fields(Chunk))


class Lexical:
    """A tantivy index in a folder. One writer at a time; reading needs no lock."""

    def __init__(self, folder: Path) -> None:
        """Open or make the index; raises IndexMissingError when its files are damaged."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field(_ID, stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(_WORDS, stored=False, tokenizer_name="whitespace", index_option="freq")
        builder.add_bytes_field(_CHUNK, stored=True, indexed=False)
        self._tantivy: Any = tantivy
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(builder.build(), path=str(folder))
        except ValueError as error:
            raise IndexMissingError("The word index is damaged; run `chukti build` to make it anew.") from error

    def change(self, add: Sequence[Chunk], remove: Iterable[str], blobs: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Remove rows by id, add chunks and blobs (whole articles, kept but not searched), and commit in one step.

        Adding an id again replaces it.
        """
        writer = self._index.writer(heap_size=HEAP, num_threads=1)
        for row_id in sorted({*remove, *(chunk.id for chunk in add), *blobs}):
            writer.delete_documents_by_term(_ID, row_id)
        for key, blob in blobs.items():
            writer.add_document(self._tantivy.Document(**{_ID: key, _CHUNK: blob}))
        for chunk in add:
            words = " ".join(tokens(f"{chunk.title} {chunk.heading} {chunk.text}"))
            stored = json.dumps([getattr(chunk, name) for name in _FIELDS], ensure_ascii=False).encode()
            writer.add_document(self._tantivy.Document(**{_ID: chunk.id, _WORDS: words, _CHUNK: stored}))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, text: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Return ids and BM25 scores, best first; empty when no word of the text occurs."""
        words = list(dict.fromkeys(tokens(text)))
        if not words or limit < 1:
            return ()
        query = self._tantivy.Query.boolean_query(
            [
                (self._tantivy.Occur.Should, self._tantivy.Query.term_query(self._index.schema, _WORDS, word, "freq"))
                for word in words
            ]
        )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        return tuple((searcher.doc(address)[_ID][0], score) for score, address in hits)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the stored chunks by id; an unknown id is left out."""
        if not ids:
            return {}
        searcher = self._index.searcher()
        query = self._tantivy.Query.term_set_query(self._index.schema, _ID, list(ids))
        found = {}
        for _, address in searcher.search(query, len(ids), count=False).hits:
            chunk = Chunk(*json.loads(searcher.doc(address)[_CHUNK][0]))
            found[chunk.id] = chunk
        return found

    def blob(self, key: str) -> bytes | None:
        """Return a stored blob; None when there is none of that key."""
        searcher = self._index.searcher()
        hits = searcher.search(self._tantivy.Query.term_query(self._index.schema, _ID, key, "basic"), 1, count=False).hits
        return bytes(searcher.doc(hits[0][1])[_CHUNK][0]) if hits else None

    def ids(self) -> frozenset[str]:
        """Return the ids of all rows, chunks and blobs."""
        searcher = self._index.searcher()
        found = searcher.search(self._tantivy.Query.all_query(), max(1, len(self)), count=False).hits
        return frozenset(searcher.doc(address)[_ID][0] for _, address in found)

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)
