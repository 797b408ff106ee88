"""Whether a question leans on the turns before it: it points back, or leaves out what it is about."""

from dataclasses import replace
from typing import Literal

from assistant.conversation.periods import says_that_period
from assistant.conversation.stated import (
    GENERAL,
    NEAR,
    SHORT,
    WHOLE_INTENTS,
    Stated,
    asks_side,
    is_among_shown,
    is_descriptor,
    is_elliptic,
    leaves_out,
    names_one,
)
from assistant.schema import EVERYTHING, Intent
from assistant.words import said

Lean = Literal["", "weak", "strong"]
_LED = 8  # words at most of a question that leans and begins with "and", "what about", আর
_WHOLE = 2  # sides of a deal that a whole question names or asks for


def leaning(one: Stated) -> Lean:
    """Return how a question leans on those before it; a weak one stands by itself where leaning finds no deal."""
    if one.query.intent == Intent.SMALLTALK or not one.parts.words or _opens_topic(one) or _explains_term(one):
        return ""
    if says_that_period(one) or lacks_other_side(one) or leaves_out(one) or _asks_why_of_it(one):
        return "strong"
    if _points(one) or is_whole(one):
        return "strong" if _points(one) else ""
    led = bool(one.lead) and len(one.texts) <= _LED
    if led or is_elliptic(one):
        told = bool(one.parts.mentions) and any(map(one.parts.has, ("deal", "type", "frame", "sector")))
        alone = told or (
            not led and (len(one.texts) == 1 or one.query.intent == Intent.LOOKUP or bool(one.query.not_understood))
        )
        return "weak" if alone else "strong"
    if _lacks_subject(one) or _orders_nothing(one):
        return "strong"
    return "weak" if asks_side(one) or _names_one_side(one) or is_among_shown(one) else ""


def is_whole(one: Stated) -> bool:
    """True when both sides of what was done are named or asked for: nothing is left out."""
    asked = one.says("who") or one.parts.has("measure", "parties")
    sides = len(one.parts.mentions) + asked + one.parts.has("sector") + one.parts.has("country")
    return one.parts.has("frame") and sides >= _WHOLE


def lacks_other_side(one: Stated) -> bool:
    """True for "is that more than X's?", "X er Y chuktir cheye ki beshi?", "compare it with X": what is weighed is left out."""
    parts, texts = one.parts, one.texts
    if parts.ranges or one.says("who") or parts.has("measure", "parties"):
        return False
    mentions = parts.mentions
    if parts.has("intent", "compare"):
        sided = bool(mentions) or bool(one.query.filters.deals)
        return sided and len(mentions) < _WHOLE and len(one.query.filters.deals) < _WHOLE and one.says("with_side", "to_side")
    place = next((place for place in range(len(texts)) if _says_than(one, place)), None)
    if place is None or not (parts.has("comparative") or parts.has("more")):
        return False
    if texts[place] == "than":
        return not any(mention.start < place for mention in mentions) and place + 1 < len(texts)
    return not any(mention.start > place for mention in mentions) and _is_all_before(one, place)


def _is_all_before(one: Stated, than: int) -> bool:
    """True where the words before চেয়ে name one deal and nothing that is weighed: মিশিগানেরটার চেয়ে, "eta ki X er cheye"."""
    mentions = one.parts.mentions
    if not mentions and not one.query.filters.deals:
        return than == 1 and is_descriptor(one)
    before = one.texts[: mentions[0].start if mentions else 0]
    nouns = {spot for cue in one.parts.cues if cue.kind in ("deal", "type") for spot in range(cue.start, cue.end)}
    named = one.parts.named | nouns
    block = all(spot in named or one.texts[spot] in said("genitive") for spot in range(than))
    pointed = any(text in said("pointers") | said("strong_pointers") for text in before)
    return pointed or (block and (len(mentions) < _WHOLE or bool(nouns)))


def _says_than(one: Stated, place: int) -> bool:
    """True for "than", চেয়ে, and for the theke of "X theke beshi"."""
    more = any(cue.start == place + 1 and cue.kind in ("more", "less", "comparative") for cue in one.parts.cues)
    return one.texts[place] in said("weighed_against") or (more and one.texts[place] in said("from"))


def _opens_topic(one: Stated) -> bool:
    text = " ".join((*one.lead, *one.texts))
    return any(phrase.replace("_", " ") in text for phrase in said("new_topics"))


def _points(one: Stated) -> bool:
    """True where words point back: a pronoun, a place in a list, "who else", "the other way round"."""
    mentions = one.parts.mentions
    if len(mentions) > 1:
        return len(mentions) == _WHOLE and one.says("substitutes") and len(one.texts) <= _LED
    if one.texts[:1] and one.texts[0] in said("genitive"):
        return True  # "er moddhe konta": a case ending that stands for "of these"
    if one.pointer or one.says("reversals") or (is_descriptor(one) and (names_one(one) or not one.parts.has("frame"))):
        return True
    if not mentions:
        return one.says("pointers", "strong_pointers", "two_of_them") or one.texts[0] in said("opening_pointers")
    first = mentions[0].start
    pointing = any(text in said("strong_pointers") for text in one.texts[:first])
    return pointing or (first > 0 and one.texts[0] in said("opening_pointers"))


def _names_one_side(one: Stated) -> bool:
    """True for "how much did SoftBank give?": one side of what was done, the other left to what was said before."""
    told = any(map(one.parts.has, ("deal", "type", "sector"))) or any(one.parts.dates) or one.parts.has("measure", "valuation")
    told = told or one.parts.has("intent", *WHOLE_INTENTS)
    return (
        len(one.parts.mentions) == 1 and (one.parts.has("frame") or one.parts.has("measure")) and not told
        and len(one.texts) <= SHORT and one.query.intent not in GENERAL
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
    longest = _LED if field and not parts.has("type") and not parts.has("deal") else SHORT  # "how big is the site in gigawatts"
    return len(parts.words) <= longest and not alone and not subject


def _explains_term(one: Stated) -> bool:
    """True for "what is a backstop, and why do they give them?": the pronoun stands for the term before it."""
    parts = one.parts
    term = next((cue.start for cue in parts.cues if cue.kind == "term"), None)
    if term is None or parts.mentions or not parts.has("intent", "why", "what_is", "meaning"):
        return False
    indefinite = bool({"a", "an"} & set(one.texts[max(0, term - NEAR) : term]))
    return indefinite and not any(text in said("pointers") for text in one.texts[:term])


def _asks_why_of_it(one: Stated) -> bool:
    """True for "keno batil holo?": a reason is asked for what became of a deal that is not named."""
    parts = one.parts
    named = parts.mentions or any(map(parts.has, ("term", "type", "sector", "country", "topic", "deal")))
    return parts.has("intent", "why") and parts.has("status") and not named and len(one.texts) <= SHORT


def _orders_nothing(one: Stated) -> bool:
    """True for "kon ta age kon ta pore, serial e bolo": an order in time of nothing that it names."""
    bare = replace(one.query.filters, text="") == EVERYTHING
    return one.query.intent == Intent.TIMELINE and bare and not one.parts.has("deal")
