"""Embedding models for LangChain: the bundled static one without torch, any other through sentence-transformers."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.errors import ModelError
from index.text import has_bengali

BUNDLED = Path(__file__).parent / "model"
Vectors = NDArray[np.float32]
# Sentence pairs for finding out whether a model knows Bengali: translations must be nearer than strangers.
_PROBES = (
    ("The company signed a contract to buy chips.", "কোম্পানিটি চিপ কেনার চুক্তি সই করেছে।"),
    ("The river floods every year.", "নদীতে প্রতি বছর বন্যা হয়।"),
    ("The bank lends money to farmers.", "ব্যাংক কৃষকদের ঋণ দেয়।"),
    ("Children are playing in the field.", "শিশুরা মাঠে খেলছে।"),
)


class Embedder(Embeddings):
    """A LangChain embedding model that says what it is: its name, its dimension, and a stamp that changes with its weights."""

    name: str
    stamp: str
    dimension: int


class StaticEmbeddings(Embedder):
    """A table of token vectors: a text is the normalised mean of its tokens' rows.

    Reads the sentence-transformers ``StaticEmbedding`` folder (``tokenizer.json``, ``model.safetensors`` with 8-bit
    ``embeddings`` of shape (tokens, dimension) and one float ``weights`` a row) with numpy and tokenizers only.
    """

    def __init__(self, folder: Path = BUNDLED) -> None:
        """Load the model; raises ModelError when the folder holds none."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            tensors = load_file(folder / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except (OSError, SafetensorError, Exception) as error:  # tokenizers raises a bare Exception
            raise ModelError(f"The embedding model in {str(folder)!r} cannot be read; install Chukti again.") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._rows: NDArray[Any] = tensors["embeddings"] if "embeddings" in tensors else tensors["embedding.weight"]
        weights = tensors.get("weights")
        self._weights: Vectors | None = None if weights is None else weights.astype(np.float32)
        self.name = "chukti-static" if folder == BUNDLED else folder.name
        self.dimension = int(self._rows.shape[1])
        self.stamp = _file_stamp(folder)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape ``(len(texts), dimension)``; a text without known tokens is all zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, encoding in enumerate(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            ids = np.asarray(encoding.ids, dtype=np.int64)
            if not len(ids):
                continue
            rows = self._rows[ids].astype(np.float32)
            vectors[place] = (rows if self._weights is None else rows * self._weights[ids, None]).sum(axis=0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return cast(Vectors, vectors / np.where(norms > 0, norms, 1.0))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text."""
        return cast(list[list[float]], self.encode(texts).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return self.embed_documents([text])[0]


class TransformerEmbeddings(Embedder):
    """Any sentence-transformers model, with the model's own prompts for questions and passages."""

    def __init__(self, name: str) -> None:
        """Load the model by name or folder; raises ModelError with the next step when that fails."""
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name, trust_remote_code=False)
        except (OSError, ValueError, ImportError) as error:
            raise ModelError(
                f"The embedding model {name!r} cannot be loaded; check CHUKTI_EMBEDDING, or download the model first."
            ) from error
        self.name = name
        self.dimension = int(self._model.get_sentence_embedding_dimension() or 0)
        prompts = json.dumps(self._model.prompts, sort_keys=True)
        self.stamp = hashlib.blake2b(f"{name}|{self.dimension}|{prompts}".encode(), digest_size=8).hexdigest()

    @cached_property
    def multilingual(self) -> bool:
        """True when each Bengali probe is nearest to its own translation for at least three of four."""
        english = np.asarray(self.embed_documents([pair[0] for pair in _PROBES]))
        bengali = np.asarray(self.embed_documents([pair[1] for pair in _PROBES]))
        return int(((bengali @ english.T).argmax(axis=1) == np.arange(len(_PROBES))).sum()) >= 3

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text, under the model's passage prompt."""
        encoded = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
        return cast(list[list[float]], np.asarray(encoded).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question, under the model's query prompt."""
        encoded = self._model.encode_query([text], normalize_embeddings=True, show_progress_bar=False)
        return cast(list[float], np.asarray(encoded)[0].tolist())


def load_embedder(name: str | None = None) -> Embedder:
    """Return the bundled model for None, any other by its hub name or folder."""
    return StaticEmbeddings() if name is None else TransformerEmbeddings(name)


def warning(embedder: Embedder, texts: Sequence[str]) -> str | None:
    """Return one sentence when a model that knows no Bengali is about to embed Bengali text; else None."""
    if isinstance(embedder, TransformerEmbeddings) and any(map(has_bengali, texts)) and not embedder.multilingual:
        return f"The embedding model {embedder.name!r} does not know Bengali: Bengali articles will be found by words only."
    return None


def _file_stamp(folder: Path) -> str:
    """Return a hash of the weights' head, size and tokenizer size: quick, and changed by every training run."""
    weights = folder / "model.safetensors"
    with weights.open("rb") as file:
        head = file.read(1 << 16)
        file.seek(weights.stat().st_size // 2)
        middle = file.read(1 << 16)
    sizes = f"{weights.stat().st_size}|{(folder / 'tokenizer.json').stat().st_size}".encode()
    return hashlib.blake2b(head + middle + sizes, digest_size=8).hexdigest()
