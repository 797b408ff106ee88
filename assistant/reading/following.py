"""Follow-up questions: what their words leave out is taken from the query before."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.reading.sentence import Sentence
from assistant.schema import EVERYTHING, Filters, Intent, PartyTerm, Query
from assistant.selection import select
from index.ledger import Ledger

_SHORT = 8  # tokens at most of a question that opens with "and" or "what about" and leans on the one before
_FRAGMENT = 7  # tokens at most of one that names no party and no deals of its own
_BARE = 3  # tokens at most of one that speaks of deals and names nothing else ("how many deals?")
_OWN = ("ask", "measure", "intent", "group_key", "order", "top")
_STANDING = (Intent.LIST, Intent.PROFILE, Intent.PASSAGE, Intent.UNKNOWN)
_DEMONSTRATIVE = frozenset("its their theirs his her তার তাদের এদের ওদের এর tar tader eder oder".split())


@dataclass(frozen=True, slots=True)
class Turned:
    """A follow-up with the query that it makes by itself and the one before.

    ``shown`` gives the deals last presented that are at least as many as asked for.
    """

    sentence: Sentence
    query: Query
    before: Query
    shown: Callable[[int], tuple[str, ...]]
    ledger: Ledger


def is_follow_up(sentence: Sentence, query: Query, before: Query) -> bool:
    """True when a question does not stand by itself after the one before."""
    if not sentence.tokens or Intent.SMALLTALK in (query.intent, before.intent):
        return False
    if sentence.has("out") and query.out_of_scope:
        return False
    return _only_wish(sentence) or _opens(sentence, query) or _points(sentence, query) or _lacks(sentence, query, before)


def _opens(sentence: Sentence, query: Query) -> bool:
    """True for a short question that begins with "and", "what about", "আর"."""
    opening = sentence.mark_at(0)
    short = len(sentence.tokens) <= _SHORT
    return bool(opening and opening.has("follow", "and")) and short and not _whole(sentence, query)


def _named(sentence: Sentence, query: Query) -> bool:
    return bool(sentence.names) or bool(query.filters.text) or sentence.has("sector") or sentence.has("known")


def _points(sentence: Sentence, query: Query) -> bool:
    """True for "it", "those", "the second one", "that deal", which mean what was spoken of."""
    if sentence.has("noun", "deal") and any(mark.has("pronoun") and mark.end - mark.start > 1 for mark in sentence.marks):
        return True
    if _named(sentence, query):
        return False
    if any(token.word in _DEMONSTRATIVE for token in sentence.tokens) or _ordinal(sentence) is not None:
        return True
    return sentence.has("pronoun") and not _whole(sentence, query)


def _lacks(sentence: Sentence, query: Query, before: Query) -> bool:
    """True for a fragment: it names no party and no deals of its own, or nothing but a party."""
    tokens = len(sentence.tokens)
    about = sentence.has("noun", "deal") or sentence.has("type")
    if not _named(sentence, query):
        return tokens <= (_BARE if about else _FRAGMENT)
    single = len(sentence.names) == 1
    definite = single and sentence.has("pronoun", "it") and sentence.has("case", "with")
    counted = single and tokens <= _BARE and sentence.has("ask") and not about and not sentence.has("frame")
    return (definite or counted or _bare_names(sentence)) and bool(before.filters.parties or before.subject or before.compared)


def _whole(sentence: Sentence, query: Query) -> bool:
    """True for a question that has its own party and its own verb, measure or deals."""
    asks = sentence.has("frame") or sentence.has("noun", "deal") or sentence.has("measure") or sentence.has("type")
    return bool(sentence.names) and asks and query.intent not in (Intent.UNKNOWN,) and len(sentence.tokens) > 5


def _only_wish(sentence: Sentence) -> bool:
    if not sentence.has("answer"):
        return False
    held = {place for mark in sentence.of("answer") for place in range(mark.start, mark.end)}
    rest = [place for place in range(len(sentence.tokens)) if place not in held]
    return (
        all(
            (mark := sentence.mark_at(place)) is not None and (mark.has("stop") or mark.has("follow") or mark.has("smalltalk"))
            for place in rest
        )
        and not sentence.names
    )


def _bare_names(sentence: Sentence) -> bool:
    """True for names with nothing but case words and "and" about them: "Broadcom?", "with AMD?", "আর মেটার?"."""
    held = {place for name in sentence.names for place in range(name.start, name.end)} | sentence.when.places
    for place in range(len(sentence.tokens)):
        mark = sentence.mark_at(place)
        if place in held:
            continue
        if mark is None or not (
            mark.has("stop") or mark.has("case") or mark.has("follow") or mark.has("logic") or mark.has("sector")
        ):
            return False
        if mark.has("ask") or mark.has("measure") or mark.has("type") or mark.has("noun", "deal"):
            return False
    return True


def _ordinal(sentence: Sentence) -> int | None:
    """Return which of the deals shown is meant, from 0, -1 for the last; None when none is."""
    if sentence.names or len(sentence.tokens) > _SHORT + 2:
        return None
    for mark in sentence.of("ordinal"):
        value = int(mark.senses["ordinal"][0])
        one = (
            sentence.word(mark.end) in _ONES
            or mark.end - mark.start > 1
            or not sentence.tokens[mark.start].latin
            or mark.end == len(sentence.tokens)
        )
        if one or sentence.sounds:
            return value - 1 if value > 0 else -1
    for place, value in sentence.amounts.numbers:
        if sentence.word(place - 1) in ("number", "no", "নম্বর", "নং") or sentence.word(place + 1) in (
            "নম্বর",
            "number",
            "no",
            "নং",
            "nombor",
        ):
            return value - 1
    return None


_ONES = frozenset("one ta ti deal টি টা টির টার চুক্তি চুক্তিটি চুক্তির চুক্তিটা".split())


def continued(turned: Turned) -> Query:
    """Return the earlier query with what the follow-up says put in its place."""
    sentence, query, before = turned.sentence, turned.query, turned.before
    if _only_wish(sentence):
        return replace(before, language=query.language)
    place = _ordinal(sentence)
    if place is not None:
        shown = turned.shown(place + 1 if place >= 0 else 1)
        if shown:
            chosen = shown[place] if -len(shown) <= place < len(shown) else shown[-1]
            return _asked(turned, Filters(deals=(chosen,)), pointed=True)
    singled = before.limit is not None and before.intent == Intent.RANK
    if singled and not sentence.names and not _own_filters(query):
        shown = turned.shown(1)
        if shown:
            return _asked(turned, Filters(deals=shown), pointed=True)
    return _asked(turned, _merged(turned), pointed=False)


def _own_filters(query: Query) -> bool:
    return query.filters != EVERYTHING


def _asked(turned: Turned, filters: Filters, pointed: bool) -> Query:
    """Take the intent that the follow-up has of its own, else the earlier one."""
    sentence, query, before = turned.sentence, turned.query, turned.before
    own = (any(sentence.has(kind) for kind in _OWN) or sentence.has("logic", "other")) and not (
        query.intent in _STANDING and not _says_intent(sentence, query)
    )
    if sentence.has("ask", "why") or (query.intent == Intent.PASSAGE and sentence.has("intent", "passage")):
        own = True
    kept = Intent.LIST if pointed or before.intent == Intent.SMALLTALK else before.intent
    if not own and kept in (Intent.RANK, Intent.LOOKUP) and pointed:
        kept = Intent.LIST
    intent = query.intent if own and query.intent != Intent.UNKNOWN else kept
    source = query if own else before
    subject = _subject(turned) if intent in (Intent.PROFILE, Intent.PATH, Intent.CIRCULAR) else ()
    return replace(
        before,
        intent=intent,
        language=query.language,
        script=query.script,
        filters=filters.without_parties() if intent in (Intent.PATH, Intent.CIRCULAR) else filters,
        measure=source.measure,
        aggregate=source.aggregate,
        flow_sum=source.flow_sum,
        group_by=source.group_by,
        descending=source.descending,
        limit=source.limit if not pointed else None,
        subject=subject,
        compared=_compared(turned) if intent == Intent.COMPARE else (),
        smalltalk="",
        search=f"{before.search} {query.search}",
        readings=query.readings,
        not_understood=query.not_understood,
        unknown_names=query.unknown_names,
        out_of_scope=False,
    )


def _says_intent(sentence: Sentence, query: Query) -> bool:
    """True when a listing or passage question says so itself ("list them", "which ones", "why")."""
    if query.intent == Intent.LIST and sentence.has("logic", "other"):
        return True
    if query.intent == Intent.LIST:
        return sentence.has("intent", "list") or sentence.has("ask", "which", "who")
    if query.intent == Intent.PASSAGE:
        return sentence.has("ask", "why") or sentence.has("intent", "passage")
    return False


def _subject(turned: Turned) -> tuple[str, ...]:
    own = tuple(name.entity for name in turned.sentence.names)
    if not own:
        return turned.before.subject or tuple(
            sorted(entity for term in turned.before.filters.parties[:1] for entity in term.entities)
        )
    if turned.before.intent == Intent.PATH and len(own) == 1 and turned.before.subject:
        return (turned.before.subject[0], own[0])
    return own


def _compared(turned: Turned) -> tuple[PartyTerm, ...]:
    new = tuple(term for term in turned.query.filters.parties if not term.negated)
    return turned.query.compared or tuple(dict.fromkeys((*turned.before.compared, *new)))


def _merged(turned: Turned) -> Filters:
    """Put each condition that the follow-up states in place of the earlier one of its kind."""
    new, old, before = turned.query.filters, turned.before.filters, turned.before
    parties = old.parties or tuple(PartyTerm(entities=frozenset({entity})) for entity in before.subject)
    if new.parties:
        parties = _replaced(turned, parties, new.parties)
    elif turned.sentence.has("logic", "other") and len(parties) > 1:
        parties = (replace(parties[0], negated=True, roles=frozenset()), *parties[1:])
    dated = new.since is not None or new.until is not None
    return replace(
        old,
        parties=parties,
        deals=() if new.parties else old.deals,
        types=new.types or old.types,
        without_types=new.without_types or old.without_types,
        statuses=new.statuses or (old.statuses if not new.without_statuses else frozenset()),
        without_statuses=new.without_statuses or (old.without_statuses if not new.statuses else frozenset()),
        since=new.since if dated else old.since,
        until=new.until if dated else old.until,
        ranges=new.ranges or old.ranges,
        text=new.text or (old.text if not new.parties else ""),
    )


def _replaced(turned: Turned, old: tuple[PartyTerm, ...], new: tuple[PartyTerm, ...]) -> tuple[PartyTerm, ...]:
    """Say which party of the earlier question the new one stands for: the other side after "with", else the most alike."""
    if all(term.negated for term in new):
        return (*old, *new)
    negated = tuple(term for term in old if term.negated)
    positive = [term for term in old if not term.negated]
    if not positive or len(new) > 1:
        return (*new, *negated)
    term = new[0]
    case = next((name.case for name in turned.sentence.names), "")
    beside = any(turned.sentence.has("case", word) for word in ("with", "between"))
    if len(positive) == 1:
        if beside and positive[0].entities != term.entities and not positive[0].roles:
            return (positive[0], term, *negated)
        return (replace(term, roles=term.roles or positive[0].roles), *negated)
    if case == "of" and not beside and not any(other.roles for other in positive):
        place = 0
    elif beside:
        place = len(positive) - 1
    else:
        place = _stands_for(turned, positive, term)
    positive[place] = replace(term, roles=term.roles or positive[place].roles)
    return (*positive, *negated)


def _stands_for(turned: Turned, positive: list[PartyTerm], term: PartyTerm) -> int:
    """Return which earlier party a new one replaces: where deals come of it, then the most alike, then the last."""

    def fitness(index: int) -> tuple[bool, int, int]:
        changed = tuple(replace(term, roles=other.roles) if place == index else other for place, other in enumerate(positive))
        found = bool(select(turned.ledger, Filters(parties=changed)))
        return found, _likeness(turned.ledger, positive[index], term), index

    return max(range(len(positive)), key=fitness)


def _likeness(ledger: Ledger, old: PartyTerm, new: PartyTerm) -> int:
    """Return how many sectors the new party shares with the one that it may replace."""
    fresh = {sector for entity in new.entities for sector in ledger.entity(entity).sectors} | set(new.sectors)
    worn = {sector for entity in old.entities for sector in ledger.entity(entity).sectors} | set(old.sectors)
    return len(fresh & worn)
