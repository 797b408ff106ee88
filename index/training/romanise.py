"""Bengali as people type it in Latin letters: several spellings a word, none of them a standard."""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from index.training.data import Pair, is_romanised
from index.training.deals import real_names
from index.training.phonetics import HASANTA, latin_sounds, skeleton, sounds

_LETTERS: dict[str, tuple[str, ...]] = {
    "ক": ("k", "k", "k", "c"), "খ": ("kh", "kh", "k"), "গ": ("g",), "ঘ": ("gh", "g"), "ঙ": ("ng",), "চ": ("ch", "ch", "c"),
    "ছ": ("ch", "chh", "s", "c"), "জ": ("j", "j", "z"), "ঝ": ("jh", "j"), "ঞ": ("n",), "ট": ("t",), "ঠ": ("th", "t"),
    "ড": ("d",), "ঢ": ("dh", "d"), "ণ": ("n",), "ত": ("t",), "থ": ("th", "th", "t"), "দ": ("d",), "ধ": ("dh", "dh", "d"),
    "ন": ("n",), "প": ("p",), "ফ": ("f", "f", "ph"), "ব": ("b",), "ভ": ("v", "bh", "b"), "ম": ("m",), "য": ("j", "z"),
    "র": ("r",), "ল": ("l",), "শ": ("sh", "s"), "ষ": ("sh", "s"), "স": ("s", "s", "sh"), "হ": ("h",), "ৎ": ("t",),
    "য়": ("y", "y", "e", "i"), "ড়": ("r",), "ঢ়": ("r", "rh"), "ং": ("ng", "ng", "n"), "ঃ": ("",), "ঁ": ("", "", "n"),
    "অ": ("o", "o", "a"), "আ": ("a", "a", "a", "aa"), "ই": ("i", "i", "e"), "ঈ": ("i", "ee"),
    "উ": ("u", "u", "oo"), "ঊ": ("u",),
    "ঋ": ("ri",), "এ": ("e", "e", "a"), "ঐ": ("oi",), "ও": ("o", "o", "w"), "ঔ": ("ou",),
}  # fmt: skip
_SIGNS: dict[str, tuple[str, ...]] = {
    "া": ("a", "a", "a", "a", "aa"), "ি": ("i", "i", "i", "e"), "ী": ("i", "i", "ee"),
    "ু": ("u", "u", "u", "o"), "ূ": ("u", "u", "oo"),
    "ৃ": ("ri", "ri", "r"), "ে": ("e", "e", "e", "a"), "ৈ": ("oi",), "ো": ("o",), "ৌ": ("ou", "ow"),
}  # fmt: skip
_CLUSTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ক্ষ", ("kkh", "kh", "ksh", "kk")), ("জ্ঞ", ("gg", "gy", "g")), ("ঞ্চ", ("nch", "nc")),
    ("ঞ্জ", ("nj", "nz")), ("ঙ্গ", ("ng", "ngg")),
    ("ঙ্ক", ("nk", "ngk")), ("ত্ত্ব", ("tt", "tto")), ("ন্ত্র", ("ntr",)), ("্য", ("", "y", "a", "e")),
    ("্ব", ("", "w", "b")), ("্ম", ("m", "")),
    ("র্", ("r",)),
)  # fmt: skip
_TOKEN = re.compile("[\u0980-\u09e5\u09f0-\u09ff\u200c\u200d]+|[০-৯]+|।|.", re.DOTALL)
_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_ATTESTED = 0.55  # how often a spelling that a person once typed is taken where one is known
_ENGLISH = 0.7  # how often a loanword is typed in its English spelling
_FINAL_VOWEL = 0.15  # an inherent vowel spoken at the end of a word (বড়, ছিল)
_MIDDLE_VOWEL = 0.85
_SHORTHAND = 0.08  # words typed without their inner vowels: kmn, tmr


class Romaniser:
    """Writes Bengali text in Latin letters; every call spells anew."""

    def __init__(self, attested: Mapping[str, tuple[str, ...]], english: Mapping[str, str], seed: int) -> None:
        self.attested, self.english = attested, english
        self.random = random.Random(seed)

    def text(self, bengali: str) -> str:
        """Return the text with every Bengali word, digit and danda in Latin form; the rest as it is."""
        parts = []
        for token in _TOKEN.findall(unicodedata.normalize("NFC", bengali)):
            if token == "।":
                parts.append(self.random.choice((".", ".", "", " ")))
            elif token[0] in "০১২৩৪৫৬৭৮৯":
                parts.append(token.translate(_DIGITS))
            elif "\u0980" <= token[0] <= "\u09ff":
                parts.append(self.word(token))
            else:
                parts.append(token)
        return "".join(parts)

    def word(self, word: str) -> str:
        """Return one spelling of a Bengali word."""
        word = word.replace("\u200c", "").replace("\u200d", "")
        if (loan := self.english.get(word)) and self.random.random() < _ENGLISH:
            return loan
        if (known := self.attested.get(word)) and self.random.random() < _ATTESTED:
            return self.random.choice(known)
        spelled = self._spell(word)
        if len(spelled) > 3 and self.random.random() < _SHORTHAND:
            return spelled[0] + re.sub("[aeiou]", "", spelled[1:-1]) + spelled[-1]
        return spelled

    def _spell(self, word: str) -> str:
        out: list[str] = []
        word = (
            unicodedata.normalize("NFC", word)
            .replace("য\u09bc", "\u09df")
            .replace("ড\u09bc", "\u09dc")
            .replace("ঢ\u09bc", "\u09dd")
        )
        letters = _LETTERS_COMPOSED
        place, pending = 0, False
        while place < len(word):
            cluster = next((pair for pair in _CLUSTERS if word.startswith(pair[0], place)), None)
            sign = word[place]
            if cluster:
                starts_bare = not cluster[0].startswith(HASANTA)
                out.append(
                    ("o" if pending and starts_bare and self.random.random() < _MIDDLE_VOWEL else "")
                    + self.random.choice(cluster[1])
                )
                pending = cluster[0][-1] != HASANTA
                place += len(cluster[0])
                continue
            if sign == HASANTA:
                pending = False
            elif sign in _SIGNS:
                out.append(self.random.choice(_SIGNS[sign]))
                pending = False
            else:
                if pending and self.random.random() < _MIDDLE_VOWEL:
                    out.append(self.random.choice(("o", "o", "o", "a")))
                out.append(self.random.choice(letters.get(sign, ("",))))
                pending = "ক" <= sign <= "হ" or sign in "\u09dc\u09dd\u09df"
            place += 1
        if pending and self.random.random() < _FINAL_VOWEL:
            out.append("o")
        return "".join(out)


_LETTERS_COMPOSED = {
    {"য\u09bc": "\u09df", "ড\u09bc": "\u09dc", "ঢ\u09bc": "\u09dd"}.get(unicodedata.normalize("NFC", key), key): value
    for key, value in _LETTERS.items()
}


def make_romaniser(pairs: Iterable[Pair], seed: int) -> Romaniser:
    """Return a romaniser that knows the spellings attested in the romanised word lists and the English of loanwords."""
    attested: defaultdict[str, list[str]] = defaultdict(list)
    english: dict[str, str] = {}
    for pair in pairs:
        left, right = pair.left.strip().lower(), unicodedata.normalize("NFC", pair.right.strip())
        if " " in left or " " in right:
            continue
        if is_romanised(pair.source):
            attested[right].append(left)
        elif is_loanword(left, right):
            english.setdefault(right, left)
    english |= {bengali: name for name, bengali in real_names()}
    return Romaniser({word: tuple(spellings) for word, spellings in attested.items()}, english, seed)


def is_loanword(english: str, bengali: str) -> bool:
    """True when both words have the same consonants in the same order, as update and আপডেট."""
    bengali_keys = sounds(bengali)
    if not bengali_keys or not english.isascii() or not english.isalpha() or len(english) < 4:
        return False
    return skeleton(bengali_keys[0]).lstrip("_") in {skeleton(key).lstrip("_") for key in latin_sounds(english)}
