"""Follow-up questions: what the words leave out is taken from the query before, and the records settle what is open."""

from collections.abc import Callable
from dataclasses import replace

from assistant.conversation.before import Before
from assistant.conversation.limits import subtracted, widened
from assistant.conversation.periods import in_year_of, same_period, shifted
from assistant.conversation.pointed import (
    by_order,
    by_place,
    by_words,
    decided,
    done,
    is_of,
    outcome_of,
    parties_of,
    pinned,
    the_only,
    the_single,
    weighs_among,
)
from assistant.conversation.sides import PAYING, readings
from assistant.conversation.stated import Stated, is_descriptor, leaves_out
from assistant.conversation.turning import between_them, by_another, opened, together, turned, with_them
from assistant.conversation.weighing import NUMERIC, against
from assistant.linking import named_places, read_words
from assistant.schema import EVERYTHING, Filters, Intent, PartyTerm, Query
from assistant.statuses import named_statuses
from assistant.words import said
from index.records import FIRM, DealType, Status

Reread = Callable[[str], Stated]
_FRAGMENT = 4  # words of a question that can hold no more than a name
_ONTO = ("in", "into", "to", "from", "with", "by")  # before a pronoun that is acted on
_OF_COMPANIES = (Intent.LIST, Intent.COUNT, Intent.SUM, Intent.RANK, Intent.PROFILE, Intent.YESNO, Intent.TIMELINE)


def continued(one: Stated, before: Before, reread: Reread) -> Query:
    """Return the earlier query with what the follow-up says put in its place."""
    whole = _in_that_period(one, before) or against(one, before, _merged(one, before)) or _renamed(one, before, reread)
    if whole is not None:
        return whole
    for settled in (parties_of, outcome_of):
        base = settled(one, before)
        if base is not None:
            return replace(_asked(one, base, base.intent), intent=base.intent, measure=base.measure)
    if before.query.intent == Intent.COMPARE and weighs_among(one):
        return replace(before.query, language=one.query.language, script=one.query.script)
    before = _as_listed(one, _as_one_set(one, before))
    fallback = Intent.LOOKUP if before.query.intent == Intent.LOOKUP else Intent.LIST
    for rule in (by_place, _by_order):
        base = rule(one, before)
        if base is not None:
            return _asked(one, base, fallback, ordered=False)
    for rule in (together, by_words, opened, with_them, between_them, turned, the_only):
        base = rule(one, before)
        if base is not None:
            return _asked(one, base, fallback)
    base = subtracted(one, before) or _merged(one, before)
    return _asked(one, base, base.intent)


def _in_that_period(one: Stated, before: Before) -> Query | None:
    """Read "oi mashe openai er ar ki ki deal hoise": a whole question of the period that was spoken of."""
    deals = tuple(before.ledger.deal(name) for name in the_single(before))
    period = same_period(one, before.query.filters.since, before.query.filters.until, deals)
    if period is None:
        return None
    whole = one.query if one.parts.mentions or one.parts.has("type") else _merged(one, before)
    filters = replace(whole.filters, since=period[0], until=period[1], deals=())
    asks = one.query.intent not in (Intent.PASSAGE, Intent.UNKNOWN, Intent.PROFILE)
    intent = one.query.intent if asks else Intent.LIST
    return replace(one.query, intent=intent, filters=filters, out_of_scope=False, not_understood=())


def _by_order(one: Stated, before: Before) -> Query | None:
    return by_order(one, before, _merged(one, before))


def _as_one_set(one: Stated, before: Before) -> Before:
    """Take what was compared as one set of deals, unless a further side is named."""
    if before.query.intent != Intent.COMPARE or (one.query.filters.parties and not (one.pointer or is_descriptor(one))):
        return before
    filters = Filters(deals=before.shown)
    return replace(before, query=replace(before.query, intent=Intent.LIST, filters=filters, compared=(), measure=None))


def _as_listed(one: Stated, before: Before) -> Before:
    """Take the deals that the answer lists, each with its citation, where a follow-up picks among them."""
    picks = leaves_out(one) or one.says("pointers", "strong_pointers", "narrowing") or set(one.lead) & said("narrowing")
    if not before.listed or not (picks or one.query.filters == EVERYTHING):
        return before
    return replace(before, query=pinned(before.query, before.listed, before))


def _renamed(one: Stated, before: Before, reread: Reread) -> Query | None:
    """Read "what else did they buy?" with the company that was spoken of in the pronoun's place."""
    place = next((place for place, text in enumerate(one.texts) if text in said("companies_meant")), None)
    about = any(map(one.parts.has, ("frame", "type", "deal", "sector"))) or one.parts.has("measure", "valuation")
    if place is None or not about or one.parts.mentions or one.pointer or one.says("between"):
        return None
    single = the_single(before)
    of_another = bool(single) and not is_of(one, before, single)
    if (decided(one).intent not in _OF_COMPANIES and not of_another) or (one.says("who") and one.says("else")):
        return None
    object_of = place > 0 and one.texts[place - 1] in _ONTO
    if single and one.texts[place] in ("it", "its") and one.says("who") and not object_of:
        return None  # "who sold it?": the deal that was spoken of
    word = one.parts.words[place]
    for entity in _spoken_of(one, before, place):
        name = f"{before.ledger.entity(entity).name_en}"
        case = ("'s" if one.parts.language == "en" else " er") if word.text in said("possessive") else ""
        whole = reread(f"{one.parts.text[: word.start]}{name}{case}{one.parts.text[word.end :]}")
        if one.says("else") and whole.query.intent == Intent.YESNO:
            return by_another(whole.query, before)
        if before.matches(whole.query.filters) and (of_another or whole.query.intent in _OF_COMPANIES):
            return replace(whole.query, language=one.query.language, script=one.query.script)
    return None


def _spoken_of(one: Stated, before: Before, place: int) -> tuple[str, ...]:
    """Return the companies that a pronoun may stand for: who was acted on first where it is an object."""
    query = before.query
    terms = [term for term in query.filters.parties if len(term.entities) == 1 and not term.negated]
    acted = any(cue.kind == "frame" and cue.end == place for cue in one.parts.cues)
    if place and (acted or one.texts[place - 1] in _ONTO):
        terms.sort(key=lambda term: bool(term.roles & PAYING))
    return (*query.subject, *(name for term in terms for name in sorted(term.entities)))


def _merged(one: Stated, before: Before) -> Query:
    """Put each condition that the follow-up states in place of the earlier one of its kind."""
    new, held = widened(one, before.query.filters)
    query = before.query
    old = held.parties or tuple(PartyTerm(entities=frozenset({name})) for name in query.subject[:1])
    base = _conditions(one, held)
    if new.parties and not new.text:
        base = replace(base, text=_without_names(before, base.text))
    if new.text and _without_names(before, new.text) != new.text:
        old = ()  # "Microsoft UAE": the site takes the place of the company, too
    named = (base, replace(base, since=None, until=None)) if new.deals and not new.since else (base,)
    tried = [
        replace(base, parties=terms, deals=deals, types=types)
        for base in named
        for types in dict.fromkeys((_kind(one, before, base), base.types))
        for terms in readings(one, old, new.parties)
        for deals in dict.fromkeys((_within(new.deals, base.deals), new.deals, ()))
        if not (deals == () and new.deals)
    ]
    compared = (*query.compared, *new.parties) if query.intent == Intent.COMPARE and new.parties else query.compared
    if compared != query.compared:
        return replace(query, compared=compared)
    filters = next((filters for filters in tried if before.matches(filters)), tried[0 if new.parties else -1])
    if query.flow_sum and not any(term.roles for term in filters.parties):  # who paid whom was asked of other deals
        query = replace(query, flow_sum=False, intent=Intent.LOOKUP)
    return replace(query, filters=filters)


def _without_names(before: Before, text: str) -> str:
    """Return the words of a topic that name no organisation."""
    found = read_words(text)
    named = named_places(before.linker.link(found))
    return " ".join(word.raw for place, word in enumerate(found) if place not in named)


def _kind(one: Stated, before: Before, base: Filters) -> frozenset[DealType]:
    """Return the type of the one deal that was spoken of, where another company takes a place in it."""
    single = the_single(before)
    asks = before.query.intent in (Intent.LOOKUP, Intent.SUM, Intent.PASSAGE)
    if base.types or len(single) != 1 or not asks or not one.query.filters.parties or one.parts.has("deal"):
        return base.types
    return frozenset({before.ledger.deal(single[0]).type})


def _within(new: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in old if name in new) if new and old else new or old


def _conditions(one: Stated, old: Filters) -> Filters:
    """Return the earlier conditions but for those that the follow-up words anew; parties and deals stay."""
    new, old = widened(one, old)
    dates = shifted(one, old.since, old.until) or in_year_of(one, (new.since, new.until), old.since)
    dated = any(dates)
    named = {limits.measure for limits in new.ranges}
    statuses, without = _judged(one)
    judged = bool(statuses or without)
    return replace(
        old,
        types=new.types or old.types,
        without_types=new.without_types or old.without_types,
        statuses=statuses if judged else old.statuses,
        without_statuses=without if judged else old.without_statuses,
        since=dates[0] if dated else old.since,
        until=dates[1] if dated else old.until,
        ranges=(*(limits for limits in old.ranges if limits.measure not in named), *new.ranges),
        stated=new.stated or old.stated - new.unstated,
        unstated=new.unstated or old.unstated - new.stated,
        text=new.text or old.text,
    )


def _strange(one: Stated) -> tuple[str, ...]:
    """Return the words of "and Goldwoman?" that can only be a name: nothing else is said, and no record has it."""
    plain = one.query.filters == EVERYTHING and not one.pointer and len(one.texts) < _FRAGMENT
    return one.query.not_understood if plain and one.lead else ()


def _judged(one: Stated) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return the statuses wanted and unwanted: "drop the cancelled ones" unwants them, "... unsigned ones" wants firm ones."""
    new = one.query.filters
    if not leaves_out(one) or not (new.statuses or new.without_statuses):
        return new.statuses, new.without_statuses
    values = {cue.value for cue in one.parts.cues if cue.kind == "status" and one.texts[cue.start] not in said("leaving_out")}
    named = frozenset(named_statuses(values - {"not_firm"})) - FIRM
    kept_firm = not named or new.without_statuses & FIRM
    return (FIRM, frozenset()) if kept_firm else (frozenset(), named)


def _same_field(one: Stated, base: Query, new: Query) -> Query:
    """Read "broadcom er ta koto?" after a question for gigawatts as one for gigawatts: a bare "how much" names no field."""
    sized = [cue for cue in one.parts.cues if cue.kind == "measure"]
    bare = all(set(one.texts[cue.start : cue.end]) <= said("how_much") | {"many", "much"} for cue in sized)
    other = one.query.filters.parties or one.query.filters.deals
    if base.intent != Intent.LOOKUP or base.measure not in NUMERIC or not (sized and bare and other):
        return new
    return replace(new, intent=Intent.LOOKUP, measure=base.measure, flow_sum=False)


def _asked(one: Stated, base: Query, fallback: Intent, ordered: bool = True) -> Query:
    """Take what the follow-up asks where it asks something, else what was asked before."""
    new = _same_field(one, base, decided(one, ordered))
    asks = new.intent not in (Intent.LIST, Intent.PROFILE, Intent.PASSAGE, Intent.UNKNOWN)
    asks = asks and not (new.intent in (Intent.YESNO, Intent.LOOKUP) and leaves_out(one))
    asks = asks or (new.intent == Intent.PASSAGE and one.parts.has("intent", "why"))
    asks = asks or (new.intent == Intent.LIST and one.parts.has("intent", "list"))
    intent = new.intent if asks else Intent.LIST if fallback in (Intent.SMALLTALK, Intent.UNKNOWN) else fallback
    if intent == Intent.PROFILE and one.query.filters.text:  # a project beside a company's name
        intent = Intent.LIST
    people = tuple(dict.fromkeys(mention.entity for mention in one.parts.mentions))
    filters = base.filters
    strange = _strange(one) if not asks else ()
    if intent == Intent.YESNO:  # "was it a loan?": what it asks of the deal
        judged = FIRM if one.says("final") else done(one.query.filters.statuses)
        filters = replace(filters, statuses=judged or filters.statuses)
        kinds = frozenset(map(DealType, one.parts.values("type")))
        if filters.deals and kinds and one.query.filters in (EVERYTHING, Filters(types=kinds)):
            filters = replace(filters, types=kinds)  # "was it an acquisition?"
    return replace(
        base,
        intent=intent,
        filters=filters,
        language=one.query.language,
        script=one.query.script,
        measure=new.measure if asks else base.measure,
        aggregate=new.aggregate if asks else base.aggregate,
        flow_sum=new.flow_sum if asks else base.flow_sum,
        group_by=new.group_by or (None if asks else base.group_by),
        limit=new.limit if asks else base.limit,
        descending=new.descending if asks else base.descending,
        subject=people or base.subject,
        search=f"{base.search} {one.query.search}",
        readings=one.query.readings,
        not_understood=one.query.not_understood,
        unknown_names=(*one.query.unknown_names, *strange),
        out_of_scope=False,
    )
