"""How a name sounds, whatever script it is typed in: for Banglish spellings and names without a written alias."""

import re
import unicodedata
from functools import lru_cache

from index.text import BENGALI, normalise

_NUKTA = "\u09bc"
_CONSONANTS = {
    letter: sound
    for letters, sound in (
        ("কখ", "k"), ("গঘ", "g"), ("চছ", "c"), ("জঝয", "j"), ("টঠতথৎ", "t"), ("ডঢদধ", "d"), ("ঙং", "ng"), ("ঞণন", "n"),
        ("প", "p"), ("ফ", "f"), ("বভ", "b"), ("ম", "m"), ("র", "r"), ("ল", "l"), ("শষস", "s"), ("হ", "h"), ("ঃ", ""),
    )
    for letter in letters
}  # fmt: skip
_VOWELS = {
    **dict(zip("অআইঈউঊঋএঐওঔ", ["o", "a", "i", "i", "u", "u", "ri", "e", "oi", "o", "ou"], strict=True)),
    **dict(zip("ািীুূৃেৈোৌ", ["a", "i", "i", "u", "u", "ri", "e", "oi", "o", "ou"], strict=True)),
}
_LATIN = (
    (r"ph", "f"), (r"sch", "s"), (r"tch|chh?", "c"), (r"sh", "s"), (r"ck", "k"), (r"qu", "k"), (r"q", "k"), (r"x", "ks"),
    (r"c(?=[eiy])", "s"), (r"c(?!$)|c$", "k"), (r"z|(?<!n)g(?=[ei])", "j"), (r"([kgtdbjp])h", r"\1"), (r"v|w(?=[aeiou])", "b"),
    (r"w", ""), (r"oo|u+", "u"), (r"ee+|y", "i"), (r"aa+", "a"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def romanise(word: str) -> str:
    """Return the sound of a word in plain Latin letters, the same for both scripts as far as spelling shows it."""
    word = normalise(word)
    return _sound_bengali(word) if BENGALI.search(word) else _sound_latin(word)


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Return the consonants of the sound, doubles merged: ``nbd`` for Nvidia, enbidia and এনভিডিয়া."""
    bare = re.sub(r"[aeiou0-9 .'-]", "", romanise(word))
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=16384)
def sound_key(word: str) -> str:
    """Return the sound of a word without o and u, which Bengali often leaves unwritten and Banglish mixes up."""
    sound = re.sub(r"[ou]", "", romanise(word)).replace("ng", "n")
    return re.sub(r"(.)\1+", r"\1", sound)


def _sound_latin(word: str) -> str:
    for pattern, sound in _LATIN:
        # "c" left from "ch" must stay; the rule for c runs on the letters that the earlier rules did not write.
        word = re.sub(pattern, sound.upper() if sound in ("c", "j") else sound, word)
    return re.sub(r"(.)\1+", r"\1", word.lower())


def _sound_bengali(word: str) -> str:
    word = unicodedata.normalize("NFC", word).replace("য" + _NUKTA, "").replace("ড" + _NUKTA, "র").replace("ঢ" + _NUKTA, "র")
    word = word.replace("\u09cd\u09af", "").replace(_NUKTA, "").replace("ক\u09cdষ", "ক").replace("\u0981", "")
    sound = []
    for place, sign in enumerate(word):
        if sign in _CONSONANTS:
            sound.append(_CONSONANTS[sign])
            following = word[place + 1 : place + 2]
            if following in _CONSONANTS:
                sound.append("o")  # the vowel that is spoken and not written
        else:
            sound.append(_VOWELS.get(sign, sign if sign.isascii() else ""))
    return re.sub(r"(.)\1+", r"\1", "".join(sound))
