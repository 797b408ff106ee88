"""Who leads: "which company has the most deals with X", "কোন বছরে সবচেয়ে বেশি চুক্তি", "top 5 investors by number of deals"."""

from dataclasses import replace

from assistant.frames import AGENTS, FRAMES, Roles
from assistant.parts import Parts
from assistant.schema import GroupKey, Intent, PartyTerm, Query
from assistant.words import Cue, said
from index.records import DealType, Role

_NEAR = 2  # words at most between "most" and the deals that are counted
_OF_ONE_DEAL = ("valuation", "gigawatts", "stake", "shares", "term")  # of what a single deal has the most
_KEYS: tuple[GroupKey, ...] = ("year", "month", "quarter", "type", "sector", "country", "status")
_ACTING: dict[DealType, Roles] = {
    DealType.ACQUISITION: frozenset({Role.ACQUIRER}),
    DealType.EQUITY_INVESTMENT: frozenset({Role.INVESTOR}),
    DealType.DEBT_FINANCING: frozenset({Role.LENDER}),
    DealType.BACKSTOP: frozenset({Role.GUARANTOR}),
}


def leaders(parts: Parts, query: Query) -> Query | None:
    """Read a superlative of number as the first groups by count; None where no number of deals is compared."""
    cue = next((one for one in parts.cues if one.kind == "lead" and _counts_deals(parts, one)), None)
    if cue is None or (parts.has("measure", *_OF_ONE_DEAL) and not _says_number_of_deals(parts, cue)):
        return None
    key = _key(parts)
    filters = query.filters
    if key == "party" and not any(not term.entities and not term.negated for term in filters.parties):
        roles = _asked_roles(parts, query)
        if roles:
            filters = replace(filters, parties=(*filters.parties, PartyTerm(roles=roles)))
    return replace(
        query,
        intent=Intent.GROUP,
        group_by=key,
        measure="count",
        limit=parts.number or 1,
        descending=cue.value != "fewest",
        filters=filters,
    )


def _counts_deals(parts: Parts, cue: Cue) -> bool:
    """True where deals are what there is most of: "most deals", "চুক্তি সবচেয়ে বেশি", "most often"."""
    if {word.text for word in parts.words[cue.start : cue.end]} & said("counting_words"):
        return True
    return any(
        one.kind in ("deal", "type") and (0 <= one.start - cue.end <= _NEAR - 1 or 0 <= cue.start - one.end <= _NEAR - 1)
        for one in parts.cues
    ) and not _of_money(parts, cue)


def _says_number_of_deals(parts: Parts, cue: Cue) -> bool:
    return any(one.kind in ("deal", "type") and one.start == cue.end for one in parts.cues)


def _of_money(parts: Parts, cue: Cue) -> bool:
    around = parts.words[max(0, cue.start - 1) : cue.end + _NEAR]
    return bool({word.stem for word in around} & said("money_words"))


def _key(parts: Parts) -> GroupKey:
    """Return what is asked for: the noun after "which", else the companies."""
    for key in _KEYS:
        for place, word in enumerate(parts.words):
            if word.stem in said(f"key_{key}") and any(
                before.text in said("which_one") for before in parts.words[max(0, place - 2) : place]
            ):
                return key
    return "party"


def _asked_roles(parts: Parts, query: Query) -> Roles:
    """Return the role of the companies asked for: of an agent noun, a verb or the type of deal."""
    named = {role for term in query.filters.parties for role in term.roles}
    for cue in parts.cues:
        if cue.kind == "frame" and cue.value in AGENTS:
            return AGENTS[cue.value][1]
        if cue.kind == "frame" and cue.value in FRAMES:
            frame = FRAMES[cue.value]
            return frame.acted if named & frame.acting else frame.acting
    kinds = [roles for kind, roles in _ACTING.items() if query.filters.types == {kind}]
    return kinds[0] if kinds and not query.filters.parties else frozenset()
