"""Words that no condition claimed but the records hold: they tell which of the matching deals is meant ("the Vizag hub")."""

from dataclasses import replace

from assistant.everyday import everyday
from assistant.schema import Intent, Query
from assistant.selection import headings, record_words, select, states
from index.ledger import Ledger
from index.numerals import small_number
from index.records import Deal
from index.text import normalise, tokens

_SINGLE = (Intent.LOOKUP, Intent.YESNO)  # intents that mean one deal: every word of its record may tell it
_MANY = (Intent.LIST, Intent.COUNT, Intent.SUM, Intent.RANK)  # the words of its heading only
_SHORTEST = 4  # letters of a word that tells deals apart


def with_leftovers(ledger: Ledger, query: Query) -> Query:
    """Narrow to the deals that hold the words left over; a word that one of them holds is understood.

    Words that no matching deal holds stay as they are, and so does a query that names its deals or none.
    """
    left = (*query.unknown_names, *query.not_understood)
    if not left or query.compared or query.intent not in (*_SINGLE, *_MANY) or not _is_bounded(query):
        return query
    found = _stating(query, select(ledger, query.filters))
    held = {word: _holders(ledger, query, found, word) for word in left}
    known = {word: deals for word, deals in held.items() if deals}
    if not known:
        return query
    kept = [deal.id for deal in found if all(deal.id in deals for deals in known.values())]
    if not kept:
        return query
    lost = tuple(word for word in query.not_understood if word not in known)
    names = tuple(word for word in query.unknown_names if word not in known)
    filters = replace(query.filters, deals=tuple(kept)) if len(kept) < len(found) else query.filters
    return replace(query, filters=filters, not_understood=lost, unknown_names=names)


def _stating(query: Query, found: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """Return the deals that state what is asked for, all where none does."""
    asked = query.measure if query.intent == Intent.LOOKUP else None
    return tuple(deal for deal in found if asked and states(deal, asked)) or found


def _is_bounded(query: Query) -> bool:
    """True where a company or a type is named: a stray word alone chooses no deals."""
    filters = query.filters
    return bool(filters.parties or filters.types or filters.text) and not filters.deals


def _holders(ledger: Ledger, query: Query, found: tuple[Deal, ...], word: str) -> frozenset[str]:
    held = (record_words if query.intent in _SINGLE else headings)(ledger)
    stems = set(tokens(word))
    ordinary = query.intent in _MANY and everyday().holds(normalise(word))
    if len(word) < _SHORTEST or not stems or ordinary or small_number(word.casefold()) is not None:
        return frozenset()
    return frozenset(deal.id for deal in found if stems <= held[deal.id])
