"""Figures on our own validation split; the held-out sets are not touched."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.data import Pair
from index.training.deals import deal_pairs
from index.training.romanise import Romaniser

_DEALS, _DEALS_SEED = 1200, 20_011  # other names and sums than the training's
_TRANSLATIONS = {
    "everyday": ("tatoeba_manythings",), "health": ("tico19",), "wikipedia": ("indian_pc",),
    "technology": ("msdocs", "msdocs2"),
    "typed": ("banglish_tlit", "banglish_sayad"), "typed forum": ("banglish_tlit",),
}  # fmt: skip
_QUESTIONS = {
    "questions": ("squad_sentence",), "headings": ("d365_docs", "headings_msdocs", "headings_react", "headings_otel"),
    "headings across": ("headings_msdocs_x", "headings_react_x"),
}  # fmt: skip

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(encode: Encode, pairs: Sequence[Pair], seed: int) -> dict[str, float]:
    """Return top-1 accuracy (both ways, per cent) or nDCG@10 (per cent) of each part of the split, and their mean.

    A part without rows is left out. ``seed`` is for the spellings of the romanised parts, which know no attested words.
    """
    romaniser = Romaniser({}, {}, seed)
    figures = {}
    for name, sets in _TRANSLATIONS.items():
        if rows := _distinct(pairs, sets):
            figures[name] = top_1(encode([pair.left for pair in rows]), encode([pair.right for pair in rows]))
    if rows := _distinct(pairs, ("tico19",)):
        typed = [romaniser.text(pair.right) for pair in rows]
        figures["typed, generated"] = top_1(encode(typed), encode([pair.right for pair in rows]))
    for name, sets in _QUESTIONS.items():
        if rows := _distinct(pairs, sets):
            figures[name] = ndcg_10(encode([pair.left for pair in rows]), encode([pair.right for pair in rows]))
    invented = deal_pairs(_DEALS, _DEALS_SEED)
    figures["deals"] = ndcg_10(
        encode([pair.left for pair in invented.written]), encode([pair.right for pair in invented.written])
    )
    typed = [romaniser.text(pair.left) for pair in invented.typed]
    figures["deals typed"] = ndcg_10(encode(typed), encode([pair.right for pair in invented.typed]))
    return figures | {"mean": sum(figures.values()) / len(figures)}


def top_1(left: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """Return the per cent of rows whose nearest on the other side is their own, mean of both ways."""
    scores = left @ right.T
    own = np.arange(len(scores))
    return 50.0 * float((scores.argmax(1) == own).mean() + (scores.argmax(0) == own).mean())


def ndcg_10(queries: NDArray[np.float32], passages: NDArray[np.float32]) -> float:
    """Return nDCG@10 in per cent where row i of the passages is the one right answer of query i."""
    scores = queries @ passages.T
    ranks = (scores > np.diag(scores)[:, None]).sum(1)
    return 100.0 * float(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0.0).mean())


def _distinct(pairs: Sequence[Pair], sets: Sequence[str]) -> list[Pair]:
    """Keep the pairs of the sets, one a side, so that no row has two right answers."""
    seen: set[str] = set()
    kept = []
    for pair in pairs:
        if pair.source in sets and pair.left not in seen and pair.right not in seen:
            seen.update((pair.left, pair.right))
            kept.append(pair)
    return kept
