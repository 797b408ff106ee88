"""Passages for a question: hybrid search over the index, then the sentences that answer; also as a LangChain retriever."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.schema import Evidence, Query
from index.records import Chunk
from index.search import Hit, Index
from index.splitter import sentences
from index.text import tokens

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

CHUNKS = 10  # chunks whose sentences are looked at
SHORTEST = 25  # characters of a sentence that can answer
OWN_LANGUAGE = 0.5  # what standing in the language of the answer is worth, on the scale of a cosine
MOST_SENTENCES = 4  # sentences offered as evidence
# A passage is offered when it holds this share of the question's weight and is near it, or is very near. The figures
# part questions on the corpus from others (weather, sport, politics) among forty of our own in three scripts.
SHARED, NEAR, VERY_NEAR = 0.4, 0.2, 0.33
LEAST = 0.3  # the share that is enough where the question speaks of deals


def find_passages(index: Index, query: Query, stop: frozenset[str]) -> tuple[Evidence, ...]:
    """Return the sentences that answer best, first the likeliest; empty when the corpus says nothing on it.

    A sentence scores by the weighty words of the question that it and its surroundings hold (inverse frequency among
    the hits), by its rank in the fused search, and by standing in the language of the question.
    """
    hits = _hits(index, query)
    wanted = [word for word in dict.fromkeys(tokens(query.search)) if word not in stop]
    if not hits or not wanted:
        return ()
    weights = _weights(wanted, hits)
    found: list[Evidence] = []
    for rank, hit in enumerate(hits):
        overlap = _share(wanted, weights, tokens(f"{hit.chunk.title} {hit.chunk.heading} {hit.chunk.text}"))
        near = hit.similarity
        if near < VERY_NEAR and not (overlap >= SHARED and near >= NEAR) and (query.out_of_scope or overlap < LEAST):
            continue
        own = OWN_LANGUAGE * (hit.chunk.language == query.language)
        found += _sentences(hit.chunk, overlap + near + 0.5 / (rank + 1) + own)
    scored = _scored(index, query.search, found, wanted, weights)
    return tuple(sorted(scored, key=lambda evidence: -evidence.score)[:MOST_SENTENCES])


def _hits(index: Index, query: Query) -> tuple[Hit, ...]:
    """Search all articles; Banglish shares its words with English ones, so Bengali ones are searched for themselves too."""
    kinds = frozenset({"article"})
    hits = index.search(query.search, CHUNKS, kinds=kinds)
    if query.script == "banglish":
        hits = (*index.search(query.search, CHUNKS // 2, kinds=kinds, language="bn"), *hits)
    return tuple({hit.chunk.id: hit for hit in hits}.values())


def _scored(index: Index, text: str, found: list[Evidence], wanted: list[str], weights: dict[str, float]) -> Iterator[Evidence]:
    """Add to each sentence's score the words that it shares with the question and how near it is in meaning."""
    if not found:
        return
    question = index.embedder.embed_query(text)
    vectors = index.embedder.embed_documents([evidence.quote for evidence in found])
    for evidence, vector in zip(found, vectors, strict=True):
        near = sum(one * other for one, other in zip(question, vector, strict=True))
        yield replace(evidence, score=evidence.score + _share(wanted, weights, tokens(evidence.quote)) + 1.5 * near)


def _weights(wanted: list[str], hits: Iterable[Hit]) -> dict[str, float]:
    """Weigh the words by how few of the hits hold them; one that no hit holds weighs little."""
    texts = [set(tokens(f"{hit.chunk.title} {hit.chunk.text}")) for hit in hits]
    held = Counter(word for text in texts for word in wanted if word in text)
    unseen = math.log(2)  # a word that no hit holds may be a synonym: it must not outweigh those that are held
    return {word: math.log(1 + (len(texts) + 1) / (held[word] + 0.5)) if held[word] else unseen for word in wanted}


def _share(wanted: list[str], weights: dict[str, float], text: list[str]) -> float:
    present = set(text)
    return sum(weights[word] for word in wanted if word in present) / sum(weights.values())


def _sentences(chunk: Chunk, base: float) -> Iterator[Evidence]:
    """Yield the sentences of a chunk; headings are no answers, the first sentences of an article are likelier ones."""
    for start, end in sentences(chunk.text):
        quote = chunk.text[start:end]
        if quote.startswith("#") or len(quote) < SHORTEST:
            continue
        score = base + (0.1 if chunk.start + start == 0 else 0.0)
        yield Evidence(
            "article", chunk.document, chunk.language, quote, chunk.start + start, chunk.start + end, chunk.title, score
        )


def langchain_retriever(index: Index, limit: int = 8) -> "BaseRetriever":
    """Return the hybrid search as a LangChain retriever; each document's metadata names its source and offsets."""
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class HybridRetriever(BaseRetriever):
        """Dense and lexical search, fused by reciprocal rank."""

        k: int = limit

        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            del run_manager
            return [Document(hit.chunk.text, metadata=_metadata(hit)) for hit in index.search(query, self.k)]

    return HybridRetriever()


def _metadata(hit: Hit) -> dict[str, Any]:
    chunk = hit.chunk
    return {
        "id": chunk.document, "kind": chunk.kind, "language": chunk.language, "title": chunk.title, "date": chunk.date,
        "start": chunk.start, "end": chunk.end, "score": hit.score,
    }  # fmt: skip
