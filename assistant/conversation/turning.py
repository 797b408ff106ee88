"""Turns of speech that change what was asked as a whole: "both together", "who else?", "the other way round"."""

from dataclasses import replace

from assistant.conversation.before import Before
from assistant.conversation.pointed import decided, pinned, the_single
from assistant.conversation.sides import PAYING
from assistant.conversation.stated import Stated
from assistant.frames import FRAMES
from assistant.schema import Filters, Intent, PartyTerm, Query
from assistant.terms import of_any_role
from assistant.words import said
from index.records import Role

_FEW = 6  # shown deals at most whose companies "them" may stand for


def together(one: Stated, before: Before) -> Query | None:
    """Read "both together": the last deals that were spoken of, from earlier turns as well."""
    wanted = 2 if one.says("two_of_them") else 3 if one.says("three_of_them") else 0
    if not wanted or one.query.filters.parties or not one.parts.has("intent", "sum", "compare"):
        return None
    if len(before.items) == wanted:
        if one.parts.has("type") or one.parts.has("deal"):  # "the two rounds": whole ones, whoever took part
            deals = tuple(name for item in before.items for name in sorted(item))
            return replace(before.query, filters=Filters(deals=deals), compared=(), limit=None, flow_sum=False)
        return replace(pinned(before.query, tuple(name for item in before.items for name in sorted(item)), before))
    deals = the_single(before) or before.shown
    for exchange in before.earlier():
        if len(deals) >= wanted:
            break
        deals = tuple(dict.fromkeys((*(the_single(exchange) or exchange.shown), *deals)))
    return replace(before.query, filters=Filters(deals=deals), compared=(), limit=None) if len(deals) == wanted else None


def opened(one: Stated, before: Before) -> Query | None:
    """Read "who else?", "who did then?": the side of the one who acted is asked for anew."""
    others = one.says("else") or any(text in said("again") for text in (*one.lead, *one.texts))
    then = one.says("then") and any(text in said("who") for text in one.texts[:1])
    if not one.says("who") or not (others or then) or one.parts.mentions or one.pointer or _takes_part(one):
        return None
    positive = [term for term in before.query.filters.parties if not term.negated]
    acting = (
        frozenset[Role]().union(*(FRAMES[frame].acting for frame in one.parts.values("frame") if frame in FRAMES)) or PAYING
    )
    asked = next((term for term in positive if term.roles & acting), positive[-1] if len(positive) > 1 else None)
    if asked is None:
        return None
    kept = tuple(term for term in before.query.filters.parties if term != asked)
    filters = replace(
        before.query.filters, parties=(*kept, PartyTerm(asked.entities, negated=True)), deals=(), statuses=frozenset()
    )
    opened = replace(before.query, intent=Intent.LIST, filters=filters, limit=None, measure=None)
    return opened if before.matches(filters) else None


def _takes_part(one: Stated) -> bool:
    """True for "who else was in that round?", "ar ke ke chilo": the parties of the deal spoken of, not another one's."""
    acts = one.parts.has("frame") or one.parts.has("light")
    definite = any(
        one.before("demonstratives", cue.start) for cue in one.parts.cues if cue.kind in ("deal", "type") and cue.start
    )
    return definite or (not acts and one.says("takes_part"))


def between_them(one: Stated, before: Before) -> Query | None:
    """Read "what other deals are there between them?"."""
    named = tuple(term for term in before.query.filters.parties if term.entities and not term.negated)
    place = next((place for place, text in enumerate(one.texts) if text in said("companies_meant")), None)
    if place is None or len(named) != 2 or not (one.after("between", place + 1) or one.before("between", place)):
        return None
    if not one.parts.has("deal") or decided(one).intent not in (Intent.LIST, Intent.COUNT, Intent.SUM):
        return None
    filters = replace(one.query.filters, parties=of_any_role(named))
    return replace(before.query, intent=Intent.LIST, filters=filters, limit=None)


def turned(one: Stated, before: Before) -> Query | None:
    """Read "the other way round": the two companies change places."""
    filters = before.query.filters
    positive = [term for term in filters.parties if not term.negated]
    if not one.says("reversals") or len(positive) != 2:
        return None
    first, second = positive
    exchanged = (replace(second, roles=first.roles), replace(first, roles=second.roles))
    return replace(before.query, filters=replace(filters, parties=exchanged, deals=()))


def with_them(one: Stated, before: Before) -> Query | None:
    """Read "what else does Nvidia have with them?": the other companies of the shown deals, in which Nvidia stands, too."""
    place = next((place for place, text in enumerate(one.texts) if text in said("companies_meant")), None)
    own = {mention.entity for mention in one.parts.mentions}
    if place is None or len(own) != 1 or not (one.after("with_side", place + 1) or one.before("with_side", place)):
        return None
    shown = [set(before.ledger.deal(name).entities) for name in before.shown]
    named = {entity for term in before.query.filters.parties if not term.negated for entity in term.entities}
    if not shown or len(shown) > _FEW or named != own or not all(own <= entities for entities in shown):
        return None
    others = PartyTerm(frozenset().union(*shown) - own)
    filters = replace(one.query.filters, parties=(PartyTerm(frozenset(own)), others))
    return replace(before.query, intent=Intent.LIST, filters=filters, limit=None, measure=None)


def by_another(asked: Query, before: Before) -> Query:
    """Read "did anyone else try to buy it?": whoever was spoken of as acting is set aside."""
    acting = [term for term in before.query.filters.parties if term.roles & PAYING and not term.negated]
    aside = tuple(PartyTerm(term.entities, negated=True) for term in acting)
    return replace(asked, filters=replace(asked.filters, parties=(*asked.filters.parties, *aside)))
