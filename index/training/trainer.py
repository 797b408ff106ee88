"""The table that learns: rows of features, token weights, and one contrastive step on two lists of texts."""

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index.training.features import Features

_BETA_1, _BETA_2, _EPSILON = 0.9, 0.99, 1e-8  # Adam (Kingma & Ba 2015); the second shorter, as rare rows are seen seldom
SIF = 1e-3  # a of a / (a + p), Arora et al. 2017
_DROP_FROM = 5  # tokens of a text that can spare one
_MAX_TOKENS = 128  # of a passage while training; a window beyond it adds little to a mean


class Drop:
    """Leaves out tokens at random, so that no single word decides."""

    def __init__(self, share: float, seed: int) -> None:
        self.share = share
        self.random = random.Random(seed)

    def __call__(self, ids: list[int]) -> list[int]:
        """Return the ids without some; short texts stay whole."""
        if len(ids) < _DROP_FROM:
            return ids
        kept = [token for token in ids if self.random.random() >= self.share]
        return kept or ids


class LazyAdam:
    """Adam whose moments move only for the rows a step has touched."""

    def __init__(self, table: Tensor) -> None:
        self.table = table
        self.first = torch.zeros_like(table)
        self.second = torch.zeros_like(table)
        self.steps = torch.zeros(len(table))

    def update(self, rows: Tensor, gradient: Tensor, rate: float) -> None:
        """Move ``table[rows]`` against the gradient of the same shape; no row may stand twice."""
        steps = self.steps[rows] + 1
        self.steps[rows] = steps
        steps = steps.reshape(-1, *([1] * (gradient.dim() - 1)))
        first = self.first.index_select(0, rows).lerp_(gradient, 1 - _BETA_1)
        second = self.second.index_select(0, rows).mul_(_BETA_2).addcmul_(gradient, gradient, value=1 - _BETA_2)
        self.first.index_copy_(0, rows, first)
        self.second.index_copy_(0, rows, second)
        root = second.div_(1 - _BETA_2**steps).sqrt_().add_(_EPSILON)
        self.table.index_add_(0, rows, first.div_(1 - _BETA_1**steps).div_(root), alpha=-rate)


class Table:
    """Token vectors as sums of feature rows; texts as weighted means of token vectors."""

    def __init__(self, tokenizer: Tokenizer, features: Features, dimension: int, seed: int) -> None:
        self.tokenizer, self.features = tokenizer, features
        generator = torch.Generator().manual_seed(seed)
        self.rows = torch.randn((features.rows, dimension), generator=generator) * (0.3 * dimension**-0.5)
        self.log_weights = torch.zeros(len(features.starts) - 1)
        self._rows_adam, self._weights_adam = LazyAdam(self.rows), LazyAdam(self.log_weights)
        self._touched: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []

    def set_frequencies(self, counts: NDArray[np.float64]) -> None:
        """Start the token weights at SIF for the given token counts, shape (tokens,)."""
        share = counts / counts.sum()
        self.log_weights.copy_(torch.from_numpy(np.log(SIF / (SIF + share))))

    def bags(
        self, texts: Sequence[str], drop: Drop | None = None, cutter: Tokenizer | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (token ids, offsets) of the texts.

        With ``drop`` a text of several tokens loses some at random; ``cutter`` is another tokenizer of the same ids.
        """
        rows = [
            encoding.ids[:_MAX_TOKENS] or [0]
            for encoding in (cutter or self.tokenizer).encode_batch_fast(list(texts), add_special_tokens=False)
        ]
        if drop is not None:
            rows = [drop(row) for row in rows]
        lengths = [len(row) for row in rows]
        ids = np.fromiter((token for row in rows for token in row), dtype=np.int64, count=sum(lengths))
        return ids, np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)

    def encode(self, ids: NDArray[np.int64], offsets: NDArray[np.int64]) -> Tensor:
        """Return unit vectors of the bags, shape (bags, dimension), and remember what must move after ``backward``."""
        tokens, places = np.unique(ids, return_inverse=True)
        feature_ids, weights, feature_offsets = self.features.of(tokens)
        distinct, feature_places = np.unique(feature_ids, return_inverse=True)
        row_numbers, token_numbers = torch.from_numpy(distinct), torch.from_numpy(tokens)
        rows = self.rows[row_numbers].requires_grad_()
        scales = self.log_weights[token_numbers].requires_grad_()
        vectors = functional.embedding_bag(
            torch.from_numpy(feature_places),
            rows,
            torch.from_numpy(feature_offsets),
            mode="sum",
            per_sample_weights=torch.from_numpy(weights),
        )
        vectors = vectors * scales.exp()[:, None]
        means = functional.embedding_bag(torch.from_numpy(places), vectors, torch.from_numpy(offsets), mode="mean")
        self._touched.append((row_numbers, rows, token_numbers, scales))
        return functional.normalize(means, dim=1)

    def move(self, rate: float, weight_rate: float) -> None:
        """Apply the gradients of the last ``backward`` and forget them."""
        for row_numbers, rows, token_numbers, scales in self._touched:
            if rows.grad is not None and scales.grad is not None:
                self._rows_adam.update(row_numbers, rows.grad, rate)
                self._weights_adam.update(token_numbers, scales.grad, weight_rate)
        self._touched.clear()

    def fold(self) -> NDArray[np.float32]:
        """Return the plain table, shape (tokens, dimension): what is written into the shipped model."""
        tokens = np.arange(len(self.features.starts) - 1)
        folded = np.empty((len(tokens), self.rows.shape[1]), dtype=np.float32)
        for start in range(0, len(tokens), 4096):
            part = tokens[start : start + 4096]
            ids, weights, offsets = self.features.of(part)
            bag = functional.embedding_bag(
                torch.from_numpy(ids),
                self.rows,
                torch.from_numpy(offsets),
                mode="sum",
                per_sample_weights=torch.from_numpy(weights),
            )
            folded[part] = (bag * self.log_weights[torch.from_numpy(part)].exp()[:, None]).numpy()
        return folded


def contrastive_loss(left: Tensor, right: Tensor, same: Tensor, scale: float) -> Tensor:
    """Return the symmetric cross entropy over in-batch negatives (InfoNCE, van den Oord et al. 2018).

    Args:
        left: unit vectors, shape (n, dimension).
        right: unit vectors, shape (n, dimension).
        same: True where row i and column j are equal in meaning and so no negative, shape (n, n); diagonal ignored.
        scale: inverse temperature.
    """
    scores = scale * left @ right.T
    diagonal = torch.eye(len(scores), dtype=torch.bool)
    scores = scores.masked_fill(same & ~diagonal, -1e4)
    target = torch.arange(len(scores))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def equal_texts(left: Sequence[str], right: Sequence[str]) -> Tensor:
    """Return True where two pairs share a side, shape (n, n)."""
    masks = []
    for texts in (left, right):
        _, numbers = np.unique(np.array(texts, dtype=object).astype(str), return_inverse=True)
        ids = torch.from_numpy(numbers)
        masks.append(ids[:, None] == ids[None, :])
    return masks[0] | masks[1]
