"""Passages for a question: hybrid search over the index, then the sentences that answer; also as a LangChain retriever."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.aspects import Aspect, Text, text_of
from assistant.excerpts import Asked, Found, defines, excerpts
from assistant.schema import Evidence, Query
from index.records import Chunk
from index.search import Hit, Index
from index.text import BENGALI

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

CHUNKS = 10  # chunks looked at
OTHER_CHUNKS = 6  # chunks looked for by the terms' words in the other scripts
READ = 3  # chunks of each language whose sentences are weighed
HEADED = 0.8  # what a heading that asks the same is worth, on the scale of a cosine
EXPLAINED = 1.5  # what a sentence that says what the term is adds to its chunk
COMMON = 0.15  # what an ordinary word weighs beside another
# A passage is offered when it holds this share of what the question speaks of: nearly all of it is asked of other subjects,
# less where the question speaks of deals; a very near one may hold less. Set on sixty questions of our own in three scripts.
FOREIGN_SHARE, SHARE, NEAR_SHARE, VERY_NEAR = 0.75, 0.5, 0.34, 0.45


def find_passages(index: Index, query: Query, aspects: tuple[Aspect, ...]) -> tuple[Evidence, ...]:
    """Return the sentences that answer, first the likeliest; empty when the corpus says nothing on it.

    A chunk counts by the share of the question's aspects that it, its heading and its title hold, and by its nearness in
    meaning; its sentences by ``assistant.excerpts``.
    """
    if not aspects or (query.out_of_scope and all(aspect.common for aspect in aspects)):
        return ()
    hits = _hits(index, query, aspects)
    asked = Asked(query, aspects, _weights(aspects, hits, query), index.embedder)
    scored = sorted(_chunks(asked, hits), key=lambda entry: -entry.score)
    read = [entry for language in ("en", "bn") for entry in [e for e in scored if e.chunk.language == language][:READ]]
    return excerpts(asked, read, index.ledger)


def _hits(index: Index, query: Query, aspects: tuple[Aspect, ...]) -> tuple[Hit, ...]:
    """Search by the question, and by its terms as the other scripts write them."""
    kinds = frozenset({"article"})
    forms = {
        form for aspect in aspects if aspect.kind == "term" for form in (*aspect.forms, *(" ".join(p) for p in aspect.paths))
    }
    asked = bool(BENGALI.search(query.search))
    other = " ".join(form for form in sorted(forms) if bool(BENGALI.search(form)) != asked)
    hits = index.search(query.defines or query.search, CHUNKS, kinds=kinds)
    if other:
        hits = (*hits, *index.search(other, OTHER_CHUNKS, kinds=kinds, language="en" if asked else "bn"))
    return tuple({hit.chunk.id: hit for hit in hits}.values())


def _weights(aspects: tuple[Aspect, ...], hits: Sequence[Hit], query: Query) -> dict[Aspect, float]:
    """Weigh the aspects by how few of the hits hold them; a word that no hit holds weighs little where deals are asked.

    It may be a synonym there; of another subject it is what the corpus does not hold.
    """
    texts = [_whole(hit.chunk) for hit in hits]
    strict = query.out_of_scope or query.defines or not any(aspect.kind == "term" for aspect in aspects)
    weights = {}
    for aspect in aspects:
        held = sum(aspect.in_text(text) for text in texts)
        unseen = math.log(1 + (len(texts) + 1) / 0.5) if strict or aspect.kind != "word" else math.log(2)
        weight = math.log(1 + (len(texts) + 1) / (held + 0.5)) if held else unseen
        weights[aspect] = weight * (COMMON if aspect.common else 1.0)
    return weights


def _whole(chunk: Chunk) -> Text:
    return text_of(f"{chunk.title} {chunk.heading} {chunk.text}")


def _chunks(asked: Asked, hits: Sequence[Hit]) -> Iterable[Found]:
    """Yield the chunks that speak of enough of the question, with their scores."""
    heads = [hit.chunk.heading or hit.chunk.title for hit in hits]
    for rank, (hit, head, near) in enumerate(zip(hits, heads, asked.nearness(heads), strict=True)):
        chunk = hit.chunk
        held = asked.share(_whole(chunk))
        if not _speaks(asked, chunk, held, hit.similarity):
            continue
        headed = asked.share(text_of(f"{chunk.title} {head}"), asked.content)
        score = held + hit.similarity + HEADED * (headed + max(0.0, near)) + 0.2 / (rank + 1)
        defined = EXPLAINED if asked.query.defines and (defines(asked.aspects, chunk.text) or _opens_on(asked, chunk)) else 0.0
        yield Found(chunk, score + defined, max(0.0, near))


def _opens_on(asked: Asked, chunk: Chunk) -> bool:
    """True for the opening of an article whose title is the term."""
    title = text_of(chunk.title)
    return chunk.start == 0 and not chunk.heading and all(aspect.in_text(title) for aspect in asked.aspects)


def _speaks(asked: Asked, chunk: Chunk, held: float, near: float) -> bool:
    """True when a chunk is about what is asked: it holds every company and country named, and enough of the rest."""
    text = _whole(chunk)
    if any(not aspect.in_text(text) for aspect in asked.aspects if aspect.kind in ("name", "place")):
        return False
    if asked.query.out_of_scope or asked.query.defines:
        return held >= FOREIGN_SHARE
    if asked.share(text, asked.content) < NEAR_SHARE:  # the companies alone are not what is asked
        return False
    return held >= SHARE or (held >= NEAR_SHARE and near >= VERY_NEAR)


def langchain_retriever(index: Index, limit: int = 8) -> "BaseRetriever":
    """Return the hybrid search as a LangChain retriever; each document's metadata names its source and offsets."""
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class HybridRetriever(BaseRetriever):
        """Dense and lexical search, their scores fused."""

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
