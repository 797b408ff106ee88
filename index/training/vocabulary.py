"""The tokenizer: words and pieces of English, Bengali and Banglish, in one ``tokenizer.json`` that does its own normalising."""

import json
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

PIECE = "##"  # marks a piece that continues a word
UNKNOWN = "[UNK]"
_MARKS = "\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3"
_LETTERS = r"\p{L}[\p{L}\p{M}]*"
_MIN_PIECE_COUNT = 3


def make_normalizer() -> normalizers.Normalizer:
    """Return NFKC, lower case, Bengali digits and joiners folded, thousands commas dropped."""
    digits = [normalizers.Replace(chr(0x09E6 + digit), str(digit)) for digit in range(10)]
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            *digits,
            normalizers.Replace(Regex("[\u200b-\u200d\ufeff]"), ""),
            normalizers.Replace(Regex(r"(?<=\d),(?=\d)"), ""),
        ]
    )


def make_pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    """Return the cut into words, numbers and signs of money; all other signs and spaces fall away."""
    return pre_tokenizers.Split(Regex(rf"{_LETTERS}|\d+|[%$৳€£₹]"), behavior="removed", invert=True)


def make_tokenizer(texts: Iterable[tuple[str, int]], words: int, pieces: int) -> Tokenizer:
    """Learn a tokenizer from weighted texts: byte-pair pieces first, then the most frequent words that these do not reach.

    Args:
        texts: (text, weight); a text of weight 3 counts three times.
        words: size of the table at the end, pieces included.
        pieces: how many byte-pair pieces (and the words they build) to learn first.
    """
    counts = count_words(texts)
    learner = Tokenizer(models.BPE(unk_token=UNKNOWN, continuing_subword_prefix=PIECE))
    trainer = trainers.BpeTrainer(
        vocab_size=pieces,
        special_tokens=[UNKNOWN, *_alphabet(counts)],
        continuing_subword_prefix=PIECE,
        min_frequency=_MIN_PIECE_COUNT,
        show_progress=False,
    )
    learner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    learner.train_from_iterator(_repeated(counts), trainer)
    return _with_words(learner, counts, words)


def coarser(tokenizer: Tokenizer, merges: int) -> Tokenizer:
    """Return a tokenizer of the same ids that knows only the first merges, and so cuts words into more pieces."""
    learned = json.loads(tokenizer.to_str())["model"]
    return _assemble(learned["vocab"], [tuple(pair) for pair in learned["merges"][:merges]], whole=False)


def count_words(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how often each normalised word occurs, weighted."""
    normalizer, cutter = make_normalizer(), make_pre_tokenizer()
    counts: Counter[str] = Counter()
    for text, weight in texts:
        for word, _ in cutter.pre_tokenize_str(normalizer.normalize_str(text)):
            counts[word] += weight
    return counts


def tokenizer_words(tokenizer: Tokenizer) -> list[str]:
    """Return the tokens by id."""
    table = tokenizer.get_vocab()
    return sorted(table, key=table.__getitem__)


def _alphabet(counts: Counter[str]) -> list[str]:
    """Return all letters, first and inner ones, in a fixed order; the learner alone would number them anew in each run."""
    letters = {word[0] for word in counts} | {PIECE + letter for word in counts for letter in word[1:]}
    return sorted(letters)


def _repeated(counts: Counter[str]) -> Iterable[str]:
    """Yield lines in which each word stands about as often as the cube root squared of its count, so that rare words matter."""
    for word, count in sorted(counts.items()):
        yield " ".join([word] * max(1, min(2000, round(count**0.75))))


def _with_words(learner: Tokenizer, counts: Counter[str], size: int) -> Tokenizer:
    learned = json.loads(learner.to_str())["model"]
    vocab: dict[str, int] = dict(learned["vocab"])
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(vocab) >= size:
            break
        if word not in vocab:
            vocab[word] = len(vocab)
    return _assemble(vocab, [tuple(pair) for pair in learned["merges"]], whole=True)


def _assemble(vocab: dict[str, int], merges: list[tuple[str, str]], whole: bool) -> Tokenizer:
    model = models.BPE(vocab=vocab, merges=merges, unk_token=UNKNOWN, continuing_subword_prefix=PIECE, ignore_merges=whole)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = make_normalizer()
    tokenizer.pre_tokenizer = make_pre_tokenizer()
    return tokenizer
