"""Readings that match nothing though they presuppose a deal are loosened: a word of a title, a role, a type, a turned verb."""

from dataclasses import replace

from assistant.filters import is_typed_by_verb
from assistant.parts import Parts
from assistant.schema import Filters, Intent, PartyTerm, Query
from assistant.selection import select
from assistant.terms import Joined, of_any_role
from assistant.vocabulary import Vocabulary
from assistant.words import said
from index.ledger import Ledger
from index.records import DealType, Role
from index.text import stem

# Verbs that claim a fact of both parties: a look-up with one of them is never loosened to other deals.
_CLAIMING = ("acquire", "invest", "lend", "borrow", "guarantee", "buy", "sell", "rent", "let", "issue", "hold", "shares")
# Who hires and who is hired from, where it was said who bought whom.
_HIRED = {frozenset({Role.ACQUIRER}): frozenset({Role.BUYER}), frozenset({Role.TARGET}): frozenset({Role.SELLER})}
_ENOUGH = 2  # parties that are left when a third name is read as a word of the title ("the loan ... for OpenAI")
_FEW = 3  # parties at most of a deal in which one surely holds of another
_PRESUMING = (Intent.LOOKUP, Intent.SUM, Intent.LIST)  # intents that presuppose a deal


def repaired(ledger: Ledger, vocabulary: Vocabulary, parts: Parts, query: Query) -> Query:
    """Loosen what matches nothing though it presupposes a deal: a title's word taken for a party, a role, a type."""
    if query.intent == Intent.YESNO and _is_free(parts) and not _matches(ledger, query.filters):
        turned = _turned(query.filters)  # "ইন্টারসেক্ট কি অ্যালফাবেট কিনেছে": either may be who buys
        return replace(query, filters=turned) if _matches(ledger, turned) else query
    if query.intent not in _PRESUMING or query.unknown_names or _matches(ledger, query.filters):
        return query
    filters = query.filters
    claiming = parts.has("frame", *_CLAIMING) or parts.has("measure", "stake")
    claims = (
        claiming
        and any(term.roles for term in filters.parties)
        and len([term for term in filters.parties if not term.negated]) > 1
    )
    claims = claims and query.measure != "status"  # how far it has come: that there is a deal is not in doubt
    loose = replace(filters, parties=of_any_role(filters.parties))
    claims = claims and not parts.has("measure", "stake", "shares") and not parts.says(*said("behind"))
    untyped = replace(filters, types=frozenset())
    tried = [untyped] if claims else [loose, untyped, replace(loose, types=frozenset())]
    tried += _otherwise(ledger, parts, query)
    if parts.language == "bn":  # case endings left out: who acts on whom, the records settle
        tried.insert(0, _turned(filters))
    if query.intent == Intent.LIST:  # a list may be empty; only a type that the verb brought is read anew
        tried = [untyped] if is_typed_by_verb(parts) else []
        tried += [loose] if "series" in filters.text else []  # a round says by its name who is paid
    sites = _titled(parts, filters) if filters.types else []
    for mention in parts.mentions:
        known_by_title = vocabulary.names.get(stem(mention.text.casefold()), 0)
        base = filters if claims else loose
        terms = tuple(term for term in base.parties if mention.entity not in term.entities)
        if known_by_title <= len(ledger.of_party(mention.entity)) and len(terms) < _ENOUGH:
            continue  # only what titles name more often than parties do is a site: Stargate
        named = replace(base, parties=terms, text=f"{base.text} {mention.text}".strip())
        if len(terms) < len(base.parties) and (terms or named.types or named.ranges or base.text):
            sites += [named, replace(named, types=frozenset())]
    loosened = (one for one in (*sites, *tried) if one != filters and _matches(ledger, one))
    if parts.has("measure", "stake", "shares"):  # of a round's many holders none holds of another
        loosened = (one for one in loosened if _is_theirs(ledger, one))
    return next((replace(query, filters=one) for one in loosened), query)


def _otherwise(ledger: Ledger, parts: Parts, query: Query) -> list[Filters]:
    """Return what is tried last: a date to come dropped, people hired for companies bought, the deals of each added up."""
    filters, found = query.filters, list[Filters]()
    last = max((deal.span.last for deal in ledger.deals), default=None)
    if query.intent == Intent.LOOKUP and filters.since and last and filters.since > last:
        found.append(replace(filters, since=None, until=None))  # "what is aimed at for 2030": no deal was made then
    if query.intent != Intent.LIST and parts.has("frame", "acquire"):  # "scooped up its people": a licence, not the company
        hired = tuple(replace(term, roles=_HIRED.get(term.roles, term.roles)) for term in filters.parties)
        found.append(replace(filters, parties=hired, types=frozenset({DealType.ACQUIHIRE_LICENSE})))
    if query.intent == Intent.SUM:
        found += _of_each(ledger, filters)
    return found


def _of_each(ledger: Ledger, filters: Filters) -> list[Filters]:
    """Return the sums over companies that no one deal has: of one with each of the others, else of each of them."""
    named = tuple(PartyTerm(frozenset({one})) for term in filters.parties if not term.negated for one in sorted(term.entities))
    if len(named) < _ENOUGH:
        return []
    pivots = []
    for term in named:
        others = tuple(other for other in named if other != term)
        if all(_matches(ledger, replace(filters, parties=(term, other))) for other in others):
            pivots.append(replace(filters, parties=(term, Joined(others, "or").either)))
    return [*pivots[:1], replace(filters, parties=(Joined(named, "or").either,))]


def _is_free(parts: Parts) -> bool:
    """True for a Bengali question in which the case of neither company is marked, and so not who acts on whom."""
    marked = any(mention.ending for mention in parts.mentions)
    return parts.language == "bn" and len(parts.mentions) > 1 and not marked and parts.says(*said("particles"))


def _matches(ledger: Ledger, filters: Filters) -> bool:
    return bool(select(ledger, filters))


def _is_theirs(ledger: Ledger, filters: Filters) -> bool:
    """True when the filters leave one deal of few companies."""
    found = select(ledger, filters)
    return len(found) == 1 and len(found[0].entities) <= _FEW


def _titled(parts: Parts, filters: Filters) -> list[Filters]:
    """Return the filters with one company each as a word of the title: "the loan against its OpenAI shares"."""
    found = []
    for mention in parts.mentions:
        kept = of_any_role(term for term in filters.parties if mention.entity not in term.entities)
        if kept and len(kept) < len(filters.parties):
            found.append(replace(filters, parties=kept, text=f"{filters.text} {mention.text}".strip()))
    return found


def _turned(filters: Filters) -> Filters:
    """Return the filters with the roles of the two parties exchanged: স্ট্যাটসিগ কবে কিনল ওপেনএআই."""
    first, *rest = [term for term in filters.parties if term.roles and not term.negated] or [PartyTerm()]
    if len(rest) != 1:
        return filters
    roles = {first: rest[0].roles, rest[0]: first.roles}
    return replace(filters, parties=tuple(replace(term, roles=roles.get(term, term.roles)) for term in filters.parties))
