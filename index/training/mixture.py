"""Which texts stand in a batch, and how often each kind of batch comes."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.training.data import Corpus, Pair, is_romanised, is_sentence
from index.training.deals import TYPED, deal_pairs, real_names
from index.training.romanise import Romaniser

# How many times a row of the set counts against a row of another set of its group.
QUALITY = {
    "tatoeba_manythings": 6.0, "tico19": 3.0, "indian_pc": 2.0, "msdocs2": 1.2, "msdocs": 1.0,
    "react_docs": 1.0, "vue_docs": 0.7,
    "cncf_glossary": 1.5, "mozilla_web": 1.2, "dolibarr": 0.35, "erpnext": 0.25, "scratch": 1.0, "tldr": 0.6,
    "android_aosp": 0.8,
    "minhas_dict": 0.7, "indian_dict": 1.0, "cldr": 3.0, "wiki_names": 2.0, "banglish_tlit": 5.0, "banglish_sayad": 3.0,
    "romanized_dakshina_sent": 1.5, "squad_sentence": 1.5, "squad_window": 1.0, "banking77_intent": 0.3, "para_indian_pc": 0.8,
    "names": 20.0,
}  # fmt: skip
_RETRIEVAL = ("headings_", "d365", "squad", "handbook", "scratch_faq", "banking77", "para_", "cncf_terms")
_BLOCK = 32  # rows that follow each other in a set and so are of one text: negatives hard by nature
_WINDOW = 3  # sentences of a passage made of neighbouring question rows
_RUNNING = frozenset({"msdocs", "msdocs2", "react_docs", "vue_docs", "tico19"})  # sets whose neighbours are of one text
_PROSE = frozenset({"indian_pc", "tico19"})  # sets whose short sentences are plain speech, as Tatoeba's
_SHORT = 9  # English words of an everyday sentence

Change = Callable[[Pair], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of one kind; ``share`` of the batches come from it, each of ``batch`` pairs.

    ``change`` turns a pair into the two texts of this batch. Where neighbours are of one text, ``blocks`` is the share of
    the batches that are made of runs of them.
    """

    name: str
    pairs: tuple[Pair, ...]
    share: float
    batch: int
    change: Change
    blocks: float = 0.0


def make_groups(corpus: Corpus, romaniser: Romaniser, seed: int, deals: int) -> tuple[Group, ...]:
    """Return the groups of the mixture; the shares are tuned on our own validation split."""
    romanised = [pair for pair in corpus.training if is_romanised(pair.source)]
    sentences = tuple(pair for pair in corpus.training if is_sentence(pair))
    everyday = tuple(
        pair
        for pair in sentences
        if pair.source == "tatoeba_manythings" or (pair.source in _PROSE and len(pair.left.split()) <= _SHORT)
    )
    retrieval = tuple(pair for pair in corpus.training if _is_retrieval(pair))
    bengali = tuple(pair for pair in retrieval if not pair.left.isascii())
    words = tuple(
        pair for pair in corpus.training if not is_romanised(pair.source) and not _is_retrieval(pair) and not is_sentence(pair)
    )
    words += tuple(Pair(english, name, "names") for english, name in real_names())
    invented = deal_pairs(deals, seed)

    def plain(pair: Pair) -> tuple[str, str]:
        return pair.left, pair.right

    def typed(pair: Pair) -> tuple[str, str]:
        return romaniser.text(pair.right), pair.right

    def typed_english(pair: Pair) -> tuple[str, str]:
        return romaniser.text(pair.right), pair.left

    def typed_question(pair: Pair) -> tuple[str, str]:
        return romaniser.text(pair.left), pair.right

    return (
        Group("sentences", sentences, 0.25, 1024, plain, blocks=0.25),
        Group("everyday", everyday, 0.06, 1024, plain),
        Group("words", words, 0.10, 2048, plain),
        Group("romanised words", tuple(pair for pair in romanised if pair.source.startswith("translit")), 0.08, 2048, plain),
        Group(
            "romanised sentences",
            tuple(pair for pair in romanised if not pair.source.startswith("translit")),
            0.08,
            1024,
            plain,
        ),
        Group("typed", sentences, 0.04, 1024, typed),
        Group("typed to English", sentences, 0.06, 1024, typed_english),
        Group("retrieval", retrieval + windows(corpus.training), 0.18, 512, plain, blocks=0.5),
        Group("surroundings", surroundings(sentences), 0.04, 512, plain),
        Group("typed retrieval", bengali, 0.03, 512, typed_question, blocks=0.5),
        Group("deals", invented.written, 0.05, 512, plain),
        Group(TYPED, invented.typed, 0.03, 512, typed_question),
    )


def windows(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return the question rows again with passages of three neighbouring sentences, as a passage of an article has."""
    rows = [pair for pair in pairs if pair.source == "squad_sentence"]
    longer = []
    for place, pair in enumerate(rows):
        around = dict.fromkeys(row.right for row in rows[max(0, place - 2) : place + _WINDOW])
        longer.append(Pair(pair.left, " ".join(around), "squad_window"))
    return tuple(longer)


def surroundings(sentences: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return sentences with the passage around them, within Bengali and across the languages.

    The passage is the sentences before and after, and for every second row the sentence itself too. It stands in for the
    Bengali questions that no set has: what is near in a text is about the same thing (Izacard et al. 2021, cropping).
    """
    rows = [pair for pair in sentences if pair.source in _RUNNING]
    found = []
    for place, pair in enumerate(rows[2:-2], 2):
        near = [row for row in rows[place - 2 : place + _WINDOW] if row.source == pair.source]
        near = near if place % 2 else [row for row in near if row is not pair]
        bengali, english = " ".join(row.right for row in near), " ".join(row.left for row in near)
        query, passage = ((pair.right, bengali), (pair.right, english), (pair.left, bengali))[place % 3]
        found.append(Pair(query, passage, "surroundings"))
    return tuple(found)


def batches(groups: Sequence[Group], steps: int, seed: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (group name, left texts, right texts) of each step; rows of a group are drawn by the weight of their set."""
    chooser = random.Random(seed)
    groups = [group for group in groups if group.pairs and group.share > 0]
    weights = {group.name: _cumulative(group.pairs) for group in groups}
    for _ in range(steps):
        group = chooser.choices(groups, [group.share for group in groups])[0]
        by_block = chooser.random() < group.blocks
        starts = chooser.choices(
            range(len(group.pairs)), cum_weights=weights[group.name], k=group.batch // _BLOCK if by_block else group.batch
        )
        length = _BLOCK if by_block else 1
        drawn = dict.fromkeys(pair for start in starts for pair in group.pairs[start : start + length])
        rows = [group.change(pair) for pair in drawn]
        yield group.name, [left for left, _ in rows], [right for _, right in rows]


def _cumulative(pairs: Sequence[Pair]) -> list[float]:
    total, sums = 0.0, []
    for pair in pairs:
        total += QUALITY.get(pair.source, 1.0)
        sums.append(total)
    return sums


def _is_retrieval(pair: Pair) -> bool:
    return pair.source.startswith(_RETRIEVAL)
