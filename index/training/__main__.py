"""Trains the bundled embedding model: ``python -m index.training --data FOLDER --out index/model``."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.data import Corpus, Pair, english_texts, is_romanised, is_sentence, load_corpus
from index.training.deals import TYPED
from index.training.export import write_model
from index.training.features import make_features
from index.training.mixture import QUALITY, batches, make_groups
from index.training.romanise import Romaniser, make_romaniser
from index.training.start import teacher_rows
from index.training.trainer import Drop, Table, contrastive_loss, equal_texts
from index.training.validation import measure
from index.training.vocabulary import make_tokenizer, tokenizer_words

_SCALE = 20.0  # inverse temperature, as sentence-transformers' MultipleNegativesRankingLoss
_RATE, _WEIGHT_RATE = 4e-3, 1e-2
_PIECES_SHARE = 0.1  # of the batches that read words in random pieces (Provilkov et al. 2020, BPE-dropout)
_DROPOUT = 0.15
_DROP = 0.1  # of the tokens left out of a longer text


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, and write the model."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the parallel text")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    parser.add_argument("--cache", type=Path, default=Path(".training-cache"), help="folder for the teacher's vectors")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--words", type=int, default=100_000, help="rows of the table")
    parser.add_argument("--pieces", type=int, default=40_000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--deals", type=int, default=60_000, help="generated pairs about deals")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--permissive", action="store_true", help="leave out GPL, AGPL and unlicensed sets")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    corpus = load_corpus(options.data, options.permissive)
    train(corpus, options)


def train(corpus: Corpus, options: argparse.Namespace) -> None:
    """Train on the corpus and write the model to ``options.out``, printing validation figures on the way."""
    romaniser = make_romaniser(corpus.training, options.seed)
    groups = make_groups(corpus, romaniser, options.seed, options.deals)
    tokenizer = cached_tokenizer(corpus, groups, romaniser, options)
    words = tokenizer_words(tokenizer)
    table = Table(tokenizer, make_features(words), options.dimension, options.seed)
    table.set_frequencies(token_counts(tokenizer, corpus))
    table.rows[: len(words)] = torch.from_numpy(teacher_rows(words, corpus, options.dimension, options.cache, options.seed))
    print(f"{len(words)} tokens, {sum(len(group.pairs) for group in groups)} pairs")
    run(table, groups, corpus.validation, options)


def run(table: Table, groups: Sequence, validation: Sequence[Pair], options: argparse.Namespace) -> None:
    """Take ``options.steps`` steps with a linear fall of the rate to zero."""
    random = np.random.default_rng(options.seed)
    drop = Drop(_DROP, options.seed)
    began = time.monotonic()
    losses: dict[str, float] = {}
    for step, (name, left, right) in enumerate(batches(groups, options.steps, options.seed)):
        fall = 1 - step / options.steps
        warm = min(1.0, (step + 1) / 100)
        table.tokenizer.model.dropout = _DROPOUT if random.random() < _PIECES_SHARE else None
        ids_left, ids_right = table.bags(left, drop), table.bags(right, drop)
        table.tokenizer.model.dropout = None
        loss = contrastive_loss(table.encode(*ids_left), table.encode(*ids_right), equal_texts(left, right), _SCALE)
        loss.backward()
        table.move(_RATE * fall * warm, _WEIGHT_RATE * fall * warm)
        losses[name] = 0.9 * losses.get(name, float(loss.detach())) + 0.1 * float(loss.detach())
        if step % 500 == 499 or step == options.steps - 1:
            report(table, validation, options, step + 1, time.monotonic() - began, losses)
            write_model(options.out, table.tokenizer, table.fold())


def report(table: Table, validation, options, step, seconds, losses) -> None:
    folded = torch.from_numpy(table.fold())

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        ids, offsets = table.bags(texts)
        means = torch.nn.functional.embedding_bag(torch.from_numpy(ids), folded, torch.from_numpy(offsets), mode="mean")
        return np.asarray(torch.nn.functional.normalize(means, dim=1).numpy(), dtype=np.float32)

    figures = measure(encode, validation, Romaniser({}, {}, options.seed))
    print(f"{step:6d} {seconds:6.0f} s  " + "  ".join(f"{name} {value:.1f}" for name, value in figures.items()), flush=True)
    print("        losses " + "  ".join(f"{name} {value:.2f}" for name, value in losses.items()), flush=True)


def cached_tokenizer(corpus: Corpus, groups, romaniser: Romaniser, options: argparse.Namespace) -> Tokenizer:
    path = (
        options.cache / f"tokenizer-{options.words}-{options.pieces}-{options.deals}-{options.seed}-{len(corpus.training)}.json"
    )
    if path.exists():
        return Tokenizer.from_file(str(path))
    texts = [
        (text, weight) for pair in corpus.training for text, weight in ((pair.left, _weight(pair)), (pair.right, _weight(pair)))
    ]
    texts += [
        (text, 2)
        for group in groups
        if group.name.startswith("deals")
        for pair in group.pairs
        for text in (pair.left, pair.right)
    ]
    texts += [(romaniser.text(pair.left), 2) for group in groups if group.name == TYPED for pair in group.pairs]
    texts += [(line, 2) for line in corpus.bengali_lines]
    texts += [(romaniser.text(pair.right), 1) for pair in corpus.training if is_sentence(pair)]
    tokenizer = make_tokenizer(texts, options.words, options.pieces)
    options.cache.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return tokenizer


def _weight(pair: Pair) -> int:
    if pair.source.startswith("translit_") or pair.source.endswith("_dict"):
        return 1
    return max(1, round(2 * QUALITY.get(pair.source, 1.0)))


def token_counts(tokenizer: Tokenizer, corpus: Corpus) -> NDArray[np.float64]:
    """Return how often each token occurs in running text (word lists left out), plus one."""
    counts = np.ones(tokenizer.get_vocab_size())
    texts = [
        text
        for pair in corpus.training
        if is_sentence(pair) or (is_romanised(pair.source) and " " in pair.left)
        for text in (pair.left, pair.right)
    ]
    for start in range(0, len(texts), 10_000):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 10_000], add_special_tokens=False):
            np.add.at(counts, encoding.ids, 1)
    return counts


if __name__ == "__main__":
    main()
