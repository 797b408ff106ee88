"""Figures on our own validation split; the held-out sets are not touched."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.training.data import Pair
from index.training.deals import deal_pairs
from index.training.romanise import Romaniser

_DEALS, _DEALS_SEED = 1200, 20_011  # other names and sums than the training's
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(encode: Encode, pairs: Sequence[Pair], romaniser: Romaniser) -> dict[str, float]:
    """Return top-1 accuracy (both ways, per cent) or nDCG@10 (per cent) of each part of the split, and their mean."""
    figures = {}
    for name, sets in {
        "everyday": ("tatoeba_manythings",), "health": ("tico19",), "wikipedia": ("indian_pc",), "technology": ("msdocs", "msdocs2"),
        "typed": ("banglish_tlit", "banglish_sayad"), "typed forum": ("banglish_tlit",),
    }.items():  # fmt: skip
        rows = _distinct([pair for pair in pairs if pair.source in sets])
        figures[name] = top_1(encode([pair.left for pair in rows]), encode([pair.right for pair in rows]))
    rows = _distinct([pair for pair in pairs if pair.source == "tico19"])
    generated = encode([romaniser.text(pair.right) for pair in rows])
    figures["typed, generated"] = top_1(generated, encode([pair.right for pair in rows]))
    for name, sets in {
        "questions": ("squad_sentence",), "headings": ("d365_docs", "headings_msdocs", "headings_react", "headings_otel"),
        "headings across": ("headings_msdocs_x", "headings_react_x"),
    }.items():  # fmt: skip
        rows = _distinct([pair for pair in pairs if pair.source in sets])
        figures[name] = ndcg_10(encode([pair.left for pair in rows]), encode([pair.right for pair in rows]))
    invented = deal_pairs(_DEALS, _DEALS_SEED)
    figures["deals"] = ndcg_10(
        encode([pair.left for pair in invented.written]), encode([pair.right for pair in invented.written])
    )
    questions = [romaniser.text(pair.left) for pair in invented.typed]
    figures["deals typed"] = ndcg_10(encode(questions), encode([pair.right for pair in invented.typed]))
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


def _distinct(pairs: Sequence[Pair]) -> list[Pair]:
    """Keep one pair a side, so that no row has two right answers."""
    seen: set[str] = set()
    kept = []
    for pair in pairs:
        if pair.left not in seen and pair.right not in seen:
            seen.update((pair.left, pair.right))
            kept.append(pair)
    return kept
