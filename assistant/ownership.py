"""Whether a company is another's: "X owns Y now" is true of a purchase, not of a licence or a few shares."""

from dataclasses import replace

from assistant.parts import Parts
from assistant.schema import Intent, Query
from assistant.words import said
from index.records import DealType, Role

_COMPANIES = 2
_ACTIVE = frozenset({"own", "owns"})


def owned_outright(parts: Parts, query: Query) -> Query:
    """Ask for a purchase where a question of yes or no says that one company is another's."""
    named = [term for term in query.filters.parties if term.entities and not term.negated]
    if query.intent != Intent.YESNO or query.filters.types or len(named) != _COMPANIES:
        return query
    if not parts.says(*said("owning")) or parts.says(*said("owned_in_part")) or "%" in parts.text or parts.ranges:
        return query
    parties = query.filters.parties
    if _is_active(parts):
        roles = dict(zip(named, (Role.ACQUIRER, Role.TARGET), strict=True))
        parties = tuple(replace(term, roles=frozenset({roles[term]})) if term in roles else term for term in parties)
    return replace(query, filters=replace(query.filters, parties=parties, types=frozenset({DealType.ACQUISITION})))


def _is_active(parts: Parts) -> bool:
    """True for "X owns Y": the first of the two is the owner."""
    first, second = sorted(parts.mentions, key=lambda one: one.start)[:_COMPANIES]
    return any(word.text in _ACTIVE for word in parts.words[first.end : second.start])
