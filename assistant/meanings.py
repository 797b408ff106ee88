"""Questions for the meaning of a term, or for the difference between two: "what is a warrant", "ওয়ারেন্ট মানে কী"."""

from dataclasses import replace

from assistant.asked import is_foreign, is_yesno
from assistant.frames import AGENTS
from assistant.parts import Parts
from assistant.schema import Filters, Intent, Query
from assistant.words import Cue, lexicon, said

_LONGEST = 9  # words at most of a question for a meaning
_TWO = 2  # terms that a difference lies between; phrases that stand for a meaning
_COUNTING = ("count", "sum", "average", "compare", "timeline", "path", "circular", "profile", "order", "fate")
_OF_DEALS = ("frame", "rank", "group", "comparative", "country")  # cues that no question for a meaning has
_TERMS = ("term", "type", "sector", "topic")


def meaning(parts: Parts, query: Query) -> Query | None:
    """Read a question for a meaning, which the articles answer; None for any other question."""
    if any(parts.dates) or parts.ranges or not parts.words:
        return None
    terms = _terms(parts)
    found = (None if parts.mentions else _of_kinds(parts, query, terms)) or _defined(parts, query, terms)
    return replace(found, intent=Intent.PASSAGE, filters=Filters()) if found else None


def _defined(parts: Parts, query: Query, terms: tuple[Cue, ...]) -> Query | None:
    """Read "what is X": a term by the words that ask for a meaning, or a short question for one thing."""
    if beside := _beside_meaning(parts, terms):
        return _explained(parts, query, beside)
    if len(parts.words) > _LONGEST or not _asks_meaning(parts, terms):
        return None
    places = _places(terms)
    named = _named(parts, places) if parts.named <= places else []
    if not named:
        return None
    unknown = () if places else query.unknown_names
    foreign = not places and is_foreign(parts)
    search = " ".join(named) if any(_describes(cue, places) for cue in parts.cues) else query.search
    return replace(query, search=search, defines=" ".join(named), unknown_names=unknown, out_of_scope=foreign)


def _of_kinds(parts: Parts, query: Query, terms: tuple[Cue, ...]) -> Query | None:
    """Read a question on kinds of deal in general: what parts two, whether one binds, what it is good for."""
    named = next((term for term in terms if term.kind == "term"), None)
    query = replace(query, unknown_names=())
    if parts.has("intent", "trust") and parts.has("status", "rumoured"):
        return query
    if parts.has("intent", "trust") and parts.says(*said("news")):  # what is said of rumours answers
        return replace(query, search=" ".join(lexicon().phrases("status", "rumoured")[:_TWO]))
    if _is_general(parts):
        return _general(parts, query, named)
    if terms and _parts_terms(parts):
        return _explained(parts, query, named) if named else query
    if named and _is_indefinite(parts):
        return _explained(parts, query, named)
    return query if terms and _asks_of_terms(parts) else None


def _general(parts: Parts, query: Query, named: Cue | None) -> Query | None:
    """Explain the first term where the question is whether two are one thing; else search by its own words and its terms."""
    asking = [cue for cue in parts.cues if cue.value == "general"]
    if named and any(parts.words[cue.end - 1].text in said("alike") for cue in asking):
        return _explained(parts, query, named)
    alone = [(place, cue) for place in range(len(parts.words)) for cue in lexicon().find(parts.words[place : place + 1])]
    kinds = {place for place, cue in alone if cue.kind in (*_TERMS, "status") or cue.value in AGENTS}
    kinds |= {place for place, word in enumerate(parts.words) if word.text in said("news")}
    kinds |= _places((named,)) if named else set()
    if not kinds:
        return None
    lost = {place for place, word in enumerate(parts.words) if place not in parts.covered and _weighs(word.stem)}
    kept = sorted(kinds | _places(tuple(asking)) | lost)
    return replace(query, search=" ".join(parts.words[place].raw for place in kept)) if named is None else query


def _explained(parts: Parts, query: Query, term: Cue) -> Query:
    """Ask what a term is, and search for it alone."""
    words = " ".join(word.raw for word in parts.words[term.start : term.end])
    return replace(query, defines=words, search=words, unknown_names=())


def _beside_meaning(parts: Parts, terms: tuple[Cue, ...]) -> Cue | None:
    """Return the term right before or after the words that ask for a meaning, wherever in the question they stand."""
    asking = [cue for cue in parts.cues if (cue.kind, cue.value) == ("intent", "meaning")]
    told = parts.mentions or parts.has("measure") or parts.has("country")
    near = (term for term in terms for cue in asking if term.kind == "term" and _gap(parts, term, cue))
    reported = (term for term in terms if term.kind == "term" and _is_reported(parts, term))
    return None if told else next(near, None) or next(reported, None)


def _is_reported(parts: Parts, term: Cue) -> bool:
    """True for "he asked what a GPU is": an indirect question for a meaning."""
    before = [word.text for word in parts.words[max(0, term.start - 2) : term.start]]
    after = parts.words[term.end].text if term.end < len(parts.words) else ""
    return "what" in before and set(before) <= {"what", "a", "an"} | said("fill") and after in said("copulas")


def _gap(parts: Parts, term: Cue, cue: Cue) -> bool:
    """True where nothing but light words stands between a term and the words that ask for its meaning."""
    between = parts.words[term.end : cue.start] if term.end <= cue.start else parts.words[cue.end : term.start]
    return all(word.text in said("meaning") | said("aside") | said("genitive") for word in between)


def _named(parts: Parts, terms: set[int]) -> list[str]:
    """Return the words of the term: those of the trade, and any that are no question words."""
    cues = (cue for cue in parts.cues if (cue.kind == "intent" and cue.start not in terms) or _describes(cue, terms))
    asking = {place for cue in cues for place in range(cue.start, cue.end)}
    idle = said("meaning")
    return [
        word.raw
        for place, word in enumerate(parts.words)
        if place in terms or (place not in asking and word.stem not in lexicon().stop and word.text not in idle)
    ]


def _describes(cue: Cue, terms: set[int]) -> bool:
    """True for the শেয়ার কেনার of শেয়ার কেনার ওয়ারেন্ট: what is done, right before the term that it describes."""
    return cue.kind == "frame" and cue.start not in terms and cue.end in terms


def _terms(parts: Parts) -> tuple[Cue, ...]:
    """Return the terms of the trade in a question, also where a product of a company is one (TPU)."""
    cues = lexicon().find(parts.words)
    return tuple(cue for cue in cues if cue.kind in _TERMS or cue.value == "circular")


def _places(cues: tuple[Cue, ...]) -> set[int]:
    return {place for cue in cues for place in range(cue.start, cue.end)}


def _parts_terms(parts: Parts) -> bool:
    """True for the difference between terms: "how does an acquihire differ from an acquisition", আগ্রহপত্র আর চুক্তির তফাত."""
    differing = any({word.text, word.stem} & said("differing") for word in parts.words)
    ranked = parts.has("rank") and len({cue.start for cue in _terms(parts)}) < _TWO  # "big cloud companies" ranks nothing
    return differing and not ranked and not any(map(parts.has, ("measure", "country", "group")))


def _is_general(parts: Parts) -> bool:
    """True for a question on a kind of deal, not on any deals: its benefit, whether it counts as spent, can be trusted."""
    return parts.has("intent", "general") and not any(map(parts.has, ("rank", "group", "country")))


def _asks_of_terms(parts: Parts) -> bool:
    """True for a question of yes or no on a term in general: "is a letter of intent binding"."""
    told = any(map(parts.has, ("deal", "frame", "measure", "country", "rank", "group", "since", "last", "this")))
    article = parts.language == "bn" or parts.says("a", "an")
    terms = _places(_terms(parts))
    lost = [place for place, word in enumerate(parts.words) if place not in parts.covered | terms and _weighs(word.stem)]
    return is_yesno(parts) and not told and article and bool(lost) and not parts.has("intent", "list", "count", "sum")


def _is_indefinite(parts: Parts) -> bool:
    """True for "is a letter of intent worth the paper ...": a term without anything that narrows it, as the subject."""
    texts = [word.text for word in parts.words[:2]]
    asks = parts.language == "en" and texts[0] in said("heads") and texts[1:] in (["a"], ["an"])
    return asks and any(cue.start == 2 and cue.kind == "term" for cue in _terms(parts))


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
