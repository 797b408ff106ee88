"""Passages for a question: hybrid search over the index, then the sentences that answer; also as a LangChain retriever."""

from typing import TYPE_CHECKING, Protocol

from index.records import Chunk

if TYPE_CHECKING:
    pass

CHUNKS = 12  # chunks looked into for sentences
MOST_SENTENCES = 6  # sentences offered as evidence
LEAST_OVERLAP = 0.34  # share of the question's weighty words that a passage must hold to count as an answer


class Searchable(Protocol):
    """What retrieval needs of an index."""

    def search(self, text: str, limit: int = 8, kinds: frozenset[str] | None = None) -> "tuple[Found, ...]":
        """Return hits, best first."""


class Found(Protocol):
    """One hit of a search."""

    chunk: Chunk
    score: float
