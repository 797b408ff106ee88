"""Trains the bundled embedding model: ``python -m index.training --data FOLDER --out index/model``."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from index.training.data import load_corpus
from index.training.run import Options, train


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, and write the model."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the parallel text")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    parser.add_argument(
        "--cache", type=Path, default=Path(".training-cache"), help="folder for tokenizer and teacher's vectors"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--order", type=int, help="seed of the batches alone, for runs to be averaged; else the seed")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--words", type=int, default=90_000, help="rows of the table")
    parser.add_argument("--pieces", type=int, default=40_000, help="rows that are byte-pair pieces and the words they build")
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--deals", type=int, default=60_000, help="generated pairs about deals")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", type=int, default=500, help="steps from one validation to the next")
    parser.add_argument("--no-teacher", action="store_true", help="start English words at random too")
    parser.add_argument("--permissive", action="store_true", help="leave out GPL, AGPL and unlicensed sets")
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    options = Options(
        out=given.out, cache=given.cache, seed=given.seed,
        order=given.seed if given.order is None else given.order, steps=given.steps, words=given.words, pieces=given.pieces,
        dimension=given.dimension, deals=given.deals, report=given.report, teacher=not given.no_teacher,
    )  # fmt: skip
    train(load_corpus(given.data, given.permissive), options)


if __name__ == "__main__":
    main()
