"""Sound keys shared by the scripts: ওপেনএআই, openai and "openeai" come close, so names and Banglish need less data."""

import re
import unicodedata

INHERENT = "o"  # the vowel that a bare Bengali consonant carries
HASANTA = "\u09cd"
_NUKTA = "\u09bc"

_CONSONANTS = dict(
    zip(
        "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহৎ",
        "k k g g n c c j j n t t d d n t t d d n p p b b m j r l s s s h t".split(),
        strict=True,
    )
)
_VOWELS = dict(zip("অআইঈউঊঋএঐওঔ", "o a i i u u ri e oi o ou".split(), strict=True))
_SIGNS = dict(zip("ািীুূৃেৈোৌ", "a i i u u ri e oi o ou".split(), strict=True))
_OTHER = {"ং": "n", "ঃ": "", "ঁ": "", "ৗ": "u"}

# English and Banglish spellings to the same small alphabet, applied in order.
_LATIN_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tion", "son"), (r"kkh|ksh", "k"), (r"chh|tch|ch", "C"), (r"sh", "s"), (r"ph|f", "p"),
(r"bh|v", "b"), (r"kh|gh(?=.)", "K"),
        (r"th", "t"), (r"dh", "d"), (r"jh|z", "j"), (r"ck|q", "k"), (r"c(?=[eiy])", "s"), (r"c",
"k"), (r"x", "ks"), (r"ee", "i"),
        (r"oo", "u"), (r"w(?=[aeiou])", "o"), (r"w", "u"), (r"y", "i"), (r"K", "k"), (r"C", "c"), (r"([a-z])\1+", r"\1"),
    )
)  # fmt: skip
_BANGLISH_C = (re.compile(r"c(?!h)"), "ch")
_VOWEL_RUN = re.compile(r"[aeiou]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_BENGALI_WORD = re.compile("[\u0980-\u09ff]+")


def bengali_sound(word: str) -> str:
    """Return the sound key of a Bengali word, ``চুক্তি`` -> ``cukti``; inherent vowels as ``o``, a final one dropped."""
    word = unicodedata.normalize("NFC", word)
    sounds: list[str] = []
    pending = False  # an inherent vowel waits for what follows
    for sign in word:
        if sign == HASANTA:
            pending = False
        elif sign == _NUKTA:
            if sounds and sounds[-1] == "j":  # য় after NFC is য + nukta
                sounds[-1], pending = "i", False
            elif sounds and sounds[-1] == "d":  # ড়
                sounds[-1] = "r"
        elif sign in _SIGNS:
            sounds.append(_SIGNS[sign])
            pending = False
        else:
            if pending:
                sounds.append(INHERENT)
            pending = sign in _CONSONANTS
            sounds.append(_CONSONANTS.get(sign) or _VOWELS.get(sign) or _OTHER.get(sign, ""))
    return re.sub(r"([a-z])\1+", r"\1", "".join(sounds))


def latin_sounds(word: str) -> tuple[str, ...]:
    """Return the sound keys of a lower-case Latin word, English reading first: ``cukti`` -> ``kukti``, ``cukti``."""
    keys = []
    for spelling in (word, _BANGLISH_C[0].sub(_BANGLISH_C[1], word)):
        key = spelling
        for pattern, sound in _LATIN_RULES:
            key = pattern.sub(sound, key)
        if key and key not in keys:
            keys.append(key)
    return tuple(keys)


def sounds(word: str) -> tuple[str, ...]:
    """Return the sound keys of a word in either script, none for digits and signs."""
    if _LATIN_WORD.fullmatch(word):
        return latin_sounds(word)
    if _BENGALI_WORD.fullmatch(word):
        key = bengali_sound(word)
        return (key,) if key else ()
    return ()


def skeleton(sound: str) -> str:
    """Return the consonants of a sound key with one mark for a vowel at either end; vowels are what people spell freely."""
    bare = _VOWEL_RUN.sub("", sound)
    if sound[:1] in set("aeiou"):
        bare = "_" + bare
    return bare
