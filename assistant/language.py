"""Language and script of a question, and its number words."""

import re

from assistant.schema import Script
from assistant.words import Word, read
from index.records import Language
from index.text import BENGALI, LATIN

_NUMBER_WORDS = {
    word: value
    for value, forms in {
        1: "one এক ek", 2: "two দুই দু dui", 3: "three তিন tin", 4: "four চার char", 5: "five পাঁচ panch pach", 6: "six ছয় choy",
        7: "seven সাত shat sat", 8: "eight আট at", 9: "nine নয় noy", 10: "ten দশ dosh", 12: "twelve বারো baro",
    }.items()
    for word in forms.split()
}  # fmt: skip


_FRACTIONS = {"দেড়": "1.5", "আড়াই": "2.5", "der": "1.5", "arai": "2.5"}
_SPELLED = re.compile(
    rf"(?<![\w\u0980-\u09ff])({'|'.join(sorted((*_NUMBER_WORDS, *_FRACTIONS), key=len, reverse=True))})"
    r"(\s+(?:hundred |শ |শত )?(?:thousand|million|billion|trillion|crore|lakh|gigawatts?|gw|megawatts?|percent|per cent|"
    r"হাজার|লাখ|কোটি|মিলিয়ন|বিলিয়ন|ট্রিলিয়ন|গিগাওয়াট|মেগাওয়াট|শতাংশ|koti|lakh))",
    re.IGNORECASE,
)


def detect(text: str, question: tuple[Word, ...]) -> tuple[Language, Script]:
    """Return the language to answer in and the script typed: Banglish is answered in Bengali."""
    function_words = read("banglish.yaml")
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    banglish = sum(word.text in function_words["banglish"] for word in question)
    english = sum(word.text in function_words["english"] for word in question)
    if bengali:
        mixed = latin > bengali and english > 1
        return ("en" if mixed and english > 2 and bengali < latin / 4 else "bn"), ("mixed" if mixed else "bengali")
    if banglish > english or (banglish and banglish == english):
        return "bn", "banglish"
    return "en", "english"


def small_number(word: str) -> int | None:
    """Return the value of a digit string or a number word in any script; None otherwise."""
    return int(word) if word.isdigit() and len(word) < 4 else _NUMBER_WORDS.get(word)


def with_digits(text: str) -> str:
    """Return the text with number words before a magnitude or a unit written in digits: "five billion" -> "5 billion"."""
    return _SPELLED.sub(
        lambda match: f"{_FRACTIONS.get(match[1].casefold()) or _NUMBER_WORDS[match[1].casefold()]}{match[2]}", text
    )
