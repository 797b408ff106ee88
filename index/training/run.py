"""One training run: tokenizer, starting rows, steps with falling rate, validation figures and a written model on the way."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from index.training.data import Corpus, Pair, is_romanised, is_sentence
from index.training.deals import TYPED
from index.training.export import write_model
from index.training.features import make_features
from index.training.mixture import QUALITY, Group, batches, make_groups
from index.training.romanise import make_romaniser
from index.training.start import teacher_rows
from index.training.trainer import Drop, Table, contrastive_loss, equal_texts
from index.training.validation import measure
from index.training.vocabulary import coarser, make_tokenizer, tokenizer_words

_SCALE = 20.0  # inverse temperature, as sentence-transformers' MultipleNegativesRankingLoss
_RATE, _WEIGHT_RATE = 4e-3, 1e-2  # of the rows and of the token weights, at the start; both fall to zero
_WARM = 100  # steps of rising rate
_PIECES_SHARE = 0.1  # of the batches that read words in small pieces, for unseen spellings (as BPE-dropout, but seeded)
_MERGES = (1_000, 4_000, 16_000)  # what the cutters of these batches know
_DROP = 0.1  # of the tokens left out of a longer text
_SMOOTH = 0.1  # weight of the newest loss in the printed mean


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told; see ``--help``."""

    out: Path
    cache: Path
    seed: int
    order: int  # seed of the batches alone
    steps: int
    words: int
    pieces: int
    dimension: int
    deals: int
    report: int
    teacher: bool


def train(corpus: Corpus, options: Options) -> None:
    """Train on the corpus and write the model to ``options.out``, also at every report."""
    romaniser = make_romaniser(corpus.training, options.order)
    groups = make_groups(corpus, romaniser, options.seed, options.deals)
    tokenizer = cached_tokenizer(corpus, groups, options)
    words = tokenizer_words(tokenizer)
    table = Table(tokenizer, make_features(words), options.dimension, options.seed)
    table.set_frequencies(token_counts(tokenizer, corpus.training))
    if options.teacher:
        rows = teacher_rows(words, corpus, options.dimension, options.cache, options.seed)
        table.rows[: len(words)] = torch.from_numpy(rows)
    print(f"{len(words)} tokens, {sum(len(group.pairs) for group in groups)} pairs", flush=True)
    take_steps(table, groups, corpus.validation, options)


def take_steps(table: Table, groups: Sequence[Group], validation: Sequence[Pair], options: Options) -> None:
    """Take ``options.steps`` steps with a linear fall of the rate to zero."""
    random = np.random.default_rng(options.order)
    drop = Drop(_DROP, options.order)
    cutters = [coarser(table.tokenizer, merges) for merges in _MERGES]
    began = time.monotonic()
    losses: dict[str, float] = {}
    for step, (name, left, right) in enumerate(batches(groups, options.steps, options.order), 1):
        pace = min(1.0, step / _WARM) * (1 - (step - 1) / options.steps)
        cutter = cutters[random.integers(len(cutters))] if random.random() < _PIECES_SHARE else None
        bags = table.bags(left, drop, cutter), table.bags(right, drop, cutter)
        loss = contrastive_loss(table.encode(*bags[0]), table.encode(*bags[1]), equal_texts(left, right), _SCALE)
        loss.backward()  # type: ignore[no-untyped-call]
        table.move(_RATE * pace, _WEIGHT_RATE * pace)
        losses[name] = (1 - _SMOOTH) * losses.get(name, loss.item()) + _SMOOTH * loss.item()
        if step % options.report == 0 or step == options.steps:
            folded = table.fold()
            write_model(options.out, table.tokenizer, folded)
            figures = measure(partial(encode_with, table, folded), validation, options.seed)
            print(f"{step:6d} {time.monotonic() - began:6.0f} s  {_list(figures, 1)}", flush=True)
            print(f"        losses {_list(losses, 2)}", flush=True)


def encode_with(table: Table, rows: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """Return unit vectors of the texts by folded rows, shape (len(texts), dimension)."""
    ids, offsets = table.bags(texts)
    means = functional.embedding_bag(torch.from_numpy(ids), torch.from_numpy(rows), torch.from_numpy(offsets), mode="mean")
    return np.asarray(functional.normalize(means, dim=1).numpy(), dtype=np.float32)


def cached_tokenizer(corpus: Corpus, groups: Iterable[Group], options: Options) -> Tokenizer:
    """Return the tokenizer of this corpus and these sizes, learned once and then read from the cache folder."""
    name = f"tokenizer-{options.words}-{options.pieces}-{options.deals}-{options.seed}-{len(corpus.training)}.json"
    path = options.cache / name
    if path.exists():
        return Tokenizer.from_file(str(path))
    romaniser = make_romaniser(corpus.training, options.seed + 1)  # its own, so that a cached tokenizer changes nothing later
    texts = [(text, _weight(pair)) for pair in corpus.training for text in (pair.left, pair.right)]
    deals = [pair for group in groups if group.name in ("deals", TYPED) for pair in group.pairs]
    texts += [(text, 2) for pair in deals for text in (pair.left, pair.right)]
    texts += [(romaniser.text(pair.left), 2) for pair in deals if pair.source == TYPED]
    texts += [(line, 2) for line in corpus.bengali_lines]
    texts += [(romaniser.text(pair.right), 1) for pair in corpus.training if is_sentence(pair)]
    tokenizer = make_tokenizer(texts, options.words, options.pieces)
    options.cache.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return tokenizer


def token_counts(tokenizer: Tokenizer, pairs: Iterable[Pair]) -> NDArray[np.float64]:
    """Return how often each token occurs in running text (word lists left out), plus one."""
    counts = np.ones(tokenizer.get_vocab_size())
    texts = [
        text
        for pair in pairs
        if is_sentence(pair) or (is_romanised(pair.source) and " " in pair.left)
        for text in (pair.left, pair.right)
    ]
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        np.add.at(counts, encoding.ids, 1)
    return counts


def _weight(pair: Pair) -> int:
    if pair.source.startswith("translit_") or pair.source.endswith("_dict"):
        return 1
    return max(1, round(2 * QUALITY.get(pair.source, 1.0)))


def _list(figures: dict[str, float], digits: int) -> str:
    return "  ".join(f"{name} {value:.{digits}f}" for name, value in figures.items())
