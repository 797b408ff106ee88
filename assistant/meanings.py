"""Questions for the meaning of a term, or for the difference between two: "what is a warrant", "ওয়ারেন্ট মানে কী"."""

from dataclasses import replace

from assistant.asked import is_foreign, is_yesno
from assistant.parts import Parts
from assistant.schema import Filters, Intent, Query
from assistant.words import Cue, lexicon, said

_LONGEST = 9  # words at most of a question for a meaning
_COUNTING = ("count", "sum", "average", "compare", "timeline", "path", "circular", "profile", "order", "fate")
_OF_DEALS = ("frame", "rank", "group", "comparative", "country")  # cues that no question for a meaning has
_TERMS = ("term", "type", "sector", "topic")


def meaning(parts: Parts, query: Query) -> Query | None:
    """Read a question for a meaning, which the articles answer; None for any other question."""
    if any(parts.dates) or parts.ranges or not parts.words or len(parts.words) > _LONGEST:
        return None
    terms = _terms(parts)
    if not parts.mentions and terms and (_parts_terms(parts) or _asks_of_terms(parts)):
        return replace(query, intent=Intent.PASSAGE, unknown_names=(), filters=Filters())
    if not _asks_meaning(parts, terms):
        return None
    places = _places(terms)
    if not parts.named <= places:
        return None
    named = _named(parts, places)
    unknown = () if places else query.unknown_names
    return (named and replace(
        query, intent=Intent.PASSAGE, defines=" ".join(named), unknown_names=unknown, filters=Filters(),
        out_of_scope=not places and is_foreign(parts),
    )) or None  # fmt: skip


def _named(parts: Parts, terms: set[int]) -> list[str]:
    """Return the words of the term: those of the trade, and any that are no question words."""
    cues = (cue for cue in parts.cues if cue.kind == "intent" and cue.start not in terms)
    asking = {place for cue in cues for place in range(cue.start, cue.end)}
    idle = said("meaning")
    return [
        word.raw
        for place, word in enumerate(parts.words)
        if place in terms or (place not in asking and word.stem not in lexicon().stop and word.text not in idle)
    ]


def _terms(parts: Parts) -> tuple[Cue, ...]:
    """Return the terms of the trade in a question, also where a product of a company is one (TPU)."""
    cues = lexicon().find(parts.words)
    return tuple(cue for cue in cues if cue.kind in _TERMS or cue.value == "circular")


def _places(cues: tuple[Cue, ...]) -> set[int]:
    return {place for cue in cues for place in range(cue.start, cue.end)}


def _parts_terms(parts: Parts) -> bool:
    """True for the difference between terms: "how does an acquihire differ from an acquisition", আগ্রহপত্র আর চুক্তির তফাত."""
    return parts.says(*said("differing")) and not any(map(parts.has, ("measure", "rank", "country", "group")))


def _asks_of_terms(parts: Parts) -> bool:
    """True for a question of yes or no on a term in general: "is a letter of intent binding"."""
    told = any(map(parts.has, ("deal", "frame", "measure", "country", "rank", "group", "since", "last", "this")))
    article = parts.language == "bn" or parts.says("a", "an")
    terms = _places(_terms(parts))
    lost = [place for place, word in enumerate(parts.words) if place not in parts.covered | terms and _weighs(word.stem)]
    return is_yesno(parts) and not told and article and bool(lost) and not parts.has("intent", "list", "count", "sum")


def _weighs(stem: str) -> bool:
    return stem not in lexicon().stop


def _asks_meaning(parts: Parts, terms: tuple[Cue, ...]) -> bool:
    """True for a question for a meaning: by its words, or by "what is" with a term and nothing else."""
    if parts.has("intent", "meaning"):
        return not parts.has("frame", "pay", "invest", "acquire")
    texts = [word.text for word in parts.words]
    if set(texts[-2:]) & {"mean", "means"} and texts[0] in ("what", "what's"):
        return True
    asks = parts.has("intent", "what_is") or texts[-1] in ("ki", "কি", "কী")
    exists = texts[-1:] == texts[-2:-1] or bool(set(texts[-2:-1]) & said("existing"))  # "ki ki", "ache ki", হয়েছে কি
    places = _places(terms)
    other = [cue for cue in parts.cues if cue.start not in places]
    if not asks or exists or "the" in texts or any(cue.kind in _OF_DEALS for cue in other):
        return False
    if any(cue.kind in ("measure", "status") or (cue.kind == "intent" and cue.value in _COUNTING) for cue in other):
        return False
    lost = [place for place, word in enumerate(parts.words) if place not in parts.covered | places and _weighs(word.stem)]
    return len(lost) <= (1 if terms else 2) and (bool(terms) or not parts.has("deal")) and len(terms) <= 2
