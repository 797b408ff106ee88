"""From a question to a query: the parts decide what is asked, and of which deals; the records settle what is left open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.asked import is_yesno, smalltalk
from assistant.aspects import Aspect, aspects_of
from assistant.besides import with_besides
from assistant.beyond import is_outside, matters, query_of_matters, rest
from assistant.conversation.before import Before
from assistant.conversation.continuing import continued
from assistant.conversation.leaning import leaning
from assistant.conversation.limits import without_denied
from assistant.conversation.stated import Stated, is_among_shown, is_turn_word, lead_in, stated
from assistant.described import described, with_collateral, without_origins
from assistant.filters import (
    is_of_side,
    of_whole_deals,
    read_filters,
    with_named,
    with_places,
    with_trade_topics,
)
from assistant.intents import SPENT, decide
from assistant.language import detect
from assistant.leftovers import with_leftovers
from assistant.linking import Linker, read_words
from assistant.named_deals import with_named_deals
from assistant.ownership import owned_outright
from assistant.parts import Parts, take_apart
from assistant.repairs import repaired
from assistant.rounds import with_rounds
from assistant.schema import Filters, Intent, PartyTerm, Query, Question, Range, Turn
from assistant.selection import select
from assistant.shared import with_sides
from assistant.terms import of_any_role
from assistant.unread import too_little
from assistant.vocabulary import Vocabulary, left_words, with_topics
from assistant.words import Cue, Lexicon, lexicon, said
from index.ledger import Ledger
from index.records import FIRM, Language
from index.text import BENGALI, normalise, stem

_OF_MANY = (Intent.LIST, Intent.COUNT, Intent.TIMELINE, Intent.GROUP)


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads questions against a ledger; build it once."""

    ledger: Ledger
    linker: Linker
    lexicon: Lexicon
    vocabulary: Vocabulary

    def read(self, question: Question, today: date) -> Query:
        """Return what the question asks, earlier turns taken into account."""
        question = replace(question, text=self._spelled(question.text))
        parts = take_apart(question.text, self.linker, self.lexicon, today)
        asked = matters(parts, self.ledger)
        if asked or is_outside(parts):
            return self._beyond(question, parts, asked, today)
        query = self._query(parts)
        if question.history:
            query = self._in_context(question, parts, query, today)
        language = question.language or _wished_language(parts) or query.language
        return replace(query, language=language)

    def _spelled(self, text: str) -> str:
        """Return a Banglish question in the usual spelling, which the turns of a conversation are read by as well."""
        if BENGALI.search(text):
            return text
        spelled = self.linker.speller.standard(text)
        return spelled if detect(spelled, read_words(spelled))[1] == "banglish" else text

    def aspects(self, query: Query) -> tuple[Aspect, ...]:
        """Return what a passage must speak of to answer a query."""
        parts = take_apart(query.search, self.linker, self.lexicon, date.today())
        return aspects_of(parts, self.ledger, self.lexicon)

    def _beyond(self, question: Question, parts: Parts, asked: tuple[Cue, ...], today: date) -> Query:
        """Read what the records cannot tell; where the question asks a deal as well, that is read by itself."""
        language = question.language or _wished_language(parts) or parts.language
        query = query_of_matters(parts, asked)
        if left := rest(parts, asked):
            query = replace(self.read(Question(left, question.history, language), today), not_recorded=query.not_recorded)
        return replace(query, language=language)

    def _in_context(self, question: Question, parts: Parts, query: Query, today: date) -> Query:
        """Resolve a follow-up against the last question that was no small talk, itself read in its context."""
        query = _without_turn_words(query)
        lead, rest = lead_in(question.text)
        rest = without_denied(rest)
        one = self._stated(lead, rest, query, today) if rest != question.text else stated(lead, parts, query)
        lean = leaning(one)
        before = next(self._before(question.history, today), None) if lean else None
        alone = query if one.says("narrowing") or set(lead) & said("narrowing") else one.query
        if before is None:
            return alone
        read = self._settle(one.parts, continued(one, before, lambda text: self._stated((), text, query, today)))
        held = not is_among_shown(one) or self._matches(replace(read.filters, deals=before.shown))
        return alone if lean == "weak" and not (held and self._matches(read.filters)) else read

    def _stated(self, lead: tuple[str, ...], text: str, whole: Query, today: date) -> Stated:
        parts = take_apart(text, self.linker, self.lexicon, today)
        query = replace(_without_turn_words(self._query(parts)), language=whole.language, script=whole.script)
        return stated(lead, parts, query)

    def _before(self, history: tuple[Turn, ...], today: date) -> Iterator[Before]:
        """Yield the earlier exchanges, the last first, small talk left out."""
        for place in reversed([place for place, turn in enumerate(history) if turn.role == "user"]):
            query = self.read(Question(history[place].content, history[:place]), today)
            if query.intent != Intent.SMALLTALK:
                answer = next((turn for turn in history[place:] if turn.role == "assistant"), Turn("assistant", ""))
                further = partial(self._before, history[:place], today)
                yield Before(self.ledger, self.linker, self.vocabulary.names, query, answer, further).fitted()

    def _matches(self, filters: Filters) -> bool:
        return bool(select(self.ledger, filters))

    def _query(self, parts: Parts) -> Query:
        small = smalltalk(parts)
        if small:
            return Query(Intent.SMALLTALK, parts.language, parts.script, smalltalk=small, search=parts.text)
        parts = without_origins(self.ledger, parts)
        filters, readings = read_filters(parts, self._matches)
        filters = with_collateral(self.ledger, parts, filters)
        unknown, lost = left_words(parts, self.vocabulary)
        if not parts.has("intent", "why") and not parts.has("intent", "circular"):
            filters, lost = with_topics(filters, lost, self.vocabulary, self._matches)
        filters = with_trade_topics(parts, self._joined(parts, described(self.ledger, parts, filters)), self._matches)
        filters = with_rounds(self.ledger, parts, with_places(self.ledger, parts, filters))
        filters = with_named(self.ledger, parts, filters)
        query = Query(
            Intent.UNKNOWN, parts.language, parts.script, filters, search=parts.text, readings=readings,
            unknown_names=unknown, not_understood=lost,
        )  # fmt: skip
        query = with_named_deals(self.ledger, parts, with_sides(parts, decide(parts, query)))
        return with_besides(self.ledger, parts, self._settle(parts, too_little(parts, owned_outright(parts, query))))

    def _joined(self, parts: Parts, filters: Filters) -> Filters:
        """Take companies listed with "and" or commas for any of them, where no deal has all."""
        lists = parts.lists
        if (
            not lists
            or is_yesno(parts)
            or parts.has("both")
            or parts.says("between")
            or self._matches(Filters(parties=tuple(term for term in filters.parties if term.entities or term.sectors)))
        ):
            return filters
        parties = filters.parties
        for one in lists:
            first = next((place for place, term in enumerate(parties) if term in one.terms), 0)
            kept = tuple(term for term in parties if term not in one.terms)
            parties = (*kept[:first], one.either, *kept[first:])
        return replace(filters, parties=parties)

    def _settle(self, parts: Parts, query: Query) -> Query:
        """Decide what depends on which deals match: a look-up or a sum, sides of a comparison, what is loosened."""
        if query.sides:
            return query
        query = with_leftovers(self.ledger, query)
        if query.intent == Intent.COMPARE:
            query = self._weighed(parts, query)
            found = select(self.ledger, query.filters) if not query.compared else query.compared
            return query if len(found) > 1 else replace(query, intent=Intent.LIST, compared=())
        if query.intent == Intent.YESNO and parts.has("comparative") and parts.says("than") and len(parts.mentions) > 3:
            return self._clauses(parts, query)
        query = repaired(self.ledger, self.vocabulary, parts, self._of_project(parts, query))
        if query.intent == Intent.SUM and is_of_side(parts):
            query = replace(query, filters=of_whole_deals(self.ledger, query.filters))
        if query.intent in (Intent.SUM, Intent.RANK) and query.filters.statuses:
            query = replace(query, include_not_firm=True)
        if (
            query.intent == Intent.LOOKUP
            and query.measure in (None, "amount")
            and query.filters.parties
            and not query.filters.deals
        ):
            firm = [deal for deal in select(self.ledger, query.filters) if deal.firm and deal.amount_usd is not None]
            if len(firm) > 1:
                return replace(query, intent=Intent.SUM, flow_sum=True)
        return self._sized(parts, query)

    def _sized(self, parts: Parts, query: Query) -> Query:
        """Read the size of a site as its power where the record states no sum."""
        if query.intent != Intent.LOOKUP or query.measure != "amount" or not parts.says(*said("size_words")):
            return query
        found = select(self.ledger, query.filters)
        powered = any(deal.gigawatts is not None for deal in found)
        return replace(query, measure="gigawatts") if powered and all(deal.amount_usd is None for deal in found) else query

    def _weighed(self, parts: Parts, query: Query) -> Query:
        """Narrow a comparison to what can be compared, where every side has some of it."""
        measure = query.measure or "amount"
        if parts.says(*said("parting")) and len(parts.mentions) > 3:
            query = self._clauses(parts, query)
        if not query.compared:
            return query
        candidates = [query.filters]
        if query.filters.amount_kinds:
            sized = replace(query.filters, ranges=(*query.filters.ranges, Range("amount")))
            candidates = [replace(sized, statuses=query.filters.statuses or FIRM), sized, *candidates]
            candidates.append(replace(query.filters, amount_kinds=frozenset()))
        elif measure != "amount":
            candidates.insert(0, replace(query.filters, ranges=(*query.filters.ranges, Range(measure))))
        tried = [replace(query, filters=filters) for filters in candidates]
        for asked in (*tried, *map(_without_roles, tried)):
            sides = (replace(asked.filters, parties=(*asked.filters.parties, side)) for side in asked.compared)
            if all(map(self._matches, sides)):
                return asked
        return tried[-1]

    def _of_project(self, parts: Parts, query: Query) -> Query:
        """Read "Stargate deals" as those that name the project, where titles name it more often than parties do."""
        if query.intent not in _OF_MANY or query.filters.deals:
            return query
        parties = query.filters.parties
        for mention in parts.mentions:
            word = mention.text.split()[0]
            named = self.vocabulary.names.get(stem(word.casefold()), 0)
            if named > len(self.ledger.of_party(mention.entity)) + 1:
                term = next((one for one in parties if one.entities == {mention.entity} and not one.roles), None)
                if term and parts.has("within"):
                    return replace(query, filters=replace(query.filters, parties=(), deals=self._contained(mention.entity)))
                project = PartyTerm(words=word, negated=term.negated if term else False)
                parties = tuple(project if one == term else one for one in parties)
        return replace(query, filters=replace(query.filters, parties=parties))

    def _contained(self, entity: str) -> tuple[str, ...]:
        """Return the deals of a project company and all that are part of them, newest first."""
        own = {deal.id for deal in self.ledger.of_party(entity)}
        held = [one for one in self.ledger.deals if own & {one.id, *(above.id for above in self.ledger.containers(one.id))}]
        return tuple(deal.id for deal in sorted(held, key=lambda deal: deal.span.first, reverse=True))

    def _clauses(self, parts: Parts, query: Query) -> Query:
        """Read "more for A than B for C": each clause names its own deals."""
        than = next((place for place, word in enumerate(parts.words) if word.text in said("parting")), len(parts.words))
        clauses = ([m for m in parts.mentions if m.end <= than], [m for m in parts.mentions if m.start > than])
        if any(len(clause) < 2 for clause in clauses):
            return query
        named: list[str] = []
        for clause in clauses:
            terms = tuple(PartyTerm(frozenset({mention.entity}), words=mention.narrows) for mention in clause)
            found = select(self.ledger, replace(query.filters, parties=terms, types=frozenset(), amount_kinds=SPENT))
            named += [deal.id for deal in found if deal.amount_usd]
        filters = Filters(deals=tuple(dict.fromkeys(named)))
        return replace(query, intent=Intent.COMPARE, filters=filters, compared=(), measure="amount") if named else query


def _without_roles(query: Query) -> Query:
    """Return a comparison in which it does not matter who did what."""
    parties = of_any_role(query.filters.parties)
    compared = of_any_role(query.compared)
    return replace(query, filters=replace(query.filters, parties=parties), compared=compared)


def make_understanding(ledger: Ledger) -> Understanding:
    """Build an Understanding over a ledger; about 0.3 s."""
    vocabulary = Vocabulary(ledger, lexicon())
    _ = vocabulary.names, vocabulary.recorded, vocabulary.everyday
    return Understanding(ledger, Linker(ledger, lexicon()), lexicon(), vocabulary)


def _without_turn_words(query: Query) -> Query:
    """Return the query without the words of conversation among those that found no meaning."""
    names, lost = (
        tuple(one for one in ones if not is_turn_word(normalise(one))) for ones in (query.unknown_names, query.not_understood)
    )
    return replace(query, unknown_names=names, not_understood=lost)


def _wished_language(parts: Parts) -> Language | None:
    wished = parts.values("language")
    return wished[-1] if wished else None  # type: ignore[return-value]
