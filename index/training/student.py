"""Trains a small transformer instead of the table: ``python -m index.training.student --data FOLDER --out FOLDER``.

The same pairs and batches as the table's, contrastive, and the likeness of the teacher's sentences on top; written as 8-bit
ONNX, which ``CHUKTI_EMBEDDING=FOLDER`` runs by onnxruntime. Meant for a machine with an accelerator; not the shipped model.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from index.training.data import Corpus, is_romanised, load_corpus
from index.training.mixture import Group, batches, make_groups
from index.training.romanise import make_romaniser
from index.training.run import Options, cached_tokenizer
from index.training.teacher import teacher_vectors
from index.training.trainer import contrastive_loss, equal_texts
from index.training.validation import measure
from index.training.vocabulary import UNKNOWN

_SCALE = 20.0  # inverse temperature, as the table's
_WARM = 0.05  # share of the steps with a rising rate
_DECAY = 0.01  # weight decay of AdamW
_ALIKE = 5.0  # what unlikeness to the teacher costs; its squares of cosines are small beside the cross entropy
_MASKED = -1e4  # added to the attention of padding


@dataclass(frozen=True, slots=True)
class Sizes:
    """The transformer: ``width`` dimensions, ``length`` tokens read at most."""

    layers: int
    width: int
    heads: int
    length: int


class Block(nn.Module):
    """Attention and feed-forward, each after a layer norm and added to what came in."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width, self.heads = sizes.width, sizes.heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.take, self.give = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, states: Tensor, barred: Tensor) -> Tensor:
        """Return new states; both of shape (texts, tokens, width), ``barred`` of (texts, 1, 1, tokens)."""
        texts, count, width = states.shape
        parts = self.take(self.before(states)).view(texts, count, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        attention = torch.softmax(query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + barred, dim=-1)
        states = states + self.give((attention @ value).transpose(1, 2).reshape(texts, count, width))
        added: Tensor = self.down(functional.gelu(self.up(self.between(states))))
        return states + added


class Student(nn.Module):
    """Tokens to one unit vector a text, the mean over its last states."""

    def __init__(self, words: int, sizes: Sizes) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(words, sizes.width), nn.Embedding(sizes.length, sizes.width)
        self.blocks = nn.ModuleList(Block(sizes) for _ in range(sizes.layers))
        self.last = nn.LayerNorm(sizes.width)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return vectors of shape (texts, width) for ids and mask of shape (texts, tokens); 0 in the mask is padding."""
        states = self.words(ids) + self.places(torch.cumsum(torch.ones_like(ids), dim=1) - 1)
        held = mask.to(states.dtype)
        barred = ((1 - held) * _MASKED)[:, None, None, :]
        for block in self.blocks:
            states = block(states, barred)
        means = (self.last(states) * held[:, :, None]).sum(1) / held.sum(1, keepdim=True).clamp(min=1)
        return functional.normalize(means, dim=1)


def train_student(corpus: Corpus, options: Options, sizes: Sizes, batch: int, rate: float, taught: int) -> None:
    """Train on the corpus and write the folder; ``taught`` English texts are also likened to the teacher's vectors."""
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    groups = make_groups(corpus, make_romaniser(corpus.training, options.seed), options.seed, options.deals)
    tokenizer = cached_tokenizer(corpus, groups, options)
    tokenizer.enable_truncation(sizes.length)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(UNKNOWN), pad_token=UNKNOWN)
    student = Student(tokenizer.get_vocab_size(), sizes).to(device)
    known = taught_texts(corpus, options, taught)
    adam = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=_DECAY)
    warm = max(1, round(_WARM * options.steps))
    began = time.monotonic()
    for step, (left, right) in enumerate(_drawn(groups, options, batch), 1):
        pace = min(step / warm, (options.steps - step + 1) / max(1, options.steps - warm))
        adam.param_groups[0]["lr"] = rate * pace
        first, second = (student(*_tensors(tokenizer, texts, device)) for texts in (left, right))
        loss = contrastive_loss(first.cpu(), second.cpu(), equal_texts(left, right), _SCALE)
        loss = loss + _ALIKE * unlikeness(first.cpu(), second.cpu(), left, known)
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        adam.step()
        if step % options.report == 0 or step == options.steps:
            print(f"{step:6d} {time.monotonic() - began:6.0f} s  loss {loss.item():.2f}", flush=True)
    write_onnx(student.cpu().eval(), tokenizer, options.out)
    from index.embeddings import OnnxEmbeddings

    figures = measure(OnnxEmbeddings(options.out).encode, corpus.validation, options.seed)
    print("  ".join(f"{name} {value:.1f}" for name, value in figures.items()), flush=True)


def taught_texts(corpus: Corpus, options: Options, count: int) -> dict[str, Tensor]:
    """Return the teacher's unit vectors of so many English texts, spread evenly over the training pairs."""
    english = (pair.left for pair in corpus.training if pair.left.isascii() and not is_romanised(pair.source))
    texts = list(dict.fromkeys(text for text in english if " " in text))
    chosen = texts[:: max(1, len(texts) // count)][:count] if count else []
    if not chosen:
        return {}
    vectors = torch.from_numpy(teacher_vectors(chosen, options.cache).astype(np.float32))
    return dict(zip(chosen, vectors, strict=True))


def unlikeness(first: Tensor, second: Tensor, texts: Sequence[str], known: dict[str, Tensor]) -> Tensor:
    """Return how far the cosines among a batch's texts are from the teacher's, mean square over both languages.

    Cosines rather than vectors, so that the student's width is free (relational distillation, Park et al. 2019). Zero
    where the teacher knows fewer than two of the texts.
    """
    rows = [number for number, text in enumerate(texts) if text in known]
    if len(rows) < 2:
        return torch.zeros(())
    wanted = torch.stack([known[texts[number]] for number in rows])
    sides = (first[rows], second[rows])
    return torch.stack([functional.mse_loss(side @ side.T, wanted @ wanted.T) for side in sides]).mean()


def write_onnx(student: Student, tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``model.onnx`` with 8-bit weights and ``tokenizer.json``, which holds the length and the padding too."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

    folder.mkdir(parents=True, exist_ok=True)
    free = {0: "texts", 1: "tokens"}
    example = tuple(_tensors(tokenizer, ["one deal", "two deals and more"], "cpu"))
    with TemporaryDirectory() as rough:
        path = Path(rough) / "float.onnx"
        torch.onnx.export(
            student, example, str(path), dynamo=False, opset_version=17, dynamic_axes={"ids": free, "mask": free},
            input_names=["ids", "mask"], output_names=["vectors"],
        )  # fmt: skip
        quantize_dynamic(path, folder / "model.onnx", weight_type=QuantType.QInt8)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, and write the model."""
    parser = argparse.ArgumentParser(prog="python -m index.training.student", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the parallel text")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    parser.add_argument("--cache", type=Path, default=Path(".training-cache"), help="folder for what is computed once")
    whole = {
        "seed": 1, "steps": 40_000, "words": 40_000, "pieces": 30_000, "deals": 60_000, "report": 500,
        "layers": 4, "width": 384, "heads": 6, "length": 128, "batch": 512, "taught": 60_000,
    }  # fmt: skip
    for name, value in whole.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    parser.add_argument("--rate", type=float, default=5e-4, help="learning rate after the first steps")
    parser.add_argument("--permissive", action="store_true", help="leave out GPL, AGPL and unlicensed sets")
    given = parser.parse_args(arguments)
    options = Options(
        out=given.out, cache=given.cache, seed=given.seed, order=given.seed, steps=given.steps,
        words=given.words, pieces=given.pieces, dimension=given.width, deals=given.deals, report=given.report,
        teacher=given.taught > 0,
    )  # fmt: skip
    sizes = Sizes(given.layers, given.width, given.heads, given.length)
    train_student(load_corpus(given.data, given.permissive), options, sizes, given.batch, given.rate, given.taught)


def _drawn(groups: Sequence[Group], options: Options, batch: int) -> Iterator[tuple[list[str], list[str]]]:
    for _, left, right in batches(groups, options.steps, options.seed):
        yield left[:batch], right[:batch]


def _tensors(tokenizer: Tokenizer, texts: Sequence[str], device: str) -> tuple[Tensor, Tensor]:
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    ids: NDArray[np.int64] = np.array([one.ids or [0] for one in found], dtype=np.int64)
    mask: NDArray[np.int64] = np.array([one.attention_mask or [0] for one in found], dtype=np.int64)
    return torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device)


if __name__ == "__main__":
    main()
