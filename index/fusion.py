"""Reciprocal rank fusion of ranked lists (Cormack, Clarke and Buettcher 2009); pure."""

from collections.abc import Sequence

K = 60  # the constant of the paper; larger values flatten the ranks


def fuse(rankings: Sequence[Sequence[str]], weights: Sequence[float] | None = None) -> tuple[tuple[str, float], ...]:
    """Return ids with their fused score, best first; an id repeated within a list counts at its best rank.

    ``weights`` has one factor for each list (default 1). Ties are broken by id, so the order of lists does not matter.
    """
    scores: dict[str, list[float]] = {}
    for place, ranking in enumerate(rankings):
        weight = 1.0 if weights is None else weights[place]
        for rank, name in enumerate(dict.fromkeys(ranking), 1):
            scores.setdefault(name, []).append(weight / (K + rank))
    summed = {name: sum(sorted(parts)) for name, parts in scores.items()}
    return tuple(sorted(summed.items(), key=lambda item: (-item[1], item[0])))
