"""What a follow-up states, what it leaves out, and so whether it leans on the turns before it."""

import re
from dataclasses import dataclass, replace

from assistant.conversation.pointing import Pointer, find_pointer
from assistant.linking import Mention, read_words
from assistant.parts import Parts
from assistant.schema import Intent, Query
from assistant.words import Cue, lexicon, said
from index.text import normalise, stem

SHORT = 6  # words at most of a question that may lean on the one before without saying so
_CLASSIFIED = re.compile(
    rf"{normalise('ের(?:টা|টি|গুলো|গুলি)')}|{normalise('(?:টা|টি)(?:র|কে)?')}$|(?:er|r)(?:ta|ti|gulo|gula|guli)r?$"
)
_ONE_OF_THEM = re.compile(rf"{normalise('(?:টা|টি)(?:র|কে|তে)?')}$")
_SIDE = 5  # words at most of "from which of the banks"
NEAR = 4  # words at most from "the" to "deal"
# Intents whose questions name what they are about, however short.
WHOLE_INTENTS = ("profile", "what_is", "path", "circular", "timeline", "compare", "why")
GENERAL = (Intent.LIST, Intent.PROFILE, Intent.PASSAGE, Intent.UNKNOWN)  # what a fragment reads as when it asks nothing


@dataclass(frozen=True, slots=True)
class Stated:
    """A follow-up read by itself: the words that lead in, the rest, and what in it points back."""

    lead: tuple[str, ...]
    parts: Parts  # without the words that lead in
    query: Query
    texts: tuple[str, ...]  # the words of ``parts`` as typed, before their spelling is put right
    pointer: Pointer | None

    def says(self, *names: str) -> bool:
        """True when a word of one of these lists of ``grammar.yaml`` is in it."""
        return any(text in said(name) for name in names for text in self.texts)

    def after(self, name: str, place: int) -> bool:
        """True when the word after a place is of the list."""
        return place < len(self.texts) and self.texts[place] in said(name)

    def before(self, name: str, place: int) -> bool:
        """True when the word before a place is of the list."""
        return place > 0 and self.texts[place - 1] in said(name)


def lead_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return the words that lead into a follow-up ("and", "no, I meant", "what about") and the rest of its text."""
    words = read_words(text)
    texts = [word.text for word in words]
    end = 0
    while end < len(texts):
        if texts[end] in said("about_openers") and texts[end + 1 : end + 2] == ["about"]:
            end += 2
        elif texts[end] in said("openers") | said("corrections") | said("courtesies") or texts[end : end + 2] in (
            ["i", "mean"],
            ["i", "meant"],
        ):
            end += 1
        else:
            break
    if end == len(texts):
        return (), text
    lead = tuple(word for word in texts[:end] if word not in said("courtesies"))
    return lead, text[words[end].start :] if end else text


def stated(lead: tuple[str, ...], parts: Parts, query: Query) -> Stated:
    """Put together what a follow-up states."""
    texts = tuple(word.text for word in read_words(parts.text))
    pointer = find_pointer(texts)
    pointing = set(texts[pointer.start : pointer.end]) if pointer else set()  # "duinombor" is no name
    names = tuple(name for name in query.unknown_names if normalise(name) not in pointing)
    return Stated(lead, parts, replace(query, unknown_names=names), texts, pointer)


def is_elliptic(one: Stated) -> bool:
    """True for a company, and at most a field of it, with nothing said of a deal: "for Windsurf?", গুগলের ক্ষেত্রে?"""
    parts = one.parts
    if asks_which(one):
        return False
    if not parts.mentions or any(map(parts.has, ("deal", "type", "frame", "sector"))) or len(one.texts) > SHORT:
        return False
    if parts.has("intent", *WHOLE_INTENTS) or parts.has("measure", "valuation") or one.texts[0] in ("who", "কে"):
        return False
    named = parts.named
    if one.query.intent in GENERAL and len(one.texts) < SHORT and not parts.has("intent", "list"):
        return True  # "ABB's robotics unit?": it names something and asks nothing
    return all(
        place in named or place in parts.covered or word.stem in lexicon().stop or is_turn_word(text)
        for place, (word, text) in enumerate(zip(parts.words, one.texts, strict=False))
    )


def is_descriptor(one: Stated) -> bool:
    """True where a name, a sector or a year says which of the shown ones: "the AMD one", নেবিয়াসেরটা, "ampere er ta"."""
    texts = one.texts
    if names_one(one):
        return True
    if one.says("relatives") and one.says("pointers"):  # "microsoft er sathe jeta, oita"
        return True
    return any(map(_is_classified, one.parts.mentions, [one] * len(one.parts.mentions))) or any(
        re.search(normalise("ের(?:টা|টি|গুলো|গুলি)"), text) for text in texts
    )


def names_one(one: Stated) -> bool:
    """True for "the ABB one", whatever is asked of it."""
    return "the" in one.texts and bool(set(one.texts[one.texts.index("the") :]) & {"one", "ones"})


def is_among_shown(one: Stated) -> bool:
    """True where the words presuppose deals that were shown: "the Nscale deal", "which one is Microsoft in?"."""
    return is_definite(one) or asks_which(one)


def asks_which(one: Stated) -> bool:
    """True for "which one is Microsoft in?", মাইক্রোসফট আছে কোনটায়?: of nothing that the question itself names."""
    which = one.says("which_of_them") or ("which" in one.texts and bool({"one", "ones"} & set(one.texts)))
    return which and bool(one.parts.mentions) and not any(map(one.parts.has, ("deal", "type", "frame", "sector")))


def is_definite(one: Stated) -> bool:
    """True for "the Nscale deal", চুক্তিটা, "loan ta": one deal of those that were spoken of."""
    for cue in one.parts.cues:
        if cue.kind not in ("deal", "type"):
            continue
        article = "the" in one.texts[max(0, cue.start - NEAR) : cue.start]
        singular = not one.texts[cue.end - 1].endswith("s")
        if (article and singular) or _ONE_OF_THEM.search(one.texts[cue.end - 1]) or one.after("single_classifiers", cue.end):
            return True
    return False


def asked_of(one: Stated, ordered: bool = True) -> Parts:
    """Return the parts as a question about the deals that it points to: no order in "the first one", deals presupposed.

    ``ordered`` False leaves out "the largest" and "the last time", which have chosen already.
    """
    pointer = one.pointer
    defines = one.parts.has("measure")  # "what is its term?" asks for a field, not for the meaning of a word
    kept = []
    for cue in one.parts.cues:
        placed = pointer is not None and pointer.place is not None and pointer.start <= cue.start < pointer.end
        dated = cue.kind == "rank" and stem(one.texts[min(cue.end, len(one.texts) - 1)]) in said(
            "periods"
        )  # "in earlier years"
        if not (placed or dated or (cue.kind == "rank" and not ordered) or (defines and cue.value == "what_is")):
            kept.append(cue)
    end = len(one.parts.words)
    return replace(one.parts, cues=(*kept, Cue("deal", "deal", end, end)))


def leaves_out(one: Stated) -> bool:
    """True for "drop the rumoured ones", "meta r gula bad dile": a follow-up that takes some of the shown deals away."""
    texts = one.texts
    first = next((text for text in texts if text not in said("leaving_lead")), "")
    aside = any(one.after("left_verbs", place + 1) for place, text in enumerate(texts) if text in said("left_aside"))
    excepted = one.says("excepting") and len(texts) <= SHORT and not one.parts.has("frame")
    return first in said("leaving_out") or aside or bool(excepted)


def asks_side(one: Stated) -> bool:
    """True for "from which banks?", "kon kon bank?": a kind of company and a question word, no more; also for "who paid?"."""
    parts = one.parts
    who = parts.has("measure", "parties") or one.says("who")
    if who and parts.has("frame") and not parts.has("sector"):
        other = any(map(parts.has, ("deal", "type", "sector", "status", "country", "count")))
        further = one.says("else", "again") or set(one.lead) & said("again")
        return not (parts.mentions or other or further) and len(one.texts) <= SHORT
    if not parts.has("sector") or parts.mentions or any(map(parts.has, ("deal", "type", "frame", "status", "country"))):
        return False
    return bool(one.says("which_one") or parts.has("intent", "list")) and len(one.texts) <= _SIDE


def is_turn_word(text: str) -> bool:
    """True for a word that only turns the conversation: a pronoun, a classifier, "I meant", তাহলে."""
    return any(text in said(name) for name in _TURNS)


_TURNS = (
    "openers", "corrections", "pointers", "strong_pointers", "classifiers", "numbering", "else", "then", "reversals",
    "companies_meant", "narrowing", "two_of_them", "three_of_them", "earlier_period", "later_period", "last",
    "last_time", "first_time", "which_of_them", "leaving_out", "final", "again", "courtesies",
    "left_aside", "left_verbs", "substitutes", "excepting", "everything", "takes_part",
    "ordinal_first", "ordinal_second", "ordinal_third", "ordinal_fourth", "ordinal_fifth",
)  # fmt: skip


def _is_classified(mention: Mention, one: Stated) -> bool:
    return bool(_CLASSIFIED.search(mention.ending)) or one.after("classifiers", mention.end)
