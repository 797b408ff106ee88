"""Which deals a question is about, beyond its parties: types, statuses, rounds, topics, and the words left over."""

from collections.abc import Callable
from dataclasses import replace

from assistant.asked import is_yesno
from assistant.frames import AGENTS, FRAMES
from assistant.linking import Mention
from assistant.parts import Parts
from assistant.schema import Filters, PartyTerm, Reading
from assistant.selection import record_words, select
from assistant.statuses import read_statuses
from assistant.terms import of_any_role
from assistant.words import Cue, lexicon, read, said
from index.figures import read_figures
from index.ledger import Ledger
from index.records import DealType, Role, Status

_FRAME_TYPES: dict[str, tuple[DealType, ...]] = {
    "invest": (DealType.EQUITY_INVESTMENT,),
    "raise": (DealType.EQUITY_INVESTMENT,),
    "acquire": (DealType.ACQUISITION,),
    "lend": (DealType.DEBT_FINANCING,),
    "borrow": (DealType.DEBT_FINANCING,),
    "rent": (DealType.LEASE,),
    "let": (DealType.LEASE,),
    "guarantee": (DealType.BACKSTOP,),
}
_CLAUSE = 2  # words after which the subject of a clause stands at most
_OF_PLACES = ("rent", "let")  # verbs whose object is a place
_OF_WARRANTS = frozenset({Role.HOLDER, Role.ISSUER})
_OF_LOANS = frozenset({Role.LENDER, Role.BORROWER, Role.GUARANTOR, Role.PARTNER})
_OF_CUSTOMERS = AGENTS["customers"][0]
_BOUGHT = frozenset({Role.TARGET})
_HELD = FRAMES["shares"].acted
_CURRENCIES = ("EUR", "GBP", "INR", "JPY")
Matches = Callable[[Filters], bool]


def read_filters(parts: Parts, matches: Matches) -> tuple[Filters, tuple[Reading, ...]]:
    """Return the conditions of a question and the choices among meanings that it takes."""
    readings = tuple(
        Reading(one.text, one.entity, one.others, "spelling" if one.how in ("sound", "spelling") else "ambiguous")
        for one in parts.mentions
        if one.others or one.how == "spelling"
    )
    statuses, without = read_statuses(parts)
    filters = Filters(
        parties=parts.terms,
        only_parties=_only_parties(parts) and not statuses,
        types=_types(parts),
        without_types=frozenset(DealType(value) for value in parts.denied),
        statuses=statuses,
        without_statuses=without,
        since=parts.dates[0],
        until=parts.dates[1],
        dated_by="closed" if statuses == {Status.CLOSED} and is_yesno(parts) else "announced",
        ranges=parts.ranges,
        stated=parts.stated,
        unstated=parts.unstated,
    )
    backed = replace(filters, types=filters.types & {DealType.BACKSTOP})
    if len(filters.types) > 1 and backed.types and not parts.has("either") and matches(backed):  # what is backed is no type
        filters = backed
    if any(term.words for term in filters.parties) and not matches(filters):
        filters = replace(filters, parties=tuple(replace(term, words="") for term in filters.parties))
    if (
        parts.has("frame", "buy")
        and not parts.has("type")
        and any(word.stem in ("company", "startup", "কোম্পানি", "kompani") or word.text in said("whom") for word in parts.words)
        and not any(word.text in {"from", *said("from")} for place, word in enumerate(parts.words) if place not in parts.dated)
    ):
        filters = replace(filters, types=frozenset({DealType.ACQUISITION}))
    filters = _of_site(parts, _fitted(_taken_over(parts, filters), matches), matches)
    return _with_sites(parts, filters, matches), readings


def _of_site(parts: Parts, filters: Filters, matches: Matches) -> Filters:
    """Read who rents a data centre as its tenant, not as a buyer of computing."""
    if not (parts.has("frame", *_OF_PLACES) and parts.has("type", DealType.DATA_CENTER_BUILD)):
        return filters
    narrowed = tuple(replace(term, roles=term.roles & {Role.LESSEE, Role.LESSOR} or term.roles) for term in filters.parties)
    return replace(filters, parties=narrowed) if matches(replace(filters, parties=narrowed)) else filters


def _fitted(filters: Filters, matches: Matches) -> Filters:
    """Fit roles to the type where they cannot both be: who provides a loan lends, a warrant comes with other deals."""
    if filters.types == {DealType.ACQUISITION} and not matches(filters):
        fitted = replace(filters, parties=tuple(map(_of_takeover, filters.parties)))
        return fitted if matches(fitted) else filters
    if filters.types == {DealType.DEBT_FINANCING} and not matches(filters):
        return replace(filters, parties=tuple(_of_loan(term) for term in filters.parties))
    if any(term.roles == _OF_CUSTOMERS for term in filters.parties) and not matches(filters):
        bought = tuple(replace(one, roles=_BOUGHT if one.roles == _OF_CUSTOMERS else one.roles) for one in filters.parties)
        other = replace(filters, types=frozenset({DealType.ACQUISITION}), parties=bought)
        return other if matches(other) else filters  # "the buyers of X" are those who took it over
    if any(one.measure == "stake" for one in filters.ranges) and not matches(filters):  # "whose hands is 49% of X in"
        held = tuple(replace(one, roles=_HELD if one.roles == _BOUGHT else one.roles) for one in filters.parties)
        return replace(filters, parties=held)
    if filters.types == {DealType.WARRANT} and not matches(filters):
        held = tuple(term if term.negated else replace(term, roles=term.roles or _OF_WARRANTS) for term in filters.parties)
        other = replace(filters, types=frozenset(), parties=held)
        return other if held and matches(other) else filters
    return filters


def _of_takeover(term: PartyTerm) -> PartyTerm:
    """Return the term with the role of a takeover that stands for another: who buys, as its buyer, acquires."""
    return replace(term, roles=frozenset({Role.ACQUIRER})) if Role.BUYER in term.roles else term


def _of_loan(term: PartyTerm) -> PartyTerm:
    """Return the term with the role of a loan that stands for another: the one who gives lends, the one who takes borrows."""
    if not term.roles or term.roles & _OF_LOANS:
        return term
    gives = term.roles <= {Role.SELLER, Role.LESSOR, Role.INVESTOR}
    takes = term.roles <= {Role.BUYER, Role.LESSEE, Role.INVESTEE, Role.ACQUIRER}
    return replace(term, roles=frozenset({Role.LENDER} if gives else {Role.BORROWER} if takes else term.roles))


def _only_parties(parts: Parts) -> bool:
    """True for "only between X and Y"; "only those of 2026" lets others take part."""
    only = [cue for cue in parts.cues if cue.kind == "only"]
    return len(parts.mentions) > 1 and any(cue.end not in parts.dated for cue in only)


def _taken_over(parts: Parts, filters: Filters) -> Filters:
    """Read "which software firms has X bought" as takeovers: who is bought from stands after "from"."""
    bought = [term for term in filters.parties if term.sectors and not term.entities and Role.TARGET in term.roles]
    goods = any(word.stem in said("goods") for word in parts.words)
    if parts.says(*said("outright")) and not filters.types and parts.has("frame", "shares", "acquire", "buy"):
        return replace(filters, types=frozenset({DealType.ACQUISITION}))
    if not parts.has("frame", "buy") or not bought or goods or parts.says(*said("from"), "from"):
        return filters
    parties = tuple(replace(term, roles=frozenset({Role.TARGET})) if term in bought else term for term in filters.parties)
    return replace(filters, parties=parties, types=filters.types or frozenset({DealType.ACQUISITION}))


def with_trade_topics(parts: Parts, filters: Filters, matches: Matches) -> Filters:
    """Narrow to what a topic of the trade names (an IPO, a margin loan); a company may then be a word of the title only."""
    for topic in parts.values("topic"):
        narrowed = replace(filters, text=f"{filters.text} {topic}".strip())
        loose = replace(narrowed, parties=of_any_role(filters.parties))
        mentioned = [
            replace(
                loose,
                parties=tuple(term for term in loose.parties if one.entity not in term.entities),
                text=f"{loose.text} {one.text}",
            )
            for one in parts.mentions
        ]
        each = [replace(narrowed, parties=(one.either,)) for one in parts.lists]  # "the Cerebras and SpaceX IPOs"
        filters = next((one for one in (narrowed, *each, loose, *mentioned) if matches(one)), filters)
    return filters


def with_named(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the deals on which sources differ, or whose sum was stated in a currency, where these are asked for."""
    stated = {figure.value: figure.unit for figure in read_figures(parts.text) if figure.unit in _CURRENCIES}
    currencies: set[str] = {*stated.values()} or ({*parts.values("currency")} if not parts.ranges else set())
    if not parts.has("conflict") and not currencies:
        return filters
    named = tuple(
        deal.id
        for deal in select(ledger, filters)
        if (not parts.has("conflict") or deal.claims or deal.conflict_note_en)
        and (not currencies or (deal.amount_original and deal.amount_original.currency in currencies))
    )
    originals = {name: ledger.deal(name).amount_original for name in named}
    exact = tuple(name for name, original in originals.items() if original and original.value in stated)
    named = exact or named
    return replace(filters, deals=named) if named else filters


def with_places(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the deals at a place: a party is from there, or the record names it ("in India", "Indian data centres")."""
    for cue in parts.cues:
        if cue.kind != "country" or not _is_place(parts, cue):
            continue
        countries = frozenset(cue.value.split("+"))
        kept = tuple(term for term in filters.parties if term.countries != countries or term.sectors)
        if len(kept) == len(filters.parties):
            continue
        types = filters.types - {DealType.DATA_CENTER_BUILD} if kept else filters.types
        bare = replace(filters, parties=kept, types=types)
        told = {mention.entity for mention in parts.mentions}  # "SoftBank ... in Japan": that it is from there proves nothing
        names = frozenset(_place_word(country) for country in countries) - {""}
        named = [
            deal.id
            for deal in select(ledger, bare)
            if names & record_words(ledger)[deal.id]
            or any(ledger.entity(entity).country in countries for entity in deal.entities if entity not in told)
        ]
        filters = replace(bare, deals=tuple(named)) if named else filters
    return filters


def _is_place(parts: Parts, cue: Cue) -> bool:
    """True for a country after "in", with a locative ending, or right before "data centres"."""
    previous = parts.words[cue.start - 1].text if cue.start else ""
    following = parts.words[cue.end].text if cue.end < len(parts.words) else ""
    site = any(one.kind == "type" and one.value == "data_center_build" and 0 <= one.start - cue.end <= 1 for one in parts.cues)
    last = parts.words[cue.end - 1]
    ending = "" if last.text in lexicon().forms else last.ending  # the last sounds of ভারতীয় are no case
    return (
        site
        or previous in ("in", "inside", "across")
        or ending in ("তে", "ে", "য়", "য়ে")
        or following in ("e", "te", "এ", "তে")
    )


def _with_sites(parts: Parts, filters: Filters, matches: Matches) -> Filters:
    """Read a company and a country side by side as the name of a site where titles have it ("Stargate UAE")."""
    for mention in parts.mentions:
        cue = next((one for one in parts.cues if one.kind == "country" and _names_site(parts, one, mention)), None)
        if cue is None:
            continue
        place = _place_word(cue.value)
        company = PartyTerm(words=f"{mention.text.split()[0]} {place}")
        if place and matches(Filters(parties=(company,))):
            kept = tuple(
                term for term in filters.parties if mention.entity not in term.entities and cue.value not in term.countries
            )
            filters = replace(filters, parties=kept, text=f"{filters.text} {company.words}".strip())
    return filters


def _names_site(parts: Parts, country: Cue, mention: Mention) -> bool:
    """True for "Stargate UAE", "Stargate in Norway", "স্টারগেট নরওয়ে" and "নরওয়ের স্টারগেট"."""
    gap = [word.text for word in parts.words[mention.end : country.start]]
    beside = mention.end <= country.start and not mention.ending and set(gap) <= {"in", "project", "site"}
    return beside or country.end == mention.start


def _types(parts: Parts) -> frozenset[DealType]:
    types = {DealType(cue.value) for cue in parts.cues if cue.kind == "type" and not _is_any(parts, cue)}
    if not types and parts.has("frame", "guarantors"):
        types.add(DealType.BACKSTOP)
    without_roles = not any(term.roles for term in parts.terms)
    for frame in parts.values("frame"):
        if not types and without_roles:
            types.update(_FRAME_TYPES.get(frame, ()))
    if len(types) > 1 or parts.has("frame", *_OF_PLACES):
        types.discard(DealType.DATA_CENTER_BUILD)  # "data centre leases", "rents a data centre": the place, not the type
    if parts.has("frame", *_OF_PLACES):
        types.discard(DealType.CHIP_SUPPLY)  # chips that are rented stand in somebody's cloud
    if any(term.roles and term.roles <= _OF_WARRANTS for term in parts.terms):
        types.discard(DealType.WARRANT)  # a warrant that comes with chips is a deal of chips
    return frozenset(types)


def _is_any(parts: Parts, cue: Cue) -> bool:
    """True for "lease or contract", "shares or warrants": with a word for deals at large beside it no type is meant."""
    for gap, other in ((cue.end, cue.end + 1), (cue.start - 1, cue.start - 2)):
        if 0 <= other < len(parts.words) and parts.words[gap].text in said("or"):
            word = parts.words[other]
            types = any(one.kind == "type" and one.start <= other < one.end for one in parts.cues)
            large = word.text in said("shares") or any(one.kind == "deal" and one.start == other for one in parts.cues)
            return large and not types
    return False


def is_typed_by_verb(parts: Parts) -> bool:
    """True where no noun names the type, or one that is only the object of another deal's verb ("who backs the lease")."""
    named = {DealType(value) for value in parts.values("type")}
    return any(not named.intersection(_FRAME_TYPES[frame]) for frame in parts.values("frame") if frame in _FRAME_TYPES)


def is_of_side(parts: Parts) -> bool:
    """True for "the loans in which X is a lender": the side tells deals apart, and no verb asks what X itself paid."""
    if parts.has("type") and (parts.says(*said("helping")) or _is_clause(parts)):
        return True  # "the loans that X helped provide"
    sides = [cue for cue in parts.cues if cue.kind == "frame"]
    own = [AGENTS[cue.value][1] for cue in sides if cue.value in AGENTS]
    return len(own) == len(sides) == 1 and any(term.roles == own[0] for term in parts.terms)


def _is_clause(parts: Parts) -> bool:
    """True for "the debt deals that X has lent into": the deals are added up, a clause tells which."""
    ends = {cue.end for cue in parts.cues if cue.kind in ("type", "deal")}
    opens = [place for place, word in enumerate(parts.words) if place in ends and word.text in ("that", "which", "where")]
    return any(0 < mention.start - place <= _CLAUSE for place in opens for mention in parts.mentions)


def of_whole_deals(ledger: Ledger, filters: Filters) -> Filters:
    """Return the filters with the deals named, so that a sum takes them whole and not the part of one side."""
    found = tuple(deal.id for deal in select(ledger, filters))
    parties = of_any_role(filters.parties)
    return replace(filters, deals=found, parties=parties) if found else filters


def _place_word(country: str) -> str:
    """Return the word that stands for a country in the records' English titles; nothing for one without a word."""
    return str(read("products.yaml")["_places"].get(country, ""))
