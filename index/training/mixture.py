"""Which texts stand in a batch, and how often each kind of batch comes."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.training.data import Corpus, Pair, is_romanised, is_sentence
from index.training.deals import deal_pairs
from index.training.romanise import Romaniser

# How many times a row of the set counts against a row of another set of its group.
QUALITY = {
    "tatoeba_manythings": 6.0, "tico19": 3.0, "indian_pc": 2.0, "msdocs2": 1.2, "msdocs": 1.0, "react_docs": 1.0, "vue_docs": 0.7,
    "cncf_glossary": 1.5, "mozilla_web": 1.2, "dolibarr": 0.35, "erpnext": 0.25, "scratch": 1.0, "tldr": 0.6, "android_aosp": 0.8,
    "minhas_dict": 0.7, "indian_dict": 1.0, "cldr": 3.0, "wiki_names": 2.0, "banglish_tlit": 5.0, "banglish_sayad": 3.0,
    "romanized_dakshina_sent": 1.5, "squad_sentence": 2.0, "banking77_intent": 0.3, "para_indian_pc": 0.8, "d365_docs": 1.0,
}  # fmt: skip
_ENGLISH_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of one kind; ``share`` of the batches come from it, each of ``batch`` pairs."""

    name: str
    pairs: tuple[Pair, ...]
    share: float
    batch: int
    change: Callable[[Pair], tuple[str, str]]


def make_groups(corpus: Corpus, romaniser: Romaniser, seed: int, deals: int) -> tuple[Group, ...]:
    """Return the groups of the mixture; the shares are tuned on our own validation split."""
    romanised = [pair for pair in corpus.training if is_romanised(pair.source)]
    sentences = tuple(pair for pair in corpus.training if is_sentence(pair))
    retrieval = tuple(pair for pair in corpus.training if _is_retrieval(pair))
    words = tuple(
        pair for pair in corpus.training if not is_romanised(pair.source) and not _is_retrieval(pair) and not is_sentence(pair)
    )

    def plain(pair: Pair) -> tuple[str, str]:
        return pair.left, pair.right

    def typed(pair: Pair) -> tuple[str, str]:
        return romaniser.text(pair.right), pair.right

    def typed_english(pair: Pair) -> tuple[str, str]:
        return romaniser.text(pair.right), pair.left

    return (
        Group("sentences", sentences, 0.34, 1024, plain),
        Group("words", words, 0.12, 2048, plain),
        Group("romanised words", tuple(pair for pair in romanised if pair.source.startswith("translit")), 0.10, 2048, plain),
        Group(
            "romanised sentences",
            tuple(pair for pair in romanised if not pair.source.startswith("translit")),
            0.10,
            1024,
            plain,
        ),
        Group("typed", sentences, 0.05, 1024, typed),
        Group("typed to English", sentences, 0.05, 1024, typed_english),
        Group("retrieval", retrieval, 0.18, 512, plain),
        Group("deals", tuple(deal_pairs(deals, seed)), 0.06 if deals else 0.0, 512, plain),
    )


def batches(groups: Sequence[Group], steps: int, seed: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (group name, left texts, right texts) of each step; rows of a group are drawn by the weight of their set."""
    chooser = random.Random(seed)
    groups = [group for group in groups if group.pairs and group.share > 0]
    weights = {group.name: _cumulative(group.pairs) for group in groups}
    for _ in range(steps):
        group = chooser.choices(groups, [group.share for group in groups])[0]
        drawn = chooser.choices(group.pairs, cum_weights=weights[group.name], k=group.batch)
        rows = [group.change(pair) for pair in dict.fromkeys(drawn)]
        yield group.name, [left for left, _ in rows], [right for _, right in rows]


def _cumulative(pairs: Sequence[Pair]) -> list[float]:
    total, sums = 0.0, []
    for pair in pairs:
        total += QUALITY.get(pair.source, 1.0)
        sums.append(total)
    return sums


def _is_retrieval(pair: Pair) -> bool:
    return pair.source.startswith(("headings_", "d365", "squad", "handbook", "scratch_faq", "banking77", "para_", "cncf_terms"))
