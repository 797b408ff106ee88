"""Writes the learned table as a sentence-transformers folder: 8-bit rows, one scale a row, no pickle."""

import json
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_LEVELS = 127  # of a signed byte


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return (8-bit rows, scale a row) with ``table`` about ``rows * scales[:, None]``."""
    scales = np.abs(table).max(axis=1) / _LEVELS
    scales = np.where(scales > 0, scales, 1.0).astype(np.float32)
    return np.clip(np.rint(table / scales[:, None]), -_LEVELS, _LEVELS).astype(np.int8), scales


def write_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write tokenizer, weights and module list beside ``folder`` and move them in, so that a reader never sees half a model.

    The names ``embeddings`` and ``weights`` are those of model2vec, which ``StaticEmbedding`` folds on loading. A
    README.md that stands in the folder stays.
    """
    rows, scales = quantise(table)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "1_Normalize").mkdir(parents=True)
    save_file({"embeddings": rows, "weights": scales}, fresh / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(fresh / "tokenizer.json"), pretty=False)
    package = "sentence_transformers"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{package}.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{package}.models.Normalize"},
    ]
    (fresh / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    settings = {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    (fresh / "config_sentence_transformers.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    (fresh / "1_Normalize" / ".gitkeep").touch()
    card = folder / "README.md"
    if card.exists():
        shutil.copy(card, fresh / "README.md")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
