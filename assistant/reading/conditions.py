"""Which deals a sentence is about: filters from its items, kinds, statuses, dates, ranges and topics."""

from dataclasses import dataclass, replace

from assistant.reading.items import Item
from assistant.reading.lexicon import Mark
from assistant.reading.limits import asked_statuses, negated, negated_mark
from assistant.reading.roles import Roles
from assistant.reading.sentence import Sentence
from assistant.reading.tokens import bare_ending
from assistant.reading.topics import Topics, rounds_named
from assistant.reading.verbs import Verb
from assistant.schema import Filters, PartyTerm, Range, Reading
from assistant.selection import select
from index.ledger import Ledger
from index.records import DealType, Role


@dataclass(frozen=True, slots=True)
class Conditions:
    """The filters of a sentence with what they were made from."""

    filters: Filters
    items: tuple[Item, ...]
    terms: tuple[PartyTerm, ...]  # one for each item, in order, roles and negation set
    verb: Verb | None
    readings: tuple[Reading, ...] = ()
    unknown: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class Narrowing:
    """Makes conditions of sentences over one ledger."""

    def __init__(self, ledger: Ledger, roles: Roles, topics: Topics) -> None:
        self._ledger = ledger
        self._roles = roles
        self._topics = topics

    def conditions(self, sentence: Sentence, yes_no: bool) -> Conditions:
        """Return what a sentence asks of the deals."""
        items = self._topics.without_projects(sentence, self._roles.items(sentence))
        verb = self._roles.verb(sentence)
        given = self._roles.terms(sentence, items, verb)
        terms = tuple(
            replace(item.term, roles=self._settled(item, roles, verb), negated=negated(sentence, item, items))
            for item, roles in given
        )
        types, without = self._types(sentence, items, terms, verb)
        statuses, without_statuses = asked_statuses(sentence, yes_no)
        plain = Filters(
            types=types, without_types=without, statuses=statuses, without_statuses=without_statuses,
            since=sentence.when.since, until=sentence.when.until, ranges=_ranges(sentence),
        )  # fmt: skip
        if verb is not None and verb.frame == "pay":  # who pays stands first, so that the flows run the right way
            order = sorted(range(len(items)), key=lambda place: items[place].case in ("to", "for", "in", "near"))
            if not any(item.joined for item in items):
                items, terms = tuple(items[place] for place in order), tuple(terms[place] for place in order)
        joined, readings = self._joined(sentence, items, terms, plain, yes_no)
        only = sentence.has("logic", "only") and not (statuses or types) and len(joined) > 1
        filters = replace(plain, parties=joined, only_parties=only)
        filters, unknown, lost = self._topics.narrowed(sentence, filters, items)
        filters = self._rounds(sentence, self._site(sentence, filters, items))
        filters = self._place(sentence, filters, items)
        if any(term.words for term in filters.parties) and not select(self._ledger, filters):
            filters = replace(filters, parties=tuple(replace(term, words="") for term in filters.parties))
        said = tuple(name.reading for name in sentence.names if name.reading)
        return Conditions(filters, items, terms, verb, (*said, *readings, *_assumed(sentence)), unknown, lost)

    def _settled(self, item: Item, roles: frozenset[Role], verb: Verb | None) -> frozenset[Role]:
        """For money raised take the issuer's role where a company is never an investee (a listing)."""
        if verb is not None and verb.frame == "raise" and roles == {Role.INVESTEE} and len(item.term.entities) == 1:
            (entity,) = item.term.entities
            held = [deal.roles(entity) for deal in self._ledger.of_party(entity)]
            if not any(Role.INVESTEE in found for found in held) and any(Role.ISSUER in found for found in held):
                return frozenset({Role.ISSUER})
        return roles

    def _types(
        self, sentence: Sentence, items: tuple[Item, ...], terms: tuple[PartyTerm, ...], verb: Verb | None
    ) -> tuple[frozenset[DealType], frozenset[DealType]]:
        wanted: set[DealType] = set()
        without: set[DealType] = set()
        for mark in sentence.of("type"):
            if not self._names_type(sentence, mark, items, verb):
                continue
            kinds = {DealType(value) for value in mark.senses["type"]}
            (without if negated_mark(sentence, mark) else wanted).update(kinds)
        if len(wanted) > 1:
            wanted.discard(DealType.DATA_CENTER_BUILD)  # "data centre leases": the place, not the type
        if (
            len(wanted) > 1
            and DealType.EQUITY_INVESTMENT in wanted
            and any(mark.has("type", "equity_investment") and len(mark.senses["type"]) > 1 for mark in sentence.marks)
        ):
            wanted.discard(DealType.EQUITY_INVESTMENT)
        frame = self._roles.grammar["frames"].get(verb.frame, {}) if verb else {}
        if not wanted and verb and not any(term.roles for term in terms):
            wanted = {DealType(value) for value in self._roles.grammar["verb_types"].get(verb.frame, "").split()}
        if not wanted and verb and frame.get("object_types") and _is_patient(items, terms, frame):
            wanted = {DealType(value) for value in frame["object_types"].split()}
        return frozenset(wanted), frozenset(without)

    def _names_type(self, sentence: Sentence, mark: Mark, items: tuple[Item, ...], verb: Verb | None) -> bool:
        """False for a noun that is part of the verb, or a word that is the verb itself here."""
        supplied = mark.has("type", "chip_supply", "cloud_contract")
        if verb and verb.start == mark.start and not supplied and not (mark.has("frame") and _is_noun(sentence, mark)):
            return False
        if any(item.start <= mark.start < item.end for item in items):
            return False
        composed = (
            verb
            and not mark.has("frame")
            and verb.frame in self._roles.grammar["composed"].get(mark.senses["type"][0], {}).values()
        )
        if composed and verb and verb.start >= mark.end:
            return False
        if mark.has("type", "warrant") and (_mentions_warrant(sentence, mark) or any(item.named for item in items)):
            return False
        return not (mark.has("measure") and sentence.has("ask", "how_much", "how_many"))

    def _joined(
        self, sentence: Sentence, items: tuple[Item, ...], terms: tuple[PartyTerm, ...], plain: Filters, yes_no: bool
    ) -> tuple[tuple[PartyTerm, ...], tuple[Reading, ...]]:
        """Join coordinated items: "or" and lists of parties of one side become one condition, "between" keeps them apart."""
        groups: list[list[int]] = []
        mixed = {item.joined for item in items} >= {"and", "or"}
        for place, item in enumerate(items):
            if item.joined and groups and not (mixed and item.joined == "and"):
                groups[-1].append(place)
            else:
                groups.append([place])
        apart: list[PartyTerm] = []
        readings: list[Reading] = []
        for group in groups:
            members = [terms[place] for place in group]
            if len(group) == 1 or members[0].negated:
                apart += members
                continue
            union = _union(members)
            either = any(items[place].joined == "or" for place in group)
            both = sentence.has("logic", "both") or items[group[0]].case == "between"
            others = [terms[place] for other in groups if other is not group for place in other]
            alone = not others
            if either:
                apart.append(union)
            elif (
                both
                or (yes_no and not either)
                or ((alone or not union.roles) and self._shared(plain, (*others, *members)) and (alone or False))
            ):
                apart += members
            else:
                apart.append(union)
                if alone and union.entities:
                    readings.append(Reading(" / ".join(sorted(union.entities)), "either", ("both",), "default"))
        return tuple(_distinct(apart)), tuple(readings)

    def _rounds(self, sentence: Sentence, filters: Filters) -> Filters:
        """Name the deals of several funding rounds ("Series F, G and H")."""
        letters = rounds_named(sentence)
        if len(letters) < 2:
            return filters
        found = [deal for letter in letters for deal in select(self._ledger, replace(filters, text=f"series {letter}"))]
        return replace(filters, deals=tuple(dict.fromkeys(deal.id for deal in found))) if found else filters

    def _place(self, sentence: Sentence, filters: Filters, items: tuple[Item, ...]) -> Filters:
        """Read a country as a place: deals with a party from there, and deals that speak of it."""
        for item in items:
            if not item.term.countries or item.term.sectors or filters.deals or not _is_place(sentence, item):
                continue
            others = tuple(term for term in filters.parties if term.countries != item.term.countries or term.sectors)
            wide = replace(filters, parties=others)
            words = [sentence.word(place) for place in range(item.start, item.end)]
            spoken = self._topics.spoken(item.term.countries) or words
            told = {
                deal.id for word in spoken for deal in select(self._ledger, replace(wide, text=f"{wide.text} {word}".strip()))
            }
            own = {
                deal.id
                for deal in select(self._ledger, replace(wide, parties=(*others, PartyTerm(countries=item.term.countries))))
            }
            if told - own:
                chosen = sorted(
                    told | own,
                    key=lambda name: (not self._ledger.deal(name).firm, -self._ledger.deal(name).span.first.toordinal()),
                )
                return replace(wide, deals=tuple(chosen))
        return filters

    def _site(self, sentence: Sentence, filters: Filters, items: tuple[Item, ...]) -> Filters:
        """Read a country beside a project as part of its name ("Stargate UAE"), where records have it so."""
        for item in items:
            near = any(self._topics.project(name.entity) and abs(name.end - item.start) <= 1 for name in sentence.names)
            if filters.text and item.term.countries and near and item.case != "of":
                words = " ".join(token.word for token in sentence.tokens[item.start : item.end] if bare_ending(token) is None)
                others = tuple(term for term in filters.parties if term.countries != item.term.countries)
                narrowed = replace(filters, parties=others, text=f"{filters.text} {words}")
                if select(self._ledger, narrowed):
                    return narrowed
        return filters

    def _shared(self, plain: Filters, terms: tuple[PartyTerm, ...]) -> bool:
        return bool(select(self._ledger, replace(plain, parties=terms)))


def _is_place(sentence: Sentence, item: Item) -> bool:
    """True for "in India" and "Indian data centres", not for "Indian companies" or "with India"."""
    following = sentence.mark_at(item.end)
    adjective = bool(following and following.start == item.end and following.has("type"))
    return not item.end - item.start > 2 and (item.case == "in" or (item.case in ("for", "about") or adjective))


def _distinct(terms: list[PartyTerm]) -> list[PartyTerm]:
    """Drop a condition said twice, keeping the one with roles."""
    kept: list[PartyTerm] = []
    for term in terms:
        same = next(
            (other for other in kept if other.entities and other.entities == term.entities and other.negated == term.negated),
            None,
        )
        if same is None:
            kept.append(term)
        elif not same.roles:
            kept[kept.index(same)] = term
    return kept


def _union(members: list[PartyTerm]) -> PartyTerm:
    first = members[0]
    return PartyTerm(
        frozenset().union(*(term.entities for term in members)),
        frozenset().union(*(term.sectors for term in members)),
        frozenset().union(*(term.countries for term in members)),
        first.roles,
        first.negated,
    )


def _is_patient(items: tuple[Item, ...], terms: tuple[PartyTerm, ...], frame: dict[str, str]) -> bool:
    wanted = frozenset(Role(word) for word in frame["object"].split())
    return any(item.named and term.roles == wanted for item, term in zip(items, terms, strict=True))


def _is_noun(sentence: Sentence, mark: Mark) -> bool:
    """True for "loan", "leases", "guarantees" used as a noun."""
    word = sentence.word(mark.start)
    if word.endswith(("ed", "ing")) or mark.end - mark.start > 1:
        return False
    following = sentence.mark_at(mark.end)
    if following and following.has("noun", "deal"):
        return True
    return not any(name.end == mark.start and name.case != "of" for name in sentence.names)


def _mentions_warrant(sentence: Sentence, mark: Mark) -> bool:
    before = sentence.mark_at(mark.start - 1) if mark.start else None
    return bool(before and (before.has("case", "with", "involving") or before.has("frame", "get", "issue")))


def _ranges(sentence: Sentence) -> tuple[Range, ...]:
    """Return the ranges; years beside a "how long" question or a lone year count are no range."""
    return tuple(limits for limits in sentence.amounts.ranges)


def _assumed(sentence: Sentence) -> tuple[Reading, ...]:
    if not sentence.when.assumed:
        return ()
    return (Reading(sentence.when.assumed[5:], sentence.when.assumed, (), "default"),)
