"""What a sentence asks: the intent with its measure, order, limit and grouping. Rules in order; the first that applies wins."""

from collections.abc import Callable
from dataclasses import replace

from assistant.reading.form import Asked, asks_for, asks_for_sector, asks_what, weightless
from assistant.reading.measuring import ask_count, ask_lookup, ask_sum, asked_measure, how_much_deals, is_money, money_or_count
from assistant.reading.ordering import ask_leaders, ask_rank, asked_limit
from assistant.reading.talking import ask_out, ask_smalltalk
from assistant.schema import GroupKey, Intent, Measure, PartyTerm, Query


def ask(asked: Asked, query: Query) -> Query:
    """Return the query with its intent."""
    for rule in _RULES:
        decided = rule(asked, query)
        if decided is not None:
            return decided
    return _fallback(asked, query)


def _circular(asked: Asked, query: Query) -> Query | None:
    if not asked.has("intent", "circular"):
        return None
    definition = (asked.has("intent", "passage") or asked.has("ask", "why") or asks_what(asked)) and not asked.entities
    if definition or (
        asked.has("ask", "why") or (asked.has("intent", "passage") and not asked.yes_no and not asked.has("intent", "list"))
    ):
        return replace(query, intent=Intent.PASSAGE)
    limit = asked_limit(asked) if asked.has("order") or (asked.has("top") and asked.sentence.amounts.numbers) else None
    return replace(query, intent=Intent.CIRCULAR, subject=asked.entities, filters=query.filters.without_parties(), limit=limit)


def _path(asked: Asked, query: Query) -> Query | None:
    if not asked.has("intent", "path") or len(asked.entities) != 2 or asked.has("intent", "timeline", "compare"):
        return None
    explicit = asked.sentence.of("intent", "path")
    if asked.has("ask", "how_many", "how_much", "when") or (asked.deal_noun and all(mark.has("case") for mark in explicit)):
        return None
    return replace(query, intent=Intent.PATH, subject=asked.entities, filters=query.filters.without_parties())


def _compare(asked: Asked, query: Query) -> Query | None:
    sentence = asked.sentence
    joined = any(item.joined for item in asked.conditions.items)
    sides = _sides(asked)
    contest = (
        joined
        and len(sides) > 1
        and (asked.has("order", "max", "min") or asked.has("bound", "more", "less"))
        and (asked.has("logic", "or") or asked.has("ask", "who", "which") or asked.yes_no)
    )
    if len(sentence.when.years) > 1 and asked.has("intent", "compare") and len(sides) < 2:
        return replace(query, intent=Intent.GROUP, group_by="year", measure=money_or_count(asked))
    if len(sides) < 2 or not (asked.has("intent", "compare") or contest):
        return None
    apart = set(sides)
    rest = tuple(
        term
        for term in asked.conditions.terms
        if term not in apart and not any(term.entities & side.entities and side.entities for side in apart)
    )
    measure = asked_measure(asked) or (money_or_count(asked) if contest or asked.conditions.verb else None)
    return replace(query, intent=Intent.COMPARE, compared=sides, filters=replace(query.filters, parties=rest), measure=measure)


def _sides(asked: Asked) -> tuple[PartyTerm, ...]:
    """Return what is compared: the joined parties, else the first two named, of organisations or else of sectors."""
    pairs = [
        (item, term) for item, term in zip(asked.conditions.items, asked.conditions.terms, strict=True) if not term.negated
    ]
    for place, (item, _) in enumerate(pairs):
        if item.joined:
            first = place - 1
            last = place
            while last + 1 < len(pairs) and pairs[last + 1][0].joined:
                last += 1
            return tuple(term for _, term in pairs[first : last + 1])
    named = [term for item, term in pairs if item.named]
    return tuple(named if len(named) > 1 else [term for _, term in pairs])


def _timeline(asked: Asked, query: Query) -> Query | None:
    return (
        replace(query, intent=Intent.TIMELINE)
        if asked.has("intent", "timeline") and (asked.domain or asked.has("noun"))
        else None
    )


def _became(asked: Asked, query: Query) -> Query | None:
    if not asked.has("ask", "what_became") or not (asked.entities or query.filters.text):
        return None
    if any(mark.has("ask", "how", "when") for mark in asked.sentence.marks) and not asked.has("measure", "status"):
        return None
    filters = query.filters
    if filters.statuses:  # the state that it had then, which the record may have left behind
        filters = replace(filters, statuses=frozenset())
    return replace(query, intent=Intent.LOOKUP, measure="status", filters=filters)


def _passage(asked: Asked, query: Query) -> Query | None:
    why = asked.has("ask", "why") or (asked.has("ask", "how") and not asked.has("intent", "path", "compare"))
    about = asked.has("intent", "passage") and not asked.has("intent", "average") and not asked.has("ask", "how_many")
    if not (why or about) or (asked.yes_no and asked.entities and not about):
        return None
    if asked.has("ask", "which") and asked.has("noun", "deal") and not why:
        return None
    return replace(query, intent=Intent.PASSAGE)


def _group(asked: Asked, query: Query) -> Query | None:
    keys = asked.sentence.values("group_key")
    if not keys:
        return None
    key: GroupKey = keys[0]  # type: ignore[assignment]
    measure: Measure = (
        "count"
        if asked.has("ask", "how_many") or asked.has("intent", "count") or how_much_deals(asked)
        else ("amount" if is_money(asked) else "count")
    )
    return replace(query, intent=Intent.GROUP, group_by=key, measure=measure)


def _yesno(asked: Asked, query: Query) -> Query | None:
    return replace(query, intent=Intent.YESNO) if asked.yes_no and asked.domain else None


def _profile(asked: Asked, query: Query) -> Query | None:
    if len(asked.entities) != 1 or (asked.conditions.terms and any(term.roles for term in asked.conditions.terms)):
        return None
    busy = (
        asked.deal_noun
        or asked.has("type")
        or asked.has("sector")
        or asked.has("role")
        or (asked.conditions.verb and asked.conditions.verb.frame not in ("get", "hold", "build", "pay"))
    )
    filters = query.filters
    narrow = filters.statuses or filters.ranges or filters.since or filters.until or filters.text
    weight = [place for place in range(len(asked.sentence.tokens)) if not weightless(asked.sentence, place)]
    bare = all(any(name.start <= place < name.end for name in asked.sentence.names) for place in weight)
    lost = query.not_understood or query.unknown_names
    if busy or narrow or lost or not (asked.has("intent", "profile") or asks_what(asked) or asked.has("ask", "who") or bare):
        return None
    return replace(query, intent=Intent.PROFILE, subject=asked.entities)


def _definition(asked: Asked, query: Query) -> Query | None:
    filters = query.filters
    named = any(term.entities or term.roles for term in filters.parties)
    narrowed = named or filters.ranges or filters.since or filters.until or (filters.statuses and asked.deal_noun)
    if asked.entities or asked.yes_no or narrowed or not asks_what(asked):
        return None
    return replace(query, intent=Intent.PASSAGE)


def _list(asked: Asked, query: Query) -> Query | None:
    filters = query.filters
    narrowed = bool(
        filters.parties
        or filters.types
        or filters.statuses
        or filters.without_statuses
        or filters.since
        or filters.until
        or filters.ranges
        or filters.text
    )
    if not (asked.deal_noun or narrowed or asked.has("type") or asked.has("status") or asked.has("logic", "other")):
        return None
    who = asked.has("ask", "who") or asks_for(asked, "company") or asks_for_sector(asked)
    return replace(query, intent=Intent.LIST, measure="parties" if who else None)


def _fallback(asked: Asked, query: Query) -> Query:
    if asked.domain:
        return replace(query, intent=Intent.PASSAGE)
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)


_RULES: tuple[Callable[[Asked, Query], Query | None], ...] = (
    ask_smalltalk, ask_out, _circular, _became, _path, _compare, _timeline, _group, _passage, ask_leaders, ask_count,
    ask_rank, ask_sum, _yesno, _profile, _definition, ask_lookup, _list,
)  # fmt: skip
