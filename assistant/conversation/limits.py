"""Limits that a follow-up takes back or puts aside: "drop Meta", "not only 2026, all years", "AMD na, Broadcom"."""

from dataclasses import replace
from datetime import timedelta

from assistant.conversation.before import Before
from assistant.conversation.pointed import pinned
from assistant.conversation.stated import Stated, leaves_out
from assistant.linking import read_words
from assistant.schema import EVERYTHING, Filters, Query
from assistant.selection import select
from assistant.words import Word, said
from index.text import stem

_FEW = 4  # words at most of what is denied before the right one is named
_TAGS = frozenset({"tai", "তাই", "ঠিক", "thik", "is", "right"})  # ", tai na?" asks for a yes and denies nothing


def without_denied(text: str) -> str:
    """Return a correction without what it denies: "not AMD, Broadcom", "amd na, broadcom", "Broadcom, not AMD"."""
    words = read_words(text)
    if {word.text for word in words} & said("everything"):
        return text  # "not only AMD, all of them": a limit is taken back
    for place in range(1, len(words)):
        if text[words[place - 1].end : words[place].start].strip() not in (",", ";", "।") and words[place].text != "but":
            continue
        first, rest = words[:place], words[place + (words[place].text == "but") :]
        if _is_denied(first) and rest:
            return text[rest[0].start :]
        if _is_denied(rest) and first:
            return text[: first[-1].end] + text[words[-1].end :]
    return text


def _is_denied(words: tuple[Word, ...]) -> bool:
    """True for "not AMD", "amd na": a few words of which one at an end denies the rest."""
    if not 1 < len(words) <= _FEW or {word.text for word in words} & _TAGS:
        return False
    return words[0].text == "not" or (words[-1].text in said("not_this") and words[-1].text != "not")


def widened(one: Stated, old: Filters) -> tuple[Filters, Filters]:
    """Return (what the follow-up states, the earlier conditions) without what is taken back: "all years", "not only loans"."""
    new = one.query.filters
    every = {kind for kind, name in _NOUNS.items() if _is_all(one, name)}
    if one.parts.has("intent", "timeline") and one.says("everything"):
        every.add("dates")
    if one.says("everything") and _takes_back(one):
        every |= {kind for kind, fields in _FIELDS.items() if any(getattr(new, field) for field in fields)}
    empty = {field: getattr(EVERYTHING, field) for kind in every for field in _FIELDS[kind]}
    return replace(new, **empty), replace(old, **empty)


def subtracted(one: Stated, before: Before) -> Query | None:
    """Read "without the 2019 one", "loan gula bad dao": the deals of a date, a size or a kind are taken away."""
    new = one.query.filters
    tells = new.since or new.until or new.ranges or new.types or new.without_types
    if not leaves_out(one) or new.parties or new.statuses or new.without_statuses or not tells:
        return None
    gone = replace(EVERYTHING, since=new.since, until=new.until, ranges=new.ranges, types=new.types | new.without_types)
    taken = {deal.id for deal in select(before.ledger, gone)}
    left = tuple(deal.id for deal in select(before.ledger, before.query.filters) if deal.id not in taken)
    if not left and new.since:  # nothing is left: say so of the time before
        filters = replace(before.query.filters, since=None, until=new.since - timedelta(days=1), deals=())
        return replace(before.query, filters=filters)
    return pinned(before.query, left, before) if left else None


def _is_all(one: Stated, nouns: tuple[str, ...]) -> bool:
    """True for "all years", সব বছরের, "any status"."""
    known = frozenset[str]().union(*map(said, nouns))
    return any(
        text in said("everything") and {after, stem(after)} & known
        for place, text in enumerate(one.texts[:-1])
        for after in one.texts[place + 1 : place + 2]
    )


def _takes_back(one: Stated) -> bool:
    """True for "not only 2026", "sudhu 2026 na"."""
    texts = (*one.lead, *one.texts)
    only = next((place for place, text in enumerate(texts) if text in said("narrowing")), len(texts))
    return any(text in said("not_this") for text in texts[max(0, only - 1) : only + _FEW])


_NOUNS = {"dates": ("key_year", "periods"), "types": ("key_type",), "statuses": ("key_status",)}
_FIELDS = {
    "dates": ("since", "until"), "types": ("types", "without_types"), "statuses": ("statuses", "without_statuses"),
    "parties": ("parties",),
}  # fmt: skip
