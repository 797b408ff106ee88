"""Language and script of a question."""

from functools import cache

from assistant.schema import Script
from assistant.words import Word, read
from index.records import Language
from index.text import BENGALI, LATIN


def detect(text: str, question: tuple[Word, ...]) -> tuple[Language, Script]:
    """Return the language to answer in and the script typed: Banglish is answered in Bengali."""
    function_words = read("banglish.yaml")
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    banglish = sum(word.text in _banglish() for word in question)
    english = sum(word.text in function_words["english"] for word in question)
    if bengali:
        mixed = latin > bengali and english > 1
        return ("en" if mixed and english > 2 and bengali < latin / 4 else "bn"), ("mixed" if mixed else "bengali")
    if banglish > english or (banglish and banglish == english):
        return "bn", "banglish"
    return "en", "english"


@cache
def _banglish() -> frozenset[str]:
    """Return the words that only Banglish has."""
    rows = read("banglish.yaml")
    return frozenset(map(str, rows["banglish"])) | frozenset(str(rows["spoken"]).split())
