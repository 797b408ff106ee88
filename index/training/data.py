"""The training sets of the parallel-text folder: reading, groups with weights, and our own validation split.

Nothing here opens the folder's ``heldout``; those files are only for ``bench/embedding.py``.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Sets whose licence is copyleft for software, or that name none; left out by ``--permissive``.
RESTRICTED_SETS = frozenset(
    {"mediawiki", "dolibarr", "erpnext", "minhas_dict", "scratch", "scratch_faq", "wiki_names", "banglish_sayad"}
)

ROMANISED_PREFIXES = ("romanized_", "translit_", "banglish_")
SENTENCE_SETS = frozenset(
    "indian_pc tatoeba_manythings tico19 msdocs msdocs2 tldr android_aosp mediawiki dolibarr "
    "erpnext react_docs vue_docs cncf_glossary "
    "opentelemetry opensource_guide docs_misc scratch mozilla_web".split()
)

# Percent of the rows of a set that validation takes; small good sets give more, so that each figure has 300 rows or so.
VALIDATION_PERCENT = {
    "tatoeba_manythings": 14, "tico19": 12, "indian_pc": 4, "msdocs": 2, "msdocs2": 4, "react_docs": 4, "banglish_tlit": 24,
    "banglish_sayad": 4, "squad_sentence": 6, "d365_docs": 4, "headings_msdocs": 5, "headings_msdocs_x": 7, "headings_react": 8,
    "headings_react_x": 15, "headings_otel": 8,
}  # fmt: skip
_WORDS_OF_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same, or a question and the passage that answers it."""

    left: str
    right: str
    source: str  # name of the set


@dataclass(frozen=True, slots=True)
class Corpus:
    """Training and validation pairs, and the Bengali lines that have no translation."""

    training: tuple[Pair, ...]
    validation: tuple[Pair, ...]
    bengali_lines: tuple[str, ...]


def load_corpus(folder: Path, permissive: bool = False) -> Corpus:
    """Read the sets under ``folder``; ``permissive`` leaves out GPL, AGPL and unlicensed ones.

    The split is by a checksum of the row's right side, so that the four translations of one sentence stay together.
    """
    pairs = [
        pair for pair in (*_translations(folder), *_retrieval(folder)) if not (permissive and pair.source in RESTRICTED_SETS)
    ]
    held = [is_validation(pair) for pair in pairs]
    kept_right = {pair.right for pair, out in zip(pairs, held, strict=True) if out}
    return Corpus(
        training=tuple(pair for pair, out in zip(pairs, held, strict=True) if not out and pair.right not in kept_right),
        validation=tuple(pair for pair, out in zip(pairs, held, strict=True) if out),
        bengali_lines=tuple(_lines(folder / "bn_wikipedia_lines.txt.gz")),
    )


def is_validation(pair: Pair) -> bool:
    """True when the pair belongs to our validation split."""
    percent = VALIDATION_PERCENT.get(pair.source, 0)
    return bool(percent) and zlib.crc32(pair.right.encode()) % 100 < percent


def is_romanised(source: str) -> bool:
    """True for the sets whose left side is Bengali in Latin letters."""
    return source.startswith(ROMANISED_PREFIXES)


def is_sentence(pair: Pair) -> bool:
    """True for an English-Bengali pair of a sentence set with three or more English words."""
    return pair.source in SENTENCE_SETS and len(pair.left.split()) >= _WORDS_OF_A_SENTENCE


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if text := line.strip():
                yield text


def _translations(folder: Path) -> Iterator[Pair]:
    for line in _lines(folder / "train_pairs.tsv.gz"):
        fields = line.split("\t")
        if len(fields) == 3:
            yield Pair(*fields)


def _retrieval(folder: Path) -> Iterator[Pair]:
    for line in _lines(folder / "retrieval_pairs.jsonl.gz"):
        row = json.loads(line)
        yield Pair(row["query"], row["passage"], row["set"])
