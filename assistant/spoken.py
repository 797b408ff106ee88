"""Spoken, regional and office Bengali put into the everyday forms that the lexicons know.

দিসে, ঢালসে, মিলায়া and কইরা are heard in Dhaka and typed so; যেসকল, সমূহ and -সংক্রান্ত are of the office; লিস্ট and লেন্ডার are English.
Each is read as the everyday word, so that the lexicons need no spelling of it.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from assistant.words import read

_LETTERS = "[\u0980-\u09ff]"
_SIGNS = re.compile(r"[\u0985-\u09b9]")
_ENDING = r"(ে|েন|ি|িল|িলো|িলেন|েন না|ো)"  # who did it, after the mark of the tense
_DRAWN = "ই"  # the vowel that is drawn forward: করিয়া, কইরা
_RAISED = {"ি": "ে", "ু": "ো"}  # vowels of a root before -া: কিনা is কেনা, তুলা is তোলা
_NEGATED = re.compile(f"({_LETTERS}+) (?:নাই|নেই)(?!{_LETTERS})")
_LATE_PARTICLE = re.compile("(ছে|ছেন|ছিল) নি(?= *[?।!]|$)")


def spoken_forms(text: str) -> str:
    """Return a text in form NFC with its spoken, regional and office words in everyday Bengali; other words stay."""
    if not _SIGNS.search(text):
        return text
    text = _phrases().sub(lambda match: _table("phrases")[match.group()], text)
    text = _words().sub(lambda match: _everyday(match.group()), text)
    text = _sides().sub(_side, text)
    text = _completed().sub(lambda match: f"{match['root']}ে ", text)
    text = _LATE_PARTICLE.sub(r"\1 কি", text)  # of Sylhet: "আছে নি" asks, "করে নি" denies
    return _NEGATED.sub(lambda match: f"{match[1]}নি" if match[1] in _row("done") else match.group(), text)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(f"{_LETTERS}+")


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = read("spoken.yaml")[name]
    return {_nfc(word): _nfc(form) if isinstance(form, str) else [_nfc(one) for one in form] for word, form in table.items()}


@cache
def _row(name: str) -> frozenset[str]:
    return frozenset(_nfc(read("spoken.yaml")[name]).split())


@cache
def _roots() -> frozenset[str]:
    """Return the roots that end in a consonant, those of the literary forms and of the verbs of deals."""
    return frozenset(_nfc(read("sadhu.yaml")["roots"]).split())


@cache
def _causatives() -> frozenset[str]:
    return _row("causatives") | {f"{root}া" for root in _roots()}


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(map(re.escape, _table("phrases")), key=len, reverse=True)
    return re.compile(f"(?<!{_LETTERS})(?:{'|'.join(phrases)})(?!{_LETTERS})")


@cache
def _completed() -> re.Pattern[str]:
    """Match a root with -া before a verb that completes it: "কিনা ফেলেছে"."""
    return re.compile(f"(?<!{_LETTERS})(?P<root>{'|'.join(_roots())})া (?={'|'.join(_row('completing'))})")


@cache
def _sides() -> re.Pattern[str]:
    """Match the noun of a side with পক্ষ or ভূমিকা: ক্রেতা পক্ষের, বিক্রেতার ভূমিকায়, ঋণদাতা রূপে."""
    sides, roles = ("|".join(sorted(_row(name), key=len, reverse=True)) for name in ("sides", "in_the_role"))
    of_side = f"{_nfc('র')}? ?(?:(?P<role>{roles})|{_nfc('পক্ষ')}(?P<case>{_nfc('ের')}|{_nfc('কে')}|{_nfc('টি')})?)"
    return re.compile(f"(?<!{_LETTERS})(?P<side>{sides}){of_side}(?!{_LETTERS})")


def _side(match: re.Match[str]) -> str:
    """Return the noun of a side with the case of what stood after it."""
    if match["role"]:
        return f"{match['side']} হিসেবে"
    case = match["case"] or ""
    return match["side"] + (_nfc("র") if case == _nfc("ের") and match["side"].endswith((_nfc("া"), _nfc("ী"))) else case)


@cache
def _tenses() -> re.Pattern[str]:
    """Match a spoken verb: its root, the mark of the perfect (সে, ছে) or of what goes on (তেছে, তাছে), who does it."""
    return re.compile(f"({_LETTERS}+?)(?P<on>ই?তে|ই?তা)?(?P<mark>স|ছ){_ENDING}")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _everyday(word: str) -> str:
    known = {**_table("words"), **_table("converbs")}.get(word)
    if known:
        return str(known)
    return _verb(word) or _noun(word)


def _noun(word: str) -> str:
    """Return a noun with its stem, its plural and what is joined to it in everyday form."""
    for stem, form in _table("stems").items():
        if word.startswith(stem):
            word = form + word[len(stem) :]
            break
    for joined in _row("joined"):
        if joined in word[1:]:
            word = word.replace(joined, f" {joined}")
    plural, form = next(((ending, form) for ending, form in _table("plurals").items() if word.endswith(ending)), ("", ""))
    return f"{word.removesuffix(plural)}{form}"


def _verb(word: str) -> str:
    """Return a verb in everyday form: in a tense, as a converb (কইরা, মিলায়া) or as a noun (কিনার); empty for others."""
    tensed = _tenses().fullmatch(word)
    if tensed and (told := _tensed(tensed[1], bool(tensed["on"]), tensed["mark"] == "স")):
        return f"{told}{tensed[4]}"
    return _converbs().get(word) or _nouns().get(word, "")


def _tensed(root: str, goes_on: bool, on_the_street: bool) -> str:
    """Return a root in the perfect or in the continuous, without its last sign; empty where it is none."""
    vowels = _table("vowels").get(root) or _table("vowels").get(f"{root}ই" if goes_on else "")
    if vowels:
        return str(vowels[1] if goes_on else vowels[0])
    if root in _roots():
        return f"{root}ছ" if goes_on else f"{_perfect(root)}েছ" if on_the_street else ""
    bare = root.removesuffix(_DRAWN)
    if bare in _table("changed"):
        return f"{_table('changed')[bare]}{'ছ' if goes_on else 'েছ'}"
    if bare in _causatives() and (bare != root or goes_on):
        return f"{bare}চ্ছ" if goes_on else f"{bare[:-1]}িয়েছ"
    return ""


@cache
def _converbs() -> dict[str, str]:
    """Return কইরা, কৈরা, মিলায়া and মিলাইয়া with what they are in everyday Bengali."""
    found = {f"{root[:-1]}{_DRAWN}{root[-1]}{end}": f"{_perfect(root)}ে" for root in _roots() for end in ("া", "্যা")}
    for root in _causatives():
        form = f"{_table('changed')[root]}ে" if root in _table("changed") else f"{root[:-1]}িয়ে"
        found |= {_nfc(f"{root}{end}"): _nfc(form) for end in ("য়া", "ইয়া", "ইয়া")}
    return found


@cache
def _nouns() -> dict[str, str]:
    """Return কিনার, তুলার with what they are in everyday Bengali; কিনা alone is more often a particle."""
    found: dict[str, str] = {}
    for root in _roots():
        vowel = root[-2:-1]
        if vowel in _RAISED:
            lowered = f"{root[:-2]}{_RAISED[vowel]}{root[-1]}"
            found |= {f"{root}{end}": f"{lowered}{end}" for end in ("ার", "াটা", "ায়")}
    return found


def _perfect(root: str) -> str:
    """Return the stem of the perfect: ঢাল is ঢেল, কর stays."""
    return re.sub(f"া({_LETTERS})$", r"ে\1", root)
