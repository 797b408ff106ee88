"""Which deals a sentence is about: filters from its items, kinds, statuses, dates, ranges and topics."""

from dataclasses import dataclass, replace

from assistant.reading.lexicon import Mark
from assistant.reading.roles import Item, Roles, Verb
from assistant.reading.sentence import Sentence
from assistant.reading.topics import Topics
from assistant.schema import Filters, PartyTerm, Range, Reading
from assistant.selection import select
from index.ledger import Ledger
from index.records import FIRM, DealType, Role, Status

_GROUPS = {
    "firm": FIRM,
    "not_firm": frozenset(Status) - FIRM,
    "dead": frozenset({Status.LAPSED, Status.CANCELLED}),
}
_AS_GOOD = {Status.SIGNED: (Status.CLOSED, Status.AMENDED), Status.ANNOUNCED: tuple(FIRM)}  # what "is it signed?" accepts
_BE = frozenset("is are was were been be being got gets remain remains still".split())
_NEGATING = 3  # tokens between a negation and what it negates


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
            replace(item.term, roles=self._settled(item, roles, verb), negated=_negated(sentence, item, items)) for item, roles in given
        )
        types, without = self._types(sentence, items, terms, verb)
        statuses, without_statuses = _statuses(sentence, yes_no)
        plain = Filters(
            types=types, without_types=without, statuses=statuses, without_statuses=without_statuses,
            since=sentence.when.since, until=sentence.when.until, ranges=_ranges(sentence),
        )  # fmt: skip
        joined, readings = self._joined(sentence, items, terms, plain, yes_no)
        only = sentence.has("logic", "only") and not (statuses or types) and len(joined) > 1
        filters = replace(plain, parties=joined, only_parties=only)
        filters, unknown, lost = self._topics.narrowed(sentence, filters, items)
        filters = self._site(sentence, filters, items)
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
            (without if _negated_mark(sentence, mark) else wanted).update(kinds)
        if len(wanted) > 1:
            wanted.discard(DealType.DATA_CENTER_BUILD)  # "data centre leases": the place, not the type
        if len(wanted) > 1 and DealType.EQUITY_INVESTMENT in wanted and any(mark.has("type", "equity_investment") and len(mark.senses["type"]) > 1 for mark in sentence.marks):
            wanted.discard(DealType.EQUITY_INVESTMENT)
        frame = self._roles._grammar["frames"].get(verb.frame, {}) if verb else {}
        if not wanted and verb and frame.get("object_types") and _is_patient(items, terms, frame):
            wanted = {DealType(value) for value in frame["object_types"].split()}
        return frozenset(wanted), frozenset(without)

    def _names_type(self, sentence: Sentence, mark: Mark, items: tuple[Item, ...], verb: Verb | None) -> bool:
        """False for a noun that is part of the verb, or a word that is the verb itself here."""
        if verb and verb.start == mark.start and not (mark.has("frame") and _is_noun(sentence, mark)):
            return False
        if any(item.start <= mark.start < item.end for item in items):
            return False
        composed = verb and not mark.has("frame") and verb.frame in self._roles._grammar["composed"].get(mark.senses["type"][0], {}).values()
        if composed and verb and verb.start >= mark.end:
            return False
        if mark.has("type", "warrant") and _mentions_warrant(sentence, mark):
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
            elif both or (yes_no and not either):
                apart += members
            elif (alone or not union.roles) and self._shared(plain, (*others, *members)) and (alone or False):
                apart += members
            else:
                apart.append(union)
                if alone and union.entities:
                    readings.append(Reading(" / ".join(sorted(union.entities)), "either", ("both",), "default"))
        return tuple(_distinct(apart)), tuple(readings)

    def _site(self, sentence: Sentence, filters: Filters, items: tuple[Item, ...]) -> Filters:
        """Read a country beside a project as part of its name ("Stargate UAE"), where records have it so."""
        for item in items:
            near = any(self._topics.project(name.entity) and abs(name.end - item.start) <= 1 for name in sentence.names)
            if filters.text and item.term.countries and near and item.case != "of":
                words = " ".join(sentence.word(place) for place in range(item.start, item.end))
                others = tuple(term for term in filters.parties if term.countries != item.term.countries)
                narrowed = replace(filters, parties=others, text=f"{filters.text} {words}")
                if select(self._ledger, narrowed):
                    return narrowed
        return filters

    def _shared(self, plain: Filters, terms: tuple[PartyTerm, ...]) -> bool:
        return bool(select(self._ledger, replace(plain, parties=terms)))


def _distinct(terms: list[PartyTerm]) -> list[PartyTerm]:
    """Drop a condition said twice, keeping the one with roles."""
    kept: list[PartyTerm] = []
    for term in terms:
        same = next((other for other in kept if other.entities and other.entities == term.entities and other.negated == term.negated), None)
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


def _negated(sentence: Sentence, item: Item, items: tuple[Item, ...]) -> bool:
    """True after "except", "not involving" (English) and before ছাড়া, বাদে (Bengali); a joined item shares its group's."""
    place = items.index(item)
    first, last = place, place
    while items[first].joined:
        first -= 1
    while last + 1 < len(items) and items[last + 1].joined:
        last += 1
    return _negation_before(sentence, items[first].start) or _negation_after(sentence, items[last].end)


def _negation_before(sentence: Sentence, start: int) -> bool:
    for place in range(start - 1, max(-1, start - 1 - _NEGATING), -1):
        mark = sentence.mark_at(place)
        if mark is None:
            return False
        if mark.has("logic", "except") and sentence.tokens[mark.start].latin:
            return not (sentence.word(mark.start) in ("no", "not") and mark.end == mark.start + 1 and place < start - 2)
        if not (mark.has("case") or mark.has("logic", "any", "all") or sentence.word(place) in ("the", "a", "an", "any", "deals", "those")):
            return False
    return False


def _negation_after(sentence: Sentence, end: int) -> bool:
    for place in (end, end + 1):
        mark = sentence.mark_at(place)
        if mark and mark.has("logic", "except") and (sentence.tokens[mark.start].bengali or sentence.sounds):
            return sentence.word(mark.start) not in ("no", "not")
        if mark is None or not mark.has("noun"):
            return False
    return False


def _negated_mark(sentence: Sentence, mark: Mark) -> bool:
    return _negation_before(sentence, mark.start) or _negation_after(sentence, mark.end)


def _statuses(sentence: Sentence, yes_no: bool) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return (statuses asked for, statuses excluded)."""
    wanted: set[Status] = set()
    without: set[Status] = set()
    if sentence.has("ask", "when") and not sentence.has("noun", "deal"):
        return frozenset(), frozenset()
    for mark in sentence.marks:
        if not (mark.has("status") or mark.has("status_group")) or not _limits(sentence, mark):
            continue
        found = {Status(value) for value in mark.senses.get("status", ())}
        for value in mark.senses.get("status_group", ()):
            found |= _GROUPS[value]
        negated = _negated_mark(sentence, mark) or _not_before(sentence, mark)
        if yes_no and not negated:
            found = found.union(*(_AS_GOOD.get(status, ()) for status in found))
        (without if negated else wanted).update(found)
    return frozenset(wanted), frozenset(without)


def _not_before(sentence: Sentence, mark: Mark) -> bool:
    words = {sentence.word(place) for place in range(max(0, mark.start - 2), mark.start)}
    after = {sentence.word(place) for place in range(mark.end, mark.end + 2)}
    return bool(words & _NOT) or bool(after & _NOT_AFTER)


_NOT = frozenset("not never isn't aren't wasn't weren't hasn't haven't non".split())
_NOT_AFTER = frozenset("নয় না হয়নি নেই noy na hoyni nei".split())


def _limits(sentence: Sentence, mark: Mark) -> bool:
    """False where a status word is the plain verb of making a deal ("which deals did X sign in 2025")."""
    if not mark.has("frame") and not mark.has("stop"):
        return True
    if sentence.has("logic", "only") or mark.senses.get("status") == ("cancelled",):
        return True
    following = sentence.mark_at(mark.end)
    if following and (following.has("noun", "deal") or following.has("type")):
        return True
    if mark.start and sentence.word(mark.start - 1) in _BE:
        return not (following and following.has("case")) and not sentence.when.places & {mark.end}
    return (sentence.tokens[mark.start].bengali or sentence.sounds) and not mark.has("frame") and not mark.has("stop")


def _ranges(sentence: Sentence) -> tuple[Range, ...]:
    """Return the ranges; years beside a "how long" question or a lone year count are no range."""
    return tuple(limits for limits in sentence.amounts.ranges)


def _assumed(sentence: Sentence) -> tuple[Reading, ...]:
    if not sentence.when.assumed:
        return ()
    return (Reading(sentence.when.assumed[5:], sentence.when.assumed, (), "default"),)
