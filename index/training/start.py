"""Where the rows begin: English words at the teacher's vector, turned to our dimensions, other words at their translations'."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.training.data import Corpus, Pair, is_romanised
from index.training.teacher import teacher_vectors
from index.training.vocabulary import PIECE, count_words, make_normalizer

_MIN_COUNT = 3  # words seen less often start at random
_NOISE = 0.1  # length of the rows that have no teacher's vector


def teacher_rows(words: Sequence[str], corpus: Corpus, dimension: int, cache: Path, seed: int) -> NDArray[np.float32]:
    """Return starting rows, shape (len(words), dimension): for English words model2vec's recipe.

    That recipe is a principal component analysis of the teacher's vectors of single words. Bengali words begin at the mean
    of the English ones that the word lists give for them, Banglish spellings at their Bengali word; the rest is noise.
    """
    noise = np.random.default_rng(seed).standard_normal((len(words), dimension), dtype=np.float32)
    noise *= _NOISE * dimension**-0.5
    english = count_words(
        (text, 1)
        for pair in corpus.training
        if not is_romanised(pair.source)
        for text in (pair.left, pair.right)
        if text.isascii()
    )
    known = [
        number
        for number, word in enumerate(words)
        if word.isascii() and not word.startswith(PIECE) and english[word] >= _MIN_COUNT
    ]
    vectors = teacher_vectors([words[number] for number in known], cache).astype(np.float32)
    vectors -= vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    turned = vectors @ axes[:dimension].T
    noise[known] = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    numbers = {word: number for number, word in enumerate(words)}
    placed = set(known)
    for romanised in (False, True):  # the Bengali words first, as the Banglish ones begin at them
        for number, others in _translations(corpus.training, numbers, placed, romanised).items():
            mean = noise[others].mean(axis=0)
            noise[number] = mean / max(float(np.linalg.norm(mean)), 1e-6)
            placed.add(number)
    return noise


def _translations(pairs: Iterable[Pair], numbers: Mapping[str, int], placed: set[int], romanised: bool) -> dict[int, list[int]]:
    """Return, for words without a row of their own yet, the placed words that single-word pairs give for them."""
    normalizer = make_normalizer()
    found: defaultdict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        if is_romanised(pair.source) != romanised or " " in pair.left or " " in pair.right:
            continue
        left, right = (numbers.get(normalizer.normalize_str(side)) for side in (pair.left, pair.right))
        known, unknown = (right, left) if romanised else (left, right)
        if known is not None and unknown is not None and known in placed and unknown not in placed:
            found[unknown].append(known)
    return found
