"""What a follow-up states, what it leaves out, and so whether it leans on the turns before it."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.conversation.pointing import Pointer, find_pointer
from assistant.linking import Mention, read_words
from assistant.parts import Parts
from assistant.schema import Intent, Query
from assistant.words import Cue, lexicon, said
from index.text import normalise

Lean = Literal["", "weak", "strong"]
_SHORT = 6  # words at most of a question that may lean on the one before without saying so
_LED = 8  # the same for one that begins with "and", "what about", আর
_WHOLE = 2  # sides of a deal that a whole question names or asks for
_CLASSIFIED = re.compile(
    rf"{normalise('ের(?:টা|টি|গুলো|গুলি)')}|{normalise('(?:টা|টি)(?:র|কে)?')}$|(?:er|r)(?:ta|ti|gulo|gula|guli)r?$"
)
_ONE_OF_THEM = re.compile(rf"{normalise('(?:টা|টি)(?:র|কে|তে)?')}$")
_NEAR = 4  # words at most from "the" to "deal"
# Intents whose questions name what they are about, however short.
_WHOLE_INTENTS = ("profile", "what_is", "path", "circular", "timeline", "compare", "why")
_GENERAL = (Intent.LIST, Intent.PROFILE, Intent.PASSAGE, Intent.UNKNOWN)  # what a fragment reads as when it asks nothing


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


def leaning(one: Stated) -> Lean:
    """Return how a question leans on those before it; a weak one stands by itself where leaning finds no deal."""
    if one.query.intent == Intent.SMALLTALK or not one.parts.words or _opens_topic(one):
        return ""
    if _points(one) or is_whole(one):
        return "strong" if _points(one) else ""
    led = bool(one.lead) and len(one.texts) <= _LED
    if led or is_elliptic(one):
        told = bool(one.parts.mentions) and any(map(one.parts.has, ("deal", "type", "frame", "sector")))
        alone = told or (
            not led and (len(one.texts) == 1 or one.query.intent == Intent.LOOKUP or bool(one.query.not_understood))
        )
        return "weak" if alone else "strong"
    if _lacks_subject(one):
        return "strong"
    return "weak" if _names_one_side(one) or is_among_shown(one) else ""


def is_whole(one: Stated) -> bool:
    """True when both sides of what was done are named or asked for: nothing is left out."""
    asked = one.says("who") or one.parts.has("measure", "parties")
    sides = len(one.parts.mentions) + asked + one.parts.has("sector") + one.parts.has("country")
    return one.parts.has("frame") and sides >= _WHOLE


def is_elliptic(one: Stated) -> bool:
    """True for a company, and at most a field of it, with nothing said of a deal: "for Windsurf?", গুগলের ক্ষেত্রে?"""
    parts = one.parts
    if asks_which(one):
        return False
    if not parts.mentions or any(map(parts.has, ("deal", "type", "frame", "sector"))) or len(one.texts) > _SHORT:
        return False
    if parts.has("intent", *_WHOLE_INTENTS) or parts.has("measure", "valuation") or one.texts[0] in ("who", "কে"):
        return False
    named = parts.named
    if one.query.intent in _GENERAL and len(one.texts) < _SHORT and not parts.has("intent", "list"):
        return True  # "ABB's robotics unit?": it names something and asks nothing
    return all(
        place in named or place in parts.covered or word.stem in lexicon().stop or is_turn_word(text)
        for place, (word, text) in enumerate(zip(parts.words, one.texts, strict=False))
    )


def is_descriptor(one: Stated) -> bool:
    """True where a name, a sector or a year says which of the shown ones: "the AMD one", নেবিয়াসেরটা, "ampere er ta"."""
    texts = one.texts
    if "the" in texts and set(texts[texts.index("the") :]) & {"one", "ones"}:
        return True
    if one.says("relatives") and one.says("pointers"):  # "microsoft er sathe jeta, oita"
        return True
    return any(map(_is_classified, one.parts.mentions, [one] * len(one.parts.mentions))) or any(
        re.search(normalise("ের(?:টা|টি|গুলো|গুলি)"), text) for text in texts
    )


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
        article = "the" in one.texts[max(0, cue.start - _NEAR) : cue.start]
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
        if not (placed or (cue.kind == "rank" and not ordered) or (defines and cue.value == "what_is")):
            kept.append(cue)
    end = len(one.parts.words)
    return replace(one.parts, cues=(*kept, Cue("deal", "deal", end, end)))


def leaves_out(one: Stated) -> bool:
    """True for "drop the rumoured ones", "leave out Nvidia": a follow-up that takes some of the shown deals away."""
    return any(text in said("leaving_out") for text in one.texts[:1])


def is_turn_word(text: str) -> bool:
    """True for a word that only turns the conversation: a pronoun, a classifier, "I meant", তাহলে."""
    return any(text in said(name) for name in _TURNS)


_TURNS = (
    "openers", "corrections", "pointers", "strong_pointers", "classifiers", "numbering", "else", "then", "reversals",
    "companies_meant", "narrowing", "two_of_them", "three_of_them", "earlier_period", "later_period", "last",
    "last_time", "first_time", "which_of_them", "leaving_out", "final", "again", "courtesies",
    "ordinal_first", "ordinal_second", "ordinal_third", "ordinal_fourth", "ordinal_fifth",
)  # fmt: skip


def _is_classified(mention: Mention, one: Stated) -> bool:
    return bool(_CLASSIFIED.search(mention.ending)) or one.after("classifiers", mention.end)


def _opens_topic(one: Stated) -> bool:
    text = " ".join((*one.lead, *one.texts))
    return any(phrase.replace("_", " ") in text for phrase in said("new_topics"))


def _points(one: Stated) -> bool:
    """True where words point back: a pronoun, a place in a list, "who else", "the other way round"."""
    mentions = one.parts.mentions
    if len(mentions) > 1:
        return False
    if one.pointer or one.says("reversals") or (is_descriptor(one) and not one.parts.has("frame")):
        return True
    if not mentions:
        return one.says("pointers", "two_of_them") or one.texts[0] in said("opening_pointers")
    first = mentions[0].start
    pointing = any(text in said("strong_pointers") for text in one.texts[:first])
    return pointing or (first > 0 and one.texts[0] in said("opening_pointers"))


def _names_one_side(one: Stated) -> bool:
    """True for "how much did SoftBank give?": one side of what was done, the other left to what was said before."""
    told = any(map(one.parts.has, ("deal", "type", "sector"))) or any(one.parts.dates) or one.parts.has("measure", "valuation")
    told = told or one.parts.has("intent", *_WHOLE_INTENTS)
    return (
        len(one.parts.mentions) == 1 and (one.parts.has("frame") or one.parts.has("measure")) and not told
        and len(one.texts) <= _SHORT and one.query.intent not in _GENERAL
    )  # fmt: skip


def _lacks_subject(one: Stated) -> bool:
    """True for a short question that names no company, sector or matter."""
    parts = one.parts
    explains = one.query.intent == Intent.PASSAGE and not one.query.out_of_scope
    field = parts.has("measure") and not parts.has("intent", "what_is", "why")
    alone = bool(parts.mentions) or parts.has("sector") or (explains and not field)
    if len(parts.mentions) == 1 and one.says("follow_ups_with") and not parts.has("sector", "type"):
        alone = False
    subject = parts.has("deal") and parts.has("intent", "list", "count") and len(parts.words) > 3
    return len(parts.words) <= _SHORT and not alone and not subject
