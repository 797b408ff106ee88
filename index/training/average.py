"""Averages models that differ in the order of their batches: ``python -m index.training.average ONE TWO --out index/model``.

Runs that begin at the same rows stay near enough to each other for the mean of their weights to be better than either
(Wortsman et al. 2022, "Model soups"): what each learned by chance of its order cancels out.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.training.export import write_model


def average(folders: Sequence[Path], out: Path) -> None:
    """Write the mean of the models' tables to ``out``; raises ValueError when their tokenizers are not the same."""
    tokenizers = {(folder / "tokenizer.json").read_bytes() for folder in folders}
    if len(tokenizers) != 1:
        raise ValueError(f"The models {[str(folder) for folder in folders]} have other tokenizers; train them with one --seed.")
    tables = [read_table(folder) for folder in folders]
    write_model(out, Tokenizer.from_buffer(tokenizers.pop()), np.mean(tables, axis=0, dtype=np.float32))


def read_table(folder: Path) -> NDArray[np.float32]:
    """Return the rows of a written model, shape (tokens, dimension)."""
    tensors = load_file(folder / "model.safetensors")
    return np.asarray(tensors["embeddings"] * tensors["weights"][:, None], dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(prog="python -m index.training.average", description=__doc__)
    parser.add_argument("models", type=Path, nargs="+", help="folders of models that one --seed and other --order made")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    given = parser.parse_args(arguments)
    average(given.models, given.out)


if __name__ == "__main__":
    main()
