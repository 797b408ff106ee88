"""Which side of the earlier question a newly named company takes: the readings in order of likelihood."""

from dataclasses import replace

from assistant.conversation.stated import Stated, is_among_shown, is_descriptor, leaves_out
from assistant.schema import PartyTerm
from assistant.terms import of_any_role
from assistant.words import said
from index.records import Role

Terms = tuple[PartyTerm, ...]
PAYING = frozenset({Role.BUYER, Role.INVESTOR, Role.ACQUIRER, Role.LENDER, Role.LESSEE, Role.GUARANTOR, Role.HOLDER})
_ACTED = frozenset({Role.INVESTEE, Role.TARGET, Role.SELLER, Role.BORROWER, Role.LESSOR, Role.ISSUER})
_EXCHANGED = 2  # companies of "swap X for Y"
_BESIDE = -1  # in place of none: a further condition
_PREPOSITIONS = ("in", "into", "to", "for", "from", "of")


def readings(one: Stated, old: Terms, new: Terms) -> tuple[Terms, ...]:
    """Return the party conditions that a follow-up may mean, likeliest first: with the roles of old, then without."""
    if not new:
        return (old, *_of_kind(one, old))
    if leaves_out(one):
        new = tuple(replace(term, negated=True, roles=frozenset()) for term in new)
    if all(term.negated for term in new):
        return ((*old, *new),)
    new = _without_gone(one, old, new)
    swapped = _substituted(one, old, new)
    if swapped:
        return (swapped, *_without_roles([swapped]))
    kept = tuple(term for term in old if term.negated and not term.entities & new[0].entities)
    positive = tuple(term for term in old if not term.negated)
    if not positive or len(new) > 1:
        return ((*new, *kept), *_without_roles([(*new, *kept)]))
    term = new[0]
    found = [(*_with(positive, place, term), *kept) for place in _places(one, positive, term)]
    return tuple(dict.fromkeys((*found, *_without_roles(found))))


def _without_gone(one: Stated, old: Terms, new: Terms) -> Terms:
    """Return only the company that comes in, where the one that goes was no condition: "google er bodole coreweave"."""
    held = {name for term in old for name in term.entities}
    if not one.says("substitutes") or len(new) != _EXCHANGED or any(term.entities & held for term in new):
        return new
    return new[:1] if "instead" in one.texts else new[1:]


def _of_kind(one: Stated, old: Terms) -> tuple[Terms, ...]:
    """Return the terms for deals of another type: who acted acts in them as well, whatever the role is called there."""
    if not one.query.filters.types:
        return ()
    sides = tuple(replace(term, roles=_ACTED if term.roles & _ACTED else PAYING) if term.roles else term for term in old)
    return (sides, of_any_role(old))


def _substituted(one: Stated, old: Terms, new: Terms) -> Terms:
    """Return the terms of "swap Microsoft for Oracle", "microsoft er bodole oracle": one takes the other's place."""
    texts = {*one.lead, *one.texts}
    named = [term for term in new if len(term.entities) == 1]
    gone = [term for term in named if any(term.entities == other.entities for other in old)]
    if not texts & said("substitutes") or len(named) != len(new) or len(gone) != 1 or len(new) != _EXCHANGED:
        return ()
    come = next(term for term in new if term not in gone)
    return tuple(replace(come, roles=term.roles) if term.entities == gone[0].entities else term for term in old)


def _with(positive: Terms, place: int, term: PartyTerm) -> Terms:
    if place == _BESIDE:
        return (*positive, term)
    return (*positive[:place], replace(term, roles=term.roles or positive[place].roles), *positive[place + 1 :])


def _without_roles(found: list[Terms]) -> list[Terms]:
    return [of_any_role(terms) for terms in found]


def _places(one: Stated, positive: Terms, term: PartyTerm) -> list[int]:
    """Return the places that the new term may take, likeliest first."""
    every = list(range(len(positive)))
    same = [place for place in every if positive[place].entities & term.entities]
    if same:
        return same
    if not (term.roles or _is_genitive(one) or any(other.roles for other in positive) or _says_with(one)):
        every.reverse()  # who is named last is likeliest to change
    like = [place for place in every if bool(positive[place].entities) == bool(term.entities)]
    every = [*like, *(place for place in every if place not in like)]
    if term.roles:
        shared = [place for place in every if positive[place].roles & term.roles]
        return [*shared, _BESIDE, *(place for place in every if place not in shared)]
    return _by_form(one, positive, every)


def _by_form(one: Stated, positive: Terms, every: list[int]) -> list[int]:
    """Return the places by the form that the new company stands in: its preposition, case ending, the words around it."""
    if _narrows(one):
        return [_BESIDE, *every]
    if _says_with(one):
        return [*every[1:], *([_BESIDE] if len(every) == 1 else []), every[0], _BESIDE]
    if any(other.roles for other in positive):
        acted = _is_object(one)
        fits = [place for place in every if bool(positive[place].roles & _ACTED) is acted]
        if not fits and not _is_genitive(one):
            return [_BESIDE, *every]  # its side was left open
        return [*fits, *(place for place in every if place not in fits), _BESIDE]
    return [*every, _BESIDE]


def _narrows(one: Stated) -> bool:
    """True where the company says which of the shown deals are meant: "only Google", "which of these with Nvidia"."""
    leads = any(text in said("narrowing") for text in one.lead)
    mention = one.parts.mentions[0].start if one.parts.mentions else 0
    pointed = any(text in said("strong_pointers") for text in one.texts[:mention])
    return leads or pointed or one.says("narrowing") or is_descriptor(one) or is_among_shown(one)


def _says_with(one: Stated) -> bool:
    return one.says("follow_ups_with")


def _is_genitive(one: Stated) -> bool:
    mentions = one.parts.mentions
    return bool(mentions) and mentions[0].ending in said("genitive") | {"'s", "s", "r", "er"}


def _is_object(one: Stated) -> bool:
    """True for "in X", "to X", এক্সে, এক্সকে: the company that something is done to."""
    if not one.parts.mentions:
        return False
    mention = one.parts.mentions[0]
    previous = one.texts[mention.start - 1] if mention.start else ""
    return mention.ending in said("locative") | said("accusative") or previous in _PREPOSITIONS
