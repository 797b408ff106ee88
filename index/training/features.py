"""What a token is made of while training: its own row, spelling n-grams and sound n-grams shared by the scripts.

Bojanowski et al. 2017 (fastText) sum n-grams at run time; here the sum is folded into one row a token when the model is
written, so the shipped model is a plain table.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.training.phonetics import skeleton, sounds
from index.training.vocabulary import PIECE

SHARED_ROWS = 1 << 18  # hashed rows for n-grams; about 1.5 times the distinct ones of a table of 100,000 tokens
_SPELLING = (3, 4)
_SOUND = (3, 4)


@dataclass(frozen=True, slots=True)
class Features:
    """Feature ids of every token in compressed rows: those of token t are ``ids[starts[t]:starts[t + 1]]``."""

    ids: NDArray[np.int64]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    rows: int  # size of the feature table

    def of(self, tokens: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Return (ids, weights, offsets) of the given tokens, one bag a token."""
        lengths = self.starts[tokens + 1] - self.starts[tokens]
        offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        places = np.arange(int(lengths.sum())) + np.repeat(self.starts[tokens] - offsets, lengths)
        return self.ids[places], self.weights[places], offsets


def make_features(tokens: Sequence[str]) -> Features:
    """Return the features of every token; the token's own row has weight 1, the shared ones together length 1."""
    ids: list[int] = []
    weights: list[float] = []
    starts = [0]
    for number, token in enumerate(tokens):
        shared = sorted({len(tokens) + zlib.crc32(name.encode()) % SHARED_ROWS for name in feature_names(token)})
        ids += [number, *shared]
        weights += [1.0] + [max(1, len(shared)) ** -0.5] * len(shared)
        starts.append(len(ids))
    return Features(np.array(ids), np.array(weights, dtype=np.float32), np.array(starts), len(tokens) + SHARED_ROWS)


def feature_names(token: str) -> list[str]:
    """Return the names of the shared features of a token; digits have none, so that figures keep apart."""
    word = token.removeprefix(PIECE)
    if not word[:1].isalpha():
        return []
    edged = word + ">" if token.startswith(PIECE) else f"<{word}>"
    names = [f"s{gram}" for gram in _grams(edged, _SPELLING)]
    for sound in sounds(word):
        names += [f"p{gram}" for gram in _grams(f"<{sound}>", _SOUND)]
        names += [f"w{sound}", f"k{skeleton(sound)}"]
    return names


def _grams(text: str, sizes: tuple[int, ...]) -> list[str]:
    return [text[start : start + size] for size in sizes for start in range(len(text) - size + 1)]
