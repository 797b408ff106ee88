"""Superlatives and orders: "the largest loan", "top 5", "rank by valuation", "the first deal"."""

from dataclasses import replace

from assistant.asked import ranked_measure
from assistant.parts import Parts
from assistant.schema import Intent, Measure, Query
from assistant.words import said

_PLURAL_LIMIT = 5  # how many "the largest deals" are when no number is given
_SIZES = ("amount", "valuation", "gigawatts", "stake", "shares", "term")  # measures that deals are first in
_PLURALS = frozenset("deals contracts investments agreements acquisitions loans rounds takeovers leases companies".split())


def ranked(parts: Parts, query: Query) -> Query | None:
    """Read a superlative: the first deals by a figure or a date."""
    kinds = () if _asks_ceiling(parts) else parts.values("rank") or _leading(parts)
    kinds = ("desc",) if _first_by_size(parts) else kinds
    if not kinds or (parts.has("measure", "closed") and not parts.has("deal")):
        return None
    if kinds[0] in ("latest", "earliest") and parts.has("measure", "amount", "announced") and not parts.number:
        return (
            None
            if parts.has("measure", "announced") and len(parts.mentions) > 1 and kinds[0] == "latest"
            else _dated(parts, query)
        )
    kind = kinds[0]
    plural = _asks_for_several(parts)
    limit = parts.number or (None if parts.has("intent", "order") else _PLURAL_LIMIT if plural else 1)
    measure: Measure = "announced" if kind in ("latest", "earliest") else ranked_measure(parts)
    return replace(query, intent=Intent.RANK, measure=measure, descending=kind in ("desc", "latest"), limit=limit)


def _first_by_size(parts: Parts) -> bool:
    """True for "মূল্যে প্রথম তিনটি", "the first three by value": the first in size, not in time."""
    first = next((cue for cue in parts.cues if (cue.kind, cue.value) == ("rank", "earliest")), None)
    if first is None or parts.words[first.start].text not in said("ordinal_first") or not parts.number:
        return False
    sizes = [cue for cue in parts.cues if cue.kind == "measure" and cue.value in _SIZES]
    between = (range(cue.end, first.start) for cue in sizes if cue.end <= first.start)
    before = any({parts.words[place].text for place in gap} <= said("in_view") for gap in between)
    return before or (parts.says("by") and any(parts.words[cue.start - 1].text == "by" for cue in sizes if cue.start))


def _asks_ceiling(parts: Parts) -> bool:
    """True for "সর্বোচ্চ কত দেবে": what X may pay Y at most."""
    most = [cue for cue in parts.cues if cue.kind == "rank" and parts.words[cue.start].text in said("at_most")]
    beside = any(cue.kind == "measure" and cue.start == one.end for one in most for cue in parts.cues)
    return beside and len(parts.mentions) > 1 and parts.has("frame")


def _leading(parts: Parts) -> tuple[str, ...]:
    """Read "the most gigawatts", মেয়াদ সবচেয়ে কম: the superlative of a figure that deals have."""
    if ranked_measure(parts) == "amount" and not _is_most_money(parts):
        return ()
    return tuple("asc" if value == "fewest" else "desc" for value in parts.values("lead"))


def _is_most_money(parts: Parts) -> bool:
    """True for "acquihire er moddhe sobcheye beshi taka kontay": of which of the deals the money is most."""
    after = [parts.words[cue.end].stem for cue in parts.cues if cue.kind == "lead" and cue.end < len(parts.words)]
    return bool(set(after) & said("money_words")) and parts.says(*said("which_of_them"))


def _asks_for_several(parts: Parts) -> bool:
    """True for a plural right after the superlative: "the largest deals", সবচেয়ে বড় চুক্তিগুলো; not "the largest of the deals"."""
    if any(word.text in said("singular_which") for word in parts.words):
        return False
    rank = next(cue for cue in parts.cues if cue.kind in ("rank", "lead"))
    nouns = [cue for cue in parts.cues if cue.kind in ("deal", "type", "frame", "sector") and cue.start >= rank.end]
    first = nouns[0] if nouns else None
    named = range(first.end - 1, first.end + 1) if first else range(rank.end, rank.end + 1)
    texts = [parts.words[place].text for place in named if place < len(parts.words)]
    return any(text in _PLURALS or text.endswith(("গুলো", "গুলি", "gulo", "guli")) for text in texts)


def _dated(parts: Parts, query: Query) -> Query:
    descending = parts.values("rank")[0] == "latest"
    return replace(query, intent=Intent.RANK, measure="announced", descending=descending, limit=1)


def ordered(parts: Parts, query: Query) -> Query | None:
    """Read "rank by valuation", "sort by size", "বড় থেকে ছোট": all of them, in order."""
    if not parts.has("intent", "order"):
        return None
    rising = (parts.has("rank", "asc") or parts.says("ascending")) and not parts.has("falling")
    return replace(query, intent=Intent.RANK, measure=ranked_measure(parts), descending=not rising, limit=parts.number)
