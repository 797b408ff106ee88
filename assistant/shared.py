"""Companies that stand on two sides at once: "Which investors backed both Anthropic and OpenAI?"."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.asked import is_yesno
from assistant.frames import AGENTS, FRAMES, NONE, Roles
from assistant.parts import Parts
from assistant.schema import Filters, Intent, PartyTerm, Query, Side
from assistant.selection import select
from assistant.words import Cue, said
from index.ledger import Ledger
from index.records import Deal, DealType

_ASKED = (Intent.LIST, Intent.LOOKUP, Intent.COUNT, Intent.COMPARE, Intent.UNKNOWN)
# What a verb that sells or lends makes of a deal's type; a round is no supply even where the supplier takes part.
_TRADED = frozenset({DealType.CHIP_SUPPLY, DealType.CLOUD_CONTRACT, DealType.LEASE})


def with_sides(parts: Parts, query: Query) -> Query:
    """Return the query with its sides where it asks for companies that are on both; unchanged otherwise."""
    if query.intent not in _ASKED or is_yesno(parts) or not _asks_who(parts):
        return query
    sides = _of_companies(parts, query) or _of_verbs(parts, query)
    return replace(query, intent=Intent.LIST, sides=sides, compared=(), measure=None) if len(sides) > 1 else query


def shared(ledger: Ledger, query: Query) -> tuple[tuple[str, tuple[Deal, ...]], ...]:
    """Return the companies that are on every side, most deals first, each with its deals there."""
    named = frozenset[str]().union(*(term.entities for side in query.sides for term in side.filters.parties))
    found = [_companies(select(ledger, side.filters), side.roles, named) for side in query.sides]
    common = set(found[0]).intersection(*found[1:])
    rows = [(entity, tuple({deal.id: deal for deals in found for deal in deals[entity]}.values())) for entity in sorted(common)]
    return tuple(sorted(rows, key=lambda row: -len(row[1])))


def _companies(deals: Iterable[Deal], roles: Roles, named: frozenset[str]) -> dict[str, list[Deal]]:
    found: dict[str, list[Deal]] = {}
    for deal in deals:
        for party in deal.parties:
            if party.entity not in named and (not roles or party.role in roles):
                found.setdefault(party.entity, []).append(deal)
    return {entity: list(dict.fromkeys(rows)) for entity, rows in found.items()}


def _asks_who(parts: Parts) -> bool:
    texts = {word.text for word in parts.words}
    asked = bool(texts & (said("who_bn") | said("who_en"))) or any(
        cue.kind == "frame" and cue.value in AGENTS for cue in parts.cues
    )
    return (
        asked
        or parts.has("measure", "parties")
        or (parts.has("intent", "list") and (parts.has("sector") or bool(texts & said("firms"))))
    )


def _of_companies(parts: Parts, query: Query) -> tuple[Side, ...]:
    """Read "backed both A and B": one side for each company, the same verb on all."""
    lists = parts.lists
    if not parts.has("both") or len(lists) != 1 or not all(term.entities for term in lists[0].terms):
        return ()
    listed = lists[0].terms
    verbs = [cue.value for cue in parts.cues if cue.kind == "frame" and cue.value in FRAMES]
    agents = [cue.value for cue in parts.cues if cue.kind == "frame" and cue.value in AGENTS]
    roles, own = listed[0].roles, NONE
    if verbs:
        frame = FRAMES[verbs[0]]
        # Without case endings a Bengali list before the verb reads as who acts; asked is who acts on the list.
        roles, own = (frame.acted, frame.acting) if roles in (frame.acted, frame.acting, NONE) else (roles, NONE)
    elif agents:
        roles, own = AGENTS[agents[0]]
    others = tuple(term for term in query.filters.parties if not any(term.entities & one.entities for one in listed))
    base = replace(query.filters, parties=others)
    return tuple(Side(replace(base, parties=(*others, replace(term, roles=roles))), own) for term in listed)


def _of_verbs(parts: Parts, query: Query) -> tuple[Side, ...]:
    """Read "sells chips to A and also invests in it": one company, a side for each verb."""
    named = [term for term in query.filters.parties if term.entities and not term.negated]
    verbs = list(dict.fromkeys(cue.value for cue in parts.cues if _is_verb(cue)))
    if len(named) != 1 or len(verbs) != 2 or not (parts.has("both") or parts.says(*said("also"))):
        return ()
    first, second = (FRAMES[verb] for verb in verbs)
    if first.acting & second.acting:
        return ()
    return tuple(Side(_side(query.filters, named[0], verb), FRAMES[verb].acting) for verb in verbs)


def _is_verb(cue: Cue) -> bool:
    return cue.kind == "frame" and cue.value in FRAMES and cue.value not in ("come", "pay")


def _side(filters: Filters, named: PartyTerm, verb: str) -> Filters:
    """Return the deals of one verb with the named company; a type that is traded belongs to selling and buying only."""
    trades = verb in ("sell", "buy", "rent")
    types = filters.types if trades or not filters.types <= _TRADED else frozenset[DealType]()
    return replace(filters, parties=(replace(named, roles=FRAMES[verb].acted),), types=types)
