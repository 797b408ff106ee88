"""Synthetic articles of any number: sentences of the shipped briefs with other companies, sums and dates drawn at random."""

import random
import re
from pathlib import Path

from index.corpus import SHIPPED, Corpus
from index.loaders import load_article
from index.splitter import sentences

PER_ARTICLE = 4  # chunks that one article makes, about
_LENGTH = 2500  # characters of an article that makes them
_NUMBER = re.compile(r"[0-9০-৯]+(?:\.[0-9০-৯]+)?")
_BENGALI_DIGITS = "০১২৩৪৫৬৭৮৯"


def write_corpus(folder: Path, chunks: int, seed: int = 1) -> Corpus:
    """Write articles that make about that many chunks, half of them Bengali; return the corpus with no shipped part."""
    chance = random.Random(seed)
    material = {language: _sentences(language) for language in ("en", "bn")}
    (folder / "articles").mkdir(parents=True)
    for number in range(chunks // PER_ARTICLE):
        language = "en" if number % 2 else "bn"
        text = f"Company {number:06} {chance.choice(material[language])[:60]}\n\n"
        while len(text) < _LENGTH:
            sentence = chance.choice(material[language])
            text += _NUMBER.sub(lambda match: _other(match.group(), chance), sentence)
            text += "\n\n" if chance.random() < 0.2 else " "
        (folder / "articles" / f"synthetic-{number:06}.txt").write_text(text, encoding="utf-8")
    return Corpus(folder / "none", folder)


def questions(count: int, seed: int = 2) -> list[str]:
    """Return questions in the words of the briefs, half of them Bengali."""
    chance = random.Random(seed)
    material = [sentence for language in ("en", "bn") for sentence in chance.sample(_sentences(language), count // 2)]
    return [" ".join(chance.sample(sentence.split(), min(8, len(sentence.split())))) for sentence in material]


def _sentences(language: str) -> list[str]:
    texts = [load_article(path).text for path in sorted((SHIPPED / "articles" / language).glob("*.md"))]
    return [text[start:end] for text in texts for start, end in sentences(text) if end - start > 60]


def _other(number: str, chance: random.Random) -> str:
    digits = _BENGALI_DIGITS if number[0] in _BENGALI_DIGITS else "0123456789"
    return "".join(chance.choice(digits) if sign in digits else sign for sign in number)
