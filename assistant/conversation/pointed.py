"""Which of the shown deals a follow-up means: by place, by order, by what its words tell, or the only one there is."""

from dataclasses import replace

from assistant.aggregate import aggregate
from assistant.asked import lookup_measure, ranked_measure
from assistant.conversation.before import Before
from assistant.conversation.stated import Stated, asked_of, asks_side, is_descriptor
from assistant.conversation.told import told
from assistant.intents import decide
from assistant.schema import EVERYTHING, Filters, Intent, Measure, PartyTerm, Query
from assistant.selection import measure, select
from assistant.terms import of_any_role
from assistant.words import said
from index.records import Deal, Status

_FEW = 3  # deals at most that "it" may point to
_FIELDS = ("announced", "closed", "parties", "status", "source", "type", "terms")  # fields that nothing is ranked by
_DATED = ("latest", "earliest")


def pinned(before: Query, deals: tuple[str, ...], before_all: Before) -> Query:
    """Return the earlier query narrowed to some of its deals, its other conditions kept where they all hold."""
    filters = replace(before.filters, deals=deals)
    if len(select(before_all.ledger, filters)) != len(deals):
        filters = Filters(deals=deals, parties=before.filters.parties)
    if len(select(before_all.ledger, filters)) != len(deals):
        filters = Filters(deals=deals)
    return replace(before, filters=filters, limit=None, group_by=None, compared=(), subject=())


def by_place(one: Stated, before: Before) -> Query | None:
    """Read "the second one", শেষেরটা: the place in the answer's text where that tells its deals, else in our order."""
    if one.pointer is None or one.pointer.place is None:
        return None
    if one.parts.has("rank") and decided(one).intent == Intent.RANK:
        return _by_rank_place(one, before)
    place = one.pointer.place
    items: tuple[frozenset[str], ...] = tuple(frozenset({name}) for name in before.shown)
    if len(before.items) > max(place, 1):
        items = before.items
    elif len(before.cited) > place >= 0:
        items = before.cited
    named = frozenset(deal.id for deal in select(before.ledger, Filters(parties=of_any_role(one.query.filters.parties))))
    if one.query.filters.parties:
        items = tuple(item & named for item in items if item & named)
    if not items:
        return None
    several = one.pointer.count
    if several > 1:
        chosen = items[:several] if place == 0 else items[-several:]
    else:
        chosen = (items[place] if place < len(items) else items[-1],)
    return pinned(before.query, tuple(name for item in chosen for name in sorted(item)), before)


def by_order(one: Stated, before: Before, scope: Query) -> Query | None:
    """Read "when was the bigger one?", "শেষবার কত?": the first by an order, of which a field is asked."""
    ranked = _order_of(one)
    if ranked is None:
        return None
    asked, descending, plain = ranked
    if plain:  # "the bigger one" of a few: as their amounts are shown, ceilings too
        found = _plainly(select(before.ledger, scope.filters), asked, descending)
    else:
        query = replace(scope, intent=Intent.RANK, measure=asked, descending=descending, limit=1, group_by=None)
        found = aggregate(before.ledger, query).deals
    return pinned(scope, found, before) if found else None


def _plainly(deals: tuple[Deal, ...], asked: Measure, descending: bool) -> tuple[str, ...]:
    dated = asked == "announced"
    sized = [(deal.span.first.toordinal() if dated else measure(deal, asked), deal.id) for deal in deals]
    stated = [(size, name) for size, name in sized if size is not None]
    return ((max if descending else min)(stated)[1],) if stated else ()


def by_words(one: Stated, before: Before) -> Query | None:
    """Read "the Series G one", "the $27 billion one": the shown deals that its words tell."""
    if not is_descriptor(one) or one.parts.mentions or replace(one.query.filters, deals=(), text="") != EVERYTHING:
        return None
    found = told(before.ledger, before.linker, before.names, one.parts.text, before.shown)
    deals = tuple(sorted(found[0])) if found else ()
    return pinned(before.query, deals, before) if deals else None


def the_only(one: Stated, before: Before) -> Query | None:
    """Read "when?", "is it final?": the deal that the answer tells of, or the few that answered a look-up."""
    query = decided(one)
    points = one.says("pointers", "strong_pointers")
    new = one.query.filters
    asks = query.intent in (Intent.LOOKUP, Intent.YESNO) or (points and query.intent == Intent.LIST)
    if not asks or not _is_said(new.parties, before):
        return None
    if query.intent == Intent.LIST and (new != EVERYTHING or one.parts.has("intent", "list")):
        return None
    shown = the_single(before)
    if query.intent == Intent.LOOKUP and not is_of(one, before, shown):
        return None  # "and the margin loan?": another one
    return pinned(before.query, shown, before) if shown else None


def _is_said(named: tuple[PartyTerm, ...], before: Before) -> bool:
    """True where every company named was spoken of already, and one deal with them is what the answer tells of."""
    held = {name for term in before.query.filters.parties if not term.negated for name in term.entities}
    known = all(term.entities and term.entities <= held and not term.negated for term in named)
    return not named or (known and len(before.items) == 1 and len(before.items[0]) == 1)


def parties_of(one: Stated, before: Before) -> Query | None:
    """Read "from which banks?", "kon kon bank?": who of a kind took part in the deal that was spoken of."""
    single = the_single(before)
    if len(single) != 1 or not asks_side(one):
        return None
    filters = Filters(deals=single, parties=one.query.filters.parties)
    base = replace(pinned(before.query, single, before), intent=Intent.LOOKUP, measure="parties")
    return base if select(before.ledger, filters) and not one.pointer else None


def outcome_of(one: Stated, before: Before) -> Query | None:
    """Read "চুক্তি সই হয়ে গেছে?", "signed?" of one deal: its status at the end of a question asks for yes or no."""
    single = the_single(before)
    new = one.query.filters
    ends = any(cue.kind == "status" and cue.end >= len(one.texts) for cue in one.parts.cues)
    asks = ends and one.parts.text.rstrip().endswith("?") and not one.parts.has("intent") and not one.parts.has("measure")
    if (
        len(single) != 1
        or not asks
        or not new.statuses
        or new.parties
        or one.says("classifiers", "plurals", "narrowing", "which")
    ):
        return None
    return replace(pinned(before.query, single, before), intent=Intent.YESNO, measure=None)


def done(statuses: frozenset[Status]) -> frozenset[Status]:
    """Return the statuses that answer "is it signed?": what has closed since was signed as well."""
    return statuses | {Status.CLOSED, Status.AMENDED} if Status.SIGNED in statuses else statuses


def is_of(one: Stated, before: Before, deals: tuple[str, ...]) -> bool:
    """True when the kinds and topics that a follow-up states are those of one of the deals."""
    new = one.query.filters
    return bool(select(before.ledger, Filters(deals=deals, types=new.types, text=new.text)))


def the_single(before: Before) -> tuple[str, ...]:
    """Return the deal that was spoken of, or the few that answered a look-up; nothing after a longer list."""
    shown = before.shown
    told_one = len(before.items) == 1 or (before.items and before.query.intent == Intent.YESNO)  # a verdict leads with its deal
    if len(shown) > 1 and told_one and len(before.items[0]) == 1:
        return tuple(before.items[0])
    few = _FEW if before.query.intent in (Intent.RANK, Intent.LOOKUP, Intent.YESNO) else 1
    return shown if len(shown) <= few else ()


def decided(one: Stated, ordered: bool = True) -> Query:
    """Return what a follow-up asks of the deals that it points to; LIST where it asks nothing."""
    parts = asked_of(one, ordered)
    query = Query(Intent.UNKNOWN, one.query.language, one.query.script, one.query.filters, search=one.query.search)
    if parts.has("intent", "fate") and not parts.has("intent", "count", "sum"):
        return replace(query, intent=Intent.LOOKUP, measure="status")
    asked = decide(parts, query)
    if weighs_among(one) and asked.intent in (Intent.LIST, Intent.LOOKUP, Intent.PASSAGE):
        least = parts.has("less")
        return replace(query, intent=Intent.RANK, measure=ranked_measure(parts), descending=not least, limit=1)
    return asked


def weighs_among(one: Stated) -> bool:
    """True for "tader moddhe ke beshi paise", "which of the two put in more": the one that stands first of those shown."""
    these = said("strong_pointers") | said("genitive") | said("two_of_them") | said("three_of_them")
    places = (place for place, text in enumerate(one.texts) if text in said("among") or text == "of")
    of_them = any({*one.texts[max(0, place - 1) : place], *one.texts[place + 1 : place + 3]} & these for place in places)
    weighs = any(map(one.parts.has, ("more", "less", "comparative"))) and not one.parts.ranges
    return of_them and weighs and bool(one.says("who", "which_of_them", "which")) and not one.parts.mentions


def _by_rank_place(one: Stated, before: Before) -> Query | None:
    """Read "the second largest"."""
    asked = decided(one)
    ranked = replace(before.query, intent=Intent.RANK, measure=asked.measure, descending=asked.descending, limit=None)
    found = aggregate(before.ledger, ranked).deals
    place = one.pointer.place if one.pointer and one.pointer.place is not None else 0
    return pinned(before.query, (found[place],), before) if place < len(found) else None


def _order_of(one: Stated) -> tuple[Measure, bool, bool] | None:
    """Return what chooses among the shown deals (measure, descending, by plain amounts), where a field is asked."""
    asked = lookup_measure(asked_of(one))
    kinds = one.parts.values("rank")
    if any(text in said("last_time") for text in one.texts):
        return "announced", True, True
    if any(text in said("first_time") for text in one.texts):
        return "announced", False, True
    if kinds and kinds[0] in _DATED:
        return ("announced", kinds[0] == "latest", True) if asked else None
    if one.pointer and one.pointer.measure and (asked in _FIELDS or not kinds):
        return one.pointer.measure, one.pointer.descending, not kinds
    return ("amount", kinds[0] == "desc", False) if kinds and asked in _FIELDS and asked != "parties" else None
