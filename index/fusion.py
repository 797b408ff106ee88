"""Fusion of the two legs of the search: how near in meaning, and how much of the question a chunk has word for word; pure.

Ranks alone forget by how much a leg prefers a chunk, and equal ranks trust a leg that has nothing to say as much as one
that has found every word. Here the scores themselves are added, each on a scale of its own that no other candidate can
move (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"):

    cosine + WORDS * contrast * (BM25 / the most that the question's words could score) * kinship

Words count little by themselves where the question's are mostly not in the chunk; they do not count in a chunk of the
other script, where names and figures at most can be shared and say less than the meaning does.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple, TypeVar

from index.text import BENGALI, LATIN

WORDS = 1.3  # what all of the question's words weigh against a whole cosine; tuned on our own validation split
_SATURATED = 1 + 1.2  # the most that a word's frequency multiplies its rarity by: 1 + k1, tantivy's and Lucene's k1

Ranked = Sequence[tuple[str, float]]  # ids with a leg's scores, best first
Read = TypeVar("Read")


class Candidate(NamedTuple):  # a search makes hundreds, and a frozen dataclass takes longer to make
    """A chunk's id, its cosine, and what its words add when it is wholly in the question's script."""

    name: str
    near: float
    words: float

    def score(self, kinship: float = 1.0) -> float:
        """Return the fused score of a chunk whose script has this share (0 to 1) of the question's words."""
        return self.near + self.words * kinship


def fuse(dense: Ranked, lexical: Ranked, terms: int, chunks: int, contrast: float = 1.0) -> tuple[Candidate, ...]:
    """Return the candidates of both legs, best first as far as can be told before they are read; ties go by id.

    A chunk that only the lexical leg found is at most as near as the farthest of the dense leg, and is taken as that.

    Args:
        dense: ids and cosines.
        lexical: ids and BM25 scores.
        terms: how many words BM25 searched for.
        chunks: how many chunks the index holds.
        contrast: the part of the cosine's range that the embedding model uses, 0 to 1.
    """
    most = max(1, terms) * _SATURATED * rarity(chunks)
    farthest = min((cosine for _, cosine in dense), default=0.0)
    near, words = dict(dense), dict(lexical)
    weight = WORDS * contrast / most
    found = [
        Candidate(name, near.get(name, farthest), weight * words.get(name, 0.0)) for name in dict.fromkeys((*near, *words))
    ]
    return tuple(sorted(found, key=lambda candidate: (-candidate.near - candidate.words, candidate.name)))


def rarity(chunks: int) -> float:
    """Return BM25's weight of a word that one chunk of so many holds."""
    return log(1 + (chunks - 0.5) / 1.5) if chunks > 1 else 1.0


def kinship(question: Sequence[str], text: str) -> float:
    """Return the share of the question's words that are in the script of the text, figures left out; 1 for figures alone.

    A text with any Bengali counts as Bengali: its English words are names and terms within a Bengali sentence.
    """
    bengali = sum(1 for word in question if BENGALI.search(word))
    lettered = bengali + sum(1 for word in question if LATIN.search(word))
    if not lettered:
        return 1.0
    return (bengali if BENGALI.search(text) else lettered - bengali) / lettered


def settled(
    candidates: Sequence[Candidate],
    read: Callable[[Sequence[str]], Mapping[str, Read]],
    kin: Callable[[Read], float],
    size: int,
) -> Iterator[tuple[Read, float]]:
    """Yield what was read of the candidates with its score, best first, reading ``size`` at a time and no more than needed.

    Before it is read, a candidate's best score bounds its own (as in the threshold algorithm, Fagin et al. 2003), so
    one that was read may go as soon as its score is above the bound of the next unread. Unknown names are left out.
    """
    waiting: list[tuple[float, str, Read]] = []
    for start in range(0, len(candidates), size):
        part = candidates[start : start + size]
        found = read([candidate.name for candidate in part])
        for candidate in part:
            if candidate.name in found:
                item = found[candidate.name]
                heapq.heappush(waiting, (-candidate.score(kin(item)), candidate.name, item))
        rest = candidates[start + size : start + size + 1]
        bound = rest[0].score() if rest else float("-inf")
        while waiting and -waiting[0][0] > bound:
            score, _, item = heapq.heappop(waiting)
            yield item, -score
