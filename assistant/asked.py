"""Signs of what a question asks: small talk, yes or no, which field, what is counted, ranked or compared."""

import re
from itertools import pairwise

from assistant.parts import Parts
from assistant.schema import Measure, Smalltalk
from assistant.words import lexicon, said
from index.text import stem

OF_DEALS = (
    "conflict",
    "currency",
    "lead",
    "within",
    "absence",
    "deal",
    "type",
    "sector",
    "frame",
    "status",
    "term",
    "topic",
)  # kinds of cues that speak of deals
_ASKING = ("measure", "intent", "group", "smalltalk")  # kinds of cues that may hold the word কি for "what"
_NO_TALK = (
    "deal",
    "type",
    "sector",
    "frame",
    "status",
    "measure",
    "country",
    "topic",
    "rank",
    "term",
)  # cues that no small talk has
_FIELDS = ("amount", "status", "type", "source", "terms", "parties", "valuation", "term")  # fields that "X ki" asks for
_SHORT_TAG = re.compile(r",\s*(?:na|না|no|eh|innit)\s*[?।.!]*$", re.IGNORECASE)
_SHORT_TALK = 6  # words at most of a greeting or a word of thanks


def smalltalk(parts: Parts) -> Smalltalk:
    """Return the kind of small talk that the whole question is; nothing where it asks for something."""
    kinds = parts.values("smalltalk")
    if any(cue.kind == "smalltalk" and cue.end - cue.start == len(parts.words) for cue in parts.cues):
        return kinds[0]  # type: ignore[return-value]
    if not kinds or parts.mentions or any(map(parts.has, _NO_TALK)):
        return ""
    for kind in ("identity", "abilities"):
        if kind in kinds:
            return kind
    opens = any(cue.kind == "smalltalk" and cue.start <= 1 for cue in parts.cues)
    known = lexicon().known
    rest = [
        place
        for place, word in enumerate(parts.words)
        if place not in parts.covered and len(word.text) > 3 and word.stem not in known
    ]
    return kinds[0] if not rest or (opens and len(parts.words) <= _SHORT_TALK) else ""  # type: ignore[return-value]


def is_foreign(parts: Parts) -> bool:
    """True when no word of the question speaks of deals or of a company of the corpus."""
    return not parts.mentions and not parts.has("intent", "circular") and not any(map(parts.has, OF_DEALS))


def asks_advice(parts: Parts) -> bool:
    """True for advice on shares, and for a view on anything but deals: beside a deal it is only a manner of asking."""
    return parts.has("advice") or (parts.has("opinion") and not any(map(parts.has, ("deal", "type", "status", "rank"))))


def is_yesno(parts: Parts) -> bool:
    """True for "did/is/has ..." at the head, a tag at the end, or the particle কি without another question word."""
    if parts.has("claim") or _is_tagged(parts):
        return True
    if any(cue.kind == "intent" and cue.value == "list" and parts.words[cue.start].text in said("lists") for cue in parts.cues):
        return False
    hidden = parts.named  # the ke of "openai ke"
    anyone = _any_ones(parts)
    wondering = (
        word.text in said("wh") for place, word in enumerate(parts.words) if place not in hidden and place not in anyone
    )
    question_words = parts.has("intent", "count", "why") or any(wondering)
    if parts.language == "en":
        head = parts.words[0].text if parts.words else ""
        asks = any(parts.has("measure", name) for name in ("announced", "parties", "term"))
        second = parts.words[1].text if len(parts.words) > 1 else ""
        wonders = head in said("may") and second in ("i", "we", "one", "it", "that", "this")  # "can I say that ..."
        return (head in said("heads") or wonders or _declares(parts)) and not asks and not parts.has("intent", "count", "why")
    asking = [cue for cue in parts.cues if cue.kind in _ASKING and cue.value != "yesno"]
    spent = {place for cue in asking for place in range(cue.start, cue.end)}
    particles = [place for place, word in enumerate(parts.words) if word.text in said("particles")]
    particles = [place for place in particles if not (_parts_alternatives(parts, place) or _is_polite(parts, place))]
    open_ones = [place for place in particles if place not in spent and not _stands_for_what(parts, place)]
    if (_states_outcome(parts) or _denies_at_end(parts)) and not question_words:
        return True
    return bool(open_ones) and not question_words and not _doubled(parts, particles)


def _is_tagged(parts: Parts) -> bool:
    """True for a statement with a tag at its end: "..., right?", "..., তাই না?", "..., na?"; no request ("bolen na")."""
    if any(cue.kind == "tag" and cue.end >= len(parts.words) for cue in parts.cues):
        return True
    before = parts.words[-2].text if len(parts.words) > 1 else ""
    return bool(_SHORT_TAG.search(parts.text)) and before not in said("begging") and bool(parts.mentions)


def _is_polite(parts: Parts, place: int) -> bool:
    """True for the কি of "জানাবেন কি", "bolte parben ki": a request."""
    return place > 0 and parts.words[place - 1].text in said("telling")


def _any_ones(parts: Parts) -> frozenset[int]:
    """Return the places of কোন after the particle: "X-এর সঙ্গে কি Y-এর কোন চুক্তি আছে" asks for any."""
    texts = [word.text for word in parts.words]
    particles = [place for place, text in enumerate(texts) if text in ("কি", "ki") and not _is_polite(parts, place)]
    first = particles[0] if len(particles) == 1 else len(texts)
    which = [place for place, text in enumerate(texts) if text in said("loose_which")]
    return frozenset(which if len(which) == 1 and which[0] > first > 0 else ())


def _states_outcome(parts: Parts) -> bool:
    """True for "oracle ar meta r deal final?": a status at the end of a statement with a question mark."""
    last = any(cue.kind == "status" and cue.end >= len(parts.words) for cue in parts.cues)
    return last and bool(parts.mentions) and parts.text.rstrip().endswith("?")


def _denies_at_end(parts: Parts) -> bool:
    """True for "coreweave kinte parse ni?": a denial at the end with a question mark asks whether it is so."""
    return bool(parts.mentions) and parts.words[-1].text in said("denied_tags") and parts.text.rstrip().endswith("?")


def _parts_alternatives(parts: Parts, place: int) -> bool:
    """True for the নাকি of "A bought B, or B A": the same companies stand on both its sides."""
    before = {mention.entity for mention in parts.mentions if mention.end <= place}
    return bool(before & {mention.entity for mention in parts.mentions if mention.start > place})


def _stands_for_what(parts: Parts, place: int) -> bool:
    """True for the কি of "status ki" and "Nvidia ki": the field or the company before it is what is asked for."""
    if place + 1 < len(parts.words):
        return False
    noun = place
    while noun and parts.words[noun - 1].text in said("single_classifiers"):
        noun -= 1  # "dollar figure ta ki"
    asked = any(cue.kind == "measure" and cue.value in _FIELDS and cue.end == noun for cue in parts.cues)
    named = parts.named
    return asked or named == set(range(place))


def _declares(parts: Parts) -> bool:
    """True for a statement with a question mark: "so the Wiz deal is closed?"."""
    texts = [word.text for word in parts.words]
    if not parts.text.rstrip().endswith("?") or not parts.mentions or set(texts) & said("asking"):
        return False
    first = parts.mentions[0].start
    if parts.has("measure"):
        return False
    return texts[0] not in said("openers") - {"so", "but", "ok", "okay"} and any(
        text in said("states") for text in texts[first:]
    )


def lookup_measure(parts: Parts) -> Measure | None:
    """Return the field that a question asks for; None without one."""
    measures = list(parts.values("measure"))
    counted = counted_measure(parts) if parts.has("intent", "count") else None
    if counted or not measures:
        return counted
    return _shares_or_money(parts, measures) or _most_specific(parts, measures)


def _shares_or_money(parts: Parts, measures: list[str]) -> Measure | None:
    """Return what verbs of money ask for; a share only where its unit is said."""
    if ("%" in parts.text and not parts.ranges) or ("stake" in measures and parts.says(*said("percent_words"))):
        return "stake"
    if "stake" in measures and _is_money_of_share(parts):
        return "amount"
    if "amount" in measures and parts.has("frame", "pay"):
        return "amount"
    if (
        "amount" in measures
        and parts.has("frame", "pay", "invest", "buy", "acquire", "come", "raise")
        and not {"stake", "valuation"} & set(measures)
    ):
        return "amount"
    told = {"shares", "gigawatts", "valuation", "term"} & set(measures)
    return "amount" if parts.has("frame", "come") and not told else None


def _is_money_of_share(parts: Parts) -> bool:
    """True for "how much of the $122B round did X put in" and "how much is the stake worth"."""
    part_of_sum = any(limits.measure == "amount" for limits in parts.ranges) and parts.has("term", "round")
    if part_of_sum and not parts.says(*said("shares")):
        return True
    return parts.says(*said("valued_at")) and parts.says(*said("how_much"))


def _most_specific(parts: Parts, measures: list[str]) -> Measure:
    specific = [name for name in measures if name not in ("amount", "parties")] or measures
    asks_when = "announced" in specific
    if asks_when and len(set(specific)) > 1 and parts.words[0].text not in ("when", "কবে", "kobe"):
        specific = [name for name in specific if name != "announced"]  # "valued at when ...": the clause dates, it asks no date
    if specific[0] in ("announced", "closed") and (
        parts.has("status", "closed") or parts.has("measure", "closed") or _finishes(parts)
    ):
        return "closed"
    return specific[0]  # type: ignore[return-value]


def _finishes(parts: Parts) -> bool:
    """True for "when did X wrap up its round", "কাজ কবে শেষ হয়": a verb for bringing to an end."""
    texts = [word.text for word in parts.words]
    ended = any(
        one in said("ending_nouns") and other.startswith(tuple(said("ending_verbs")))
        for place, one in enumerate(texts)
        for other in texts[place + 1 : place + 3]
    )
    return ended or any(word.stem in said("finishing") or word.text in said("finishing") for word in parts.words)


def _doubled(parts: Parts, particles: list[int]) -> bool:
    """True for "কি কি" and for কি that is the object ("কি চুক্তি আছে")."""
    first = particles[0]
    after = parts.words[first + 1].text if first + 1 < len(parts.words) else ""
    doubled = any(second - one == 1 for one, second in pairwise(particles))
    return doubled or (after in ("deal", "deals", "চুক্তি", "chukti", "ধরনের", "dhoroner") and first <= 1)


def counted_measure(parts: Parts) -> Measure | None:
    """Return the measure whose unit "how many" counts: shares, gigawatts, years; None where it counts deals."""
    count = next(cue for cue in parts.cues if cue.kind == "intent" and cue.value == "count")
    told = [name for name in _COUNTED if parts.has("measure", name)]
    if told and parts.words[count.start].stem in said("number_word"):
        return told[0]  # "শেয়ার ... সংখ্যায় বলুন": the figure is wanted as a number
    for place, word in enumerate(parts.words[count.start : count.end + 4], count.start):
        if place in parts.dated:
            continue
        for measure, forms in _COUNTED.items():
            if word.stem in forms:
                return measure
        if word.stem in _COUNTED_DEALS:
            return None
    return None


_COUNTED: dict[Measure, frozenset[str]] = {
    "shares": frozenset(map(stem, "shares শেয়ার share".split())),
    "gigawatts": frozenset(map(stem, "gigawatts gw megawatts mw গিগাওয়াট মেগাওয়াট".split())),
    "term": frozenset(map(stem, "years বছর bochor".split())),
}
_COUNTED_DEALS = frozenset(map(stem, "deals contracts agreements চুক্তি chukti deal".split()))


def ranked_measure(parts: Parts) -> Measure:
    """Return what a superlative orders by; money where nothing else is named."""
    for name in ("valuation", "gigawatts", "stake", "shares", "term"):
        if parts.has("measure", name):
            return name
    return "amount"
