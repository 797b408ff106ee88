"""Embedding models for LangChain: the bundled static one without torch, any other through sentence-transformers."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.errors import ModelError
from index.text import has_bengali

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

BUNDLED = Path(__file__).parent / "model"
Vectors = NDArray[np.float32]
# Sentence pairs for finding out whether a model knows Bengali: translations must be nearer than strangers.
_PROBES = (
    ("The company signed a contract to buy chips.", "কোম্পানিটি চিপ কেনার চুক্তি সই করেছে।"),
    ("The river floods every year.", "নদীতে প্রতি বছর বন্যা হয়।"),
    ("The bank lends money to farmers.", "ব্যাংক কৃষকদের ঋণ দেয়।"),
    ("Children are playing in the field.", "শিশুরা মাঠে খেলছে।"),
)
_PROBES_NEEDED = 3  # of the four; a model that knows no Bengali gets one by chance

# What families of models want before a question and before a passage when their own settings do not say it; from their
# model cards (Wang et al. 2024 for E5, Xiao et al. 2023 for BGE, Nussbaum et al. 2024 for Nomic). First match wins.
_PROMPTS = (
    (r"e5-.*instruct", "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ", ""),
    (r"e5-(small|base|large)", "query: ", "passage: "),
    (r"bge-(small|base|large)-en", "Represent this sentence for searching relevant passages: ", ""),
    (r"nomic-embed", "search_query: ", "search_document: "),
)
_SAMPLE = 64  # values of each tensor that go into the stamp of a big model

_BATCH = 1024  # texts tokenised at once
_ONNX_FILES, _ONNX_BATCH = ("model.onnx", "tokenizer.json"), 32  # what a student's folder holds; texts run at once
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\ufeff")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
_DIGITS = tuple((chr(0x09E6 + digit), str(digit)) for digit in range(10))
# Letters that NFKC always takes apart; with these gone most Bengali text passes its quick check.
_COMPOSED = (("\u09df", "\u09af\u09bc"), ("\u09dc", "\u09a1\u09bc"), ("\u09dd", "\u09a2\u09bc"))


class Embedder(Embeddings):
    """A LangChain embedding model that says what it is: its name, its dimension, and a stamp that changes with its weights."""

    name: str
    stamp: str
    dimension: int

    @cached_property
    def multilingual(self) -> bool:
        """True when most Bengali probes are nearest to their own English translation."""
        english = np.asarray(self.embed_documents([pair[0] for pair in _PROBES]))
        bengali = np.asarray(self.embed_documents([pair[1] for pair in _PROBES]))
        nearest = (bengali @ english.T).argmax(axis=1)
        return int((nearest == np.arange(len(_PROBES))).sum()) >= _PROBES_NEEDED


class StaticEmbeddings(Embedder):
    """A table of token vectors: a text is the normalised mean of its tokens' rows.

    Reads the folder that ``index.training`` writes (``tokenizer.json``, ``model.safetensors`` with 8-bit ``embeddings``
    of shape (tokens, dimension) and one float ``weights`` a row) with numpy and tokenizers only.
    """

    def __init__(self, folder: Path = BUNDLED) -> None:
        """Load the model; raises ModelError when the folder holds none."""
        from safetensors.numpy import load
        from tokenizers import Tokenizer, normalizers

        try:
            content = (folder / "model.safetensors").read_bytes()
            tensors = load(content)
            tokenizer = (folder / "tokenizer.json").read_bytes()
            self._tokenizer = Tokenizer.from_buffer(tokenizer)
            self._rows: NDArray[np.int8] = tensors["embeddings"]
            self._weights: Vectors = tensors["weights"]
        except Exception as error:  # tokenizers raises a bare Exception for a damaged file
            raise ModelError(f"The embedding model in {str(folder)!r} cannot be read; install Chukti again.") from error
        # ``_plain`` does the same as the normaliser of the file, several times faster.
        self._tokenizer.normalizer = normalizers.Sequence([])
        self.name = "chukti-static" if folder == BUNDLED else folder.name
        self.dimension = int(self._rows.shape[1])
        self.stamp = hashlib.blake2b(content + tokenizer, digest_size=8).hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape ``(len(texts), dimension)``; a text without words or figures is all zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            plain = [_plain(text) for text in texts[start : start + _BATCH]]
            for place, encoding in enumerate(self._tokenizer.encode_batch_fast(plain, add_special_tokens=False), start):
                if ids := encoding.ids:
                    vectors[place] = self._weights[ids] @ self._rows[ids].astype(np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return cast(Vectors, vectors / np.where(norms > 0, norms, 1.0))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text."""
        return cast(list[list[float]], self.encode(texts).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return self.embed_documents([text])[0]


class OnnxEmbeddings(Embedder):
    """A transformer that ``index.training.student`` wrote: ``tokenizer.json`` and ``model.onnx``, run by onnxruntime."""

    def __init__(self, folder: Path) -> None:
        """Load the model; raises ModelError when it cannot be read."""
        from onnxruntime import InferenceSession  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        try:
            content, tokenizer = ((folder / name).read_bytes() for name in _ONNX_FILES)
            self._tokenizer = Tokenizer.from_buffer(tokenizer)
            self._session: Any = InferenceSession(content, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise errors of their own kinds for a damaged file
            raise ModelError(
                f"The model {str(folder)!r} cannot be loaded; check CHUKTI_EMBEDDING, or train it again."
            ) from error
        self.name = folder.name
        self.dimension = int(self._session.get_outputs()[0].shape[1])
        self.stamp = hashlib.blake2b(content + tokenizer, digest_size=8).hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape ``(len(texts), dimension)``; a text without words or figures is all zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _ONNX_BATCH):
            found = self._tokenizer.encode_batch(list(texts[start : start + _ONNX_BATCH]), add_special_tokens=False)
            mask = np.array([one.attention_mask for one in found], dtype=np.int64)
            if mask.any():
                ids = np.array([one.ids for one in found], dtype=np.int64)
                [rows] = self._session.run(None, {"ids": ids, "mask": mask})
                vectors[start : start + len(found)] = rows * (mask.sum(axis=1) > 0)[:, None]
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text."""
        return cast(list[list[float]], self.encode(texts).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return cast(list[float], self.encode([text])[0].tolist())


class TransformerEmbeddings(Embedder):
    """Any sentence-transformers model, with the model's own prompts for questions and passages."""

    def __init__(self, name: str) -> None:
        """Load the model by hub name or folder; raises ModelError with the next step when that fails."""
        self._model: SentenceTransformer = _load("SentenceTransformer", name, "CHUKTI_EMBEDDING")
        if not any(self._model.prompts.values()):
            self._model.prompts = family_prompts(name)
        self.name = name
        self.dimension = len(self.embed_query("চুক্তি deal"))
        tensors = self._model.state_dict()
        sampled = (f"{key}{tuple(value.shape)}{value.flatten()[:_SAMPLE].float().tolist()}" for key, value in tensors.items())
        self.stamp = _stamp((name, json.dumps(self._model.prompts, sort_keys=True), *sampled))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text, under the model's passage prompt."""
        encoded = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
        return cast(list[list[float]], np.asarray(encoded).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question, under the model's query prompt."""
        encoded = self._model.encode_query([text], normalize_embeddings=True, show_progress_bar=False)
        return cast(list[float], np.asarray(encoded)[0].tolist())


class Reranker:
    """A cross-encoder that reads question and passage together; slower and better than comparing vectors."""

    def __init__(self, name: str) -> None:
        """Load the model by hub name or folder; raises ModelError with the next step when that fails."""
        self._model: CrossEncoder = _load("CrossEncoder", name, "CHUKTI_RERANK")
        self.name = name

    def scores(self, question: str, passages: Sequence[str]) -> tuple[float, ...]:
        """Return how well each passage answers the question, higher is better; empty for no passages."""
        if not passages:
            return ()
        found = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return tuple(float(value) for value in np.asarray(found).reshape(len(passages), -1)[:, -1])


def load_embedder(name: str | None = None) -> Embedder:
    """Return the bundled model for None, any other by its hub name or folder."""
    if name is None:
        return StaticEmbeddings()
    folder = Path(name)
    ours = all((folder / file).is_file() for file in _ONNX_FILES) and not (folder / "modules.json").exists()
    return OnnxEmbeddings(folder) if ours else TransformerEmbeddings(name)


def load_reranker(name: str | None = None) -> Reranker | None:
    """Return no reranker for None, else the cross-encoder of that hub name or folder."""
    return None if name is None else Reranker(name)


def contrast(embedder: Embeddings) -> float:
    """Return how much of the cosine's range a model uses, 0 to 1: one less the mean cosine of sentences on other things.

    Models trained with a low temperature, such as E5, put all texts within a few tenths of each other.
    """
    vectors = np.asarray(embedder.embed_documents([english for english, _ in _PROBES]))
    strangers = (vectors @ vectors.T)[np.triu_indices(len(_PROBES), k=1)]
    return float(np.clip(1 - strangers.mean(), 0.0, 1.0))


def family_prompts(name: str) -> dict[str, str]:
    """Return the prompts (``query``, ``document``) of a model whose settings name none; both empty for unknown families."""
    for pattern, query, document in _PROMPTS:
        if re.search(pattern, Path(name).name.lower()):
            return {"query": query, "document": document}
    return {"query": "", "document": ""}


def warning(embedder: Embedder, texts: Iterable[str]) -> str | None:
    """Return one sentence when a model that knows no Bengali is about to embed Bengali text; else None."""
    if isinstance(embedder, TransformerEmbeddings) and any(map(has_bengali, texts)) and not embedder.multilingual:
        return f"The embedding model {embedder.name!r} does not know Bengali: Bengali articles will be found by words only."
    return None


def _plain(text: str) -> str:
    """Return what the normaliser of the bundled ``tokenizer.json`` returns (``index.training.vocabulary``)."""
    if not text.isascii():
        for composed, parts in _COMPOSED:
            text = text.replace(composed, parts)
        text = unicodedata.normalize("NFKC", text)
        for bengali, ascii_digit in _DIGITS:
            text = text.replace(bengali, ascii_digit)
        for sign in _INVISIBLE:
            text = text.replace(sign, "")
        text = text.replace("Σ", "σ")  # which Python alone would make a final sigma at the end of a word
    return _THOUSANDS.sub("", text.lower()) if "," in text else text.lower()


def _load(kind: str, name: str, setting: str) -> Any:  # noqa: ANN401  one of two unrelated classes
    try:
        import sentence_transformers

        return getattr(sentence_transformers, kind)(name, trust_remote_code=False, device=None)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise ModelError(f"The model {name!r} cannot be loaded; check {setting}, or download the model first.") from error


def _stamp(parts: Iterable[str]) -> str:
    return hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()
