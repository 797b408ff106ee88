"""Where the rows begin: English tokens at the teacher's vector of the word, turned to our number of dimensions."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.training.data import Corpus, is_romanised
from index.training.teacher import teacher_vectors
from index.training.vocabulary import PIECE, count_words

_MIN_COUNT = 3  # words seen less often start at random
_NOISE = 0.1  # length of the rows that have no teacher's vector


def teacher_rows(words: Sequence[str], corpus: Corpus, dimension: int, cache: Path, seed: int) -> NDArray[np.float32]:
    """Return starting rows, shape (len(words), dimension): for English words model2vec's recipe, for the rest noise.

    That recipe is a principal component analysis of the teacher's vectors of single words.
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
    return noise
