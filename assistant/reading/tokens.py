"""A question cut into tokens, each with the forms that it may be without its case endings."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.text import BENGALI, LATIN, WORD, fold_digits, normalise, stem

# Ending -> the case that it marks. "pl" counts, "cl" makes definite, "em" stresses; none of these three is a case.
_BENGALI = {
    unicodedata.normalize("NFC", ending): case
    for case, endings in {
        "of": "র ের এর য়ের েদের দের য়েদের",
        "to": "কে দেরকে",
        "in": "তে ে য় এ য়ে এতে েতে",
        "pl": "রা েরা য়েরা এরা গুলো গুলি গুলা সমূহ গণ",
        "cl": "টি টা টুকু খানা",
        "em": "ও ই",
    }.items()
    for ending in endings.split()
}  # fmt: skip
_LATIN = {
    ending: case
    for case, endings in {
        "of": "er r der yer",
        "to": "ke",
        "in": "te e ey",
        "pl": "ra gulo guli gula",
        "cl": "ti ta",
        "em": "o i",
    }.items()
    for ending in endings.split()
}
_CASES = ("of", "to", "in")
_LEAST_BENGALI = 2  # characters that a Bengali word keeps at least
_LEAST_LATIN = 3  # letters that a Banglish word or name keeps at least
_SCRIPTS = re.compile("[\u0980-\u09ff\u200c\u200d]+|[^\u0980-\u09ff\u200c\u200d]+")
_POSSESSIVE = re.compile(r"'(?:s|er|r|te|ke|e)?$")


@dataclass(frozen=True, slots=True)
class Form:
    """What a token may be: the word without an ending, and the case that the ending marks ("" for none)."""

    word: str
    case: str = ""
    loose: bool = False  # made by taking off a Banglish ending, which an English word may merely look like


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number: as typed, as compared, where it stands, and its forms, whole word first."""

    raw: str
    word: str
    start: int
    end: int
    forms: tuple[Form, ...]

    @property
    def bengali(self) -> bool:
        """True when it is in Bengali letters."""
        return BENGALI.match(self.word) is not None

    @property
    def latin(self) -> bool:
        """True when it begins with a Latin letter."""
        return LATIN.match(self.word) is not None

    @property
    def number(self) -> bool:
        """True when it is digits."""
        return self.word[0].isdigit()

    @property
    def capital(self) -> bool:
        """True when it begins with a capital letter."""
        return self.raw[:1].isupper()


def plain(text: str) -> str:
    """Return the text that token places refer to: NFC, ASCII digits and dashes, no joiners."""
    text = unicodedata.normalize("NFC", text)
    return fold_digits(re.sub("[\u200b-\u200d\ufeff]", "", text))


def tokenise(text: str) -> tuple[Token, ...]:
    """Cut a plain text into tokens; "OpenAIয়ের" and "OpenAI-এর" become the name and its ending."""
    found = []
    for word, start, end in cut(text):
        kept = (Form(word),) if word[0].isdigit() else forms(word)
        found.append(Token(text[start:end], word, start, end, kept))
    return tuple(found)


def cut(text: str) -> list[tuple[str, int, int]]:
    """Return the normalised words of a plain text with their places; scripts are parted."""
    found = []
    for match in WORD.finditer(text):
        for part in _SCRIPTS.finditer(match.group()):
            word = normalise(part.group())
            if word[0].isdigit():
                word = word.replace(",", "")
            found.append((word, match.start() + part.start(), match.start() + part.end()))
    return found


@lru_cache(maxsize=32768)
def forms(word: str) -> tuple[Form, ...]:
    """Return the forms of a normalised word, whole word first, then with fewer and fewer endings."""
    if BENGALI.match(word):
        return tuple(_cut(word, _BENGALI, _LEAST_BENGALI, loose=False))
    found = {word: Form(word)}
    bare = _POSSESSIVE.sub("", word)
    if bare and bare != word:
        found[bare] = Form(bare, "of")
    root = stem(bare)
    if root != bare and len(root) >= 2:
        found.setdefault(root, Form(root, "of" if bare != word else ""))
    if word.isascii() and word.isalpha():
        for form in _cut(word, _LATIN, _LEAST_LATIN, loose=True):
            found.setdefault(form.word, form)
    return tuple(found.values())


def _cut(word: str, endings: dict[str, str], least: int, loose: bool) -> list[Form]:
    found = {word: Form(word)}
    queue = [Form(word)]
    for _ in range(3):
        following = []
        for form in queue:
            for ending, case in endings.items():
                if form.word.endswith(ending) and len(form.word) - len(ending) >= least:
                    bare = form.word[: -len(ending)]
                    kept = form.case or (case if case in _CASES else "")
                    if bare not in found:
                        found[bare] = Form(bare, kept, loose)
                        following.append(found[bare])
        queue = following
    return sorted(found.values(), key=lambda form: -len(form.word))


def bare_ending(token: Token) -> str | None:
    """Return the case of a token that is nothing but an ending ("er", "এর", "কে"), "" for a plural; None for a word."""
    table = _BENGALI if token.bengali else _LATIN
    case = table.get(token.word)
    return None if case is None else (case if case in _CASES else "")
