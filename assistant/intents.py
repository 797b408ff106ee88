"""What a question asks: rules in order, the first that applies decides the intent and what it is about."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from assistant.asked import asks_advice, counted_measure, is_foreign, is_yesno, lookup_measure, ranked_measure
from assistant.leaders import leaders
from assistant.meanings import meaning
from assistant.parts import Parts
from assistant.schema import Filters, GroupKey, Intent, Measure, Query
from assistant.superlatives import ordered, ranked
from assistant.words import Cue, lexicon, said
from index.records import AmountKind, DealType

_SIDES = 2  # companies of a plain comparison; a third one narrows it to single contracts
SPENT = frozenset({AmountKind.INVESTMENT, AmountKind.CONTRACT, AmountKind.PRICE, AmountKind.FINANCING})


def decide(parts: Parts, query: Query) -> Query:
    """Decide the intent; the first rule that applies wins."""
    meant = None if asks_advice(parts) else meaning(parts, query)
    if meant is not None:
        return meant
    if query.not_understood and is_foreign(parts) and not query.filters.text and not query.filters.ranges:
        return replace(query, intent=Intent.UNKNOWN if parts.has("intent", "count") else Intent.PASSAGE, out_of_scope=True)
    for rule in _RULES:
        decided = rule(parts, query)
        if decided is not None:
            return decided
    if not parts.words:
        return replace(query, intent=Intent.UNKNOWN)
    return replace(query, intent=Intent.PASSAGE, out_of_scope=is_foreign(parts))


def _people(parts: Parts) -> tuple[str, ...]:
    absent = {name for one in parts.joined for term in one.terms if term.negated for name in term.entities}
    return tuple(dict.fromkeys(mention.entity for mention in parts.mentions if mention.entity not in absent))


def _about_deals(parts: Parts) -> bool:
    return bool(parts.mentions) or any(
        parts.has(kind) for kind in ("deal", "type", "sector", "frame", "status", "country", "topic")
    )


def _advice(parts: Parts, query: Query) -> Query | None:
    """Advice, views and forecasts are not in any corpus of deals."""
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True) if asks_advice(parts) else None


def _circular(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "circular"):
        return None
    defined = parts.has("intent", "what_is") and not parts.mentions and not parts.has("intent", "list")
    if (parts.has("intent", "why") and not parts.mentions) or defined:
        return replace(query, intent=Intent.PASSAGE)
    return replace(query, intent=Intent.CIRCULAR, subject=_people(parts), filters=query.filters.without_parties())


def _why(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "why") or parts.has("intent", "path"):
        return None
    return replace(query, intent=Intent.PASSAGE, out_of_scope=is_foreign(parts))


def _path(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    if not parts.has("intent", "path") or len(people) != 2 or (parts.has("measure", "amount") and not parts.has("deal")):
        return None
    return replace(query, intent=Intent.PATH, subject=people, filters=query.filters.without_parties())


def _compare(parts: Parts, query: Query) -> Query | None:
    """Compare the coordinated parties, or all; named deals (rounds) are compared one by one."""
    explicit = parts.has("intent", "compare")
    if len(query.filters.deals) > 1 and explicit:
        return replace(query, intent=Intent.COMPARE, measure=ranked_measure(parts))
    asked = explicit or _weighs(parts)
    positive = [one for one in parts.joined if not one.terms[0].negated and not (one.terms[0].countries and parts.mentions)]
    sides = next((one.terms for one in reversed(positive) if len(one.terms) > 1), ())
    if not asked or sum(len(one.terms) for one in positive) < 2:
        return None
    if parts.ranges and not explicit:
        return None
    if not sides:
        named = [term for one in positive for term in one.terms]
        sides = tuple([term for term in named if term.entities] if sum(bool(term.entities) for term in named) > 1 else named)
    if len(sides) < 2:
        return None
    others = tuple(term for one in parts.joined for term in one.terms if term not in sides)
    filters = replace(query.filters, parties=others)
    if _is_of_size(parts) and not filters.types:
        filters = replace(filters, amount_kinds=SPENT)
    return replace(query, intent=Intent.COMPARE, compared=sides, filters=filters, measure=ranked_measure(parts))


def _weighs(parts: Parts) -> bool:
    """True for "which is bigger, A or B", "কে বেশি", "more for A than for B": a comparative that bounds no figure."""
    if not parts.has("comparative") or parts.ranges:
        return False
    if parts.says("than", "চেয়ে", "cheye") and len(parts.mentions) > 1:
        return True
    either = any(one.joiner == "or" and len(one.terms) > 1 for one in parts.joined)
    asks = parts.has("measure", "parties") or parts.says(*said("which"))
    return asks and (either or any(len(one.terms) == 2 and not one.terms[0].roles - one.terms[1].roles for one in parts.joined))


def _is_of_size(parts: Parts) -> bool:
    """True where single contracts are weighed by their sums, not companies by all that they do."""
    return ranked_measure(parts) == "amount" and (
        parts.has("comparative")
        or (parts.says("contracts") and len(parts.mentions) > _SIDES)
        or (parts.language == "en" and parts.says("contract"))
        or any(word.text in ("দুটি", "দুটির", "দুটো", "duita", "duti") for word in parts.words)
    )


def _timeline(parts: Parts, query: Query) -> Query | None:
    kinds = set(parts.values("rank"))
    superlative = bool(kinds & {"desc", "asc"}) and not kinds & {"latest", "earliest"}
    superlative = superlative or (len(kinds) == 1 and parts.says("date"))  # "latest deal by date"
    if not parts.has("intent", "timeline") or superlative:  # "the largest in its history"
        return None
    return replace(query, intent=Intent.TIMELINE)


def _group(parts: Parts, query: Query) -> Query | None:
    keys = parts.values("group")
    if not keys or (parts.has("rank") and parts.has("measure", "term")):  # "the longest by years"
        return None
    money = parts.has("intent", "sum") or (parts.has("measure", "amount") and not parts.has("intent", "count"))
    if (
        keys[0] in ("year", "month")
        and parts.has("measure", "amount")
        and parts.mentions
        and not parts.has("intent", "sum", "count")
    ):
        return None  # "worth per year" asks for one deal's annual sum
    key: GroupKey = keys[0]  # type: ignore[assignment]
    if key == "type" and len(query.filters.types) > 1:  # "by type (cloud, loan, shares)": the groups, no condition
        query = replace(query, filters=replace(query.filters, types=frozenset()))
    if key == "party" and not (money or parts.has("intent", "count")) and not _says_by(parts):
        return None
    return replace(query, intent=Intent.GROUP, group_by=key, measure="amount" if money else "count")


def _says_by(parts: Parts) -> bool:
    """True where the deals are to be grouped by company; "which companies" alone asks for a list."""
    return any(
        cue.kind == "group" and cue.value == "party" and parts.words[cue.start].text not in ("which", "who", "with")
        for cue in parts.cues
    )


def _count(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "count") or parts.has("intent", "average"):
        return None
    measure = counted_measure(parts)
    if measure:
        return replace(query, intent=Intent.SUM if parts.has("intent", "sum") else Intent.LOOKUP, measure=measure)
    if parts.has("measure", "amount") and parts.has("intent", "sum") and not parts.has("deal"):
        return None  # "how much in total? Count only ...": the verb, not the question
    return replace(query, intent=Intent.COUNT)


def _which_status(parts: Parts, query: Query) -> Query | None:
    """Read "is it signed or still in talks" as a question for the status."""
    named = [cue for cue in parts.cues if cue.kind == "status"]
    between = [parts.words[one.end : other.start] for one, other in pairwise(named)]
    parted = any(word.text in said("or") for gap in between for word in gap)
    if not parted or not is_yesno(parts) or not parts.mentions or parts.has("intent", "list"):
        return None
    filters = replace(query.filters, statuses=frozenset(), without_statuses=frozenset())
    return replace(query, intent=Intent.LOOKUP, measure="status", filters=filters)


def _sum(parts: Parts, query: Query) -> Query | None:
    if parts.has("intent", "average"):
        return replace(query, intent=Intent.SUM, aggregate="average", measure="amount")
    together = parts.has("intent", "together") and parts.has("measure", "amount")
    if not parts.has("intent", "sum") and not together:
        return None
    if parts.has("measure", "gigawatts"):
        return replace(query, intent=Intent.SUM, measure="gigawatts")
    if parts.has("measure", "shares") and not parts.has("deal"):
        return replace(query, intent=Intent.LOOKUP, measure="shares")
    filters = query.filters
    if filters.types == {DealType.BACKSTOP}:
        filters = replace(filters, amount_kinds=frozenset({AmountKind.GUARANTEE}))
    elif parts.says(*said("plans")):
        filters = replace(filters, amount_kinds=frozenset({AmountKind.PROGRAMME}))
    money = parts.has("measure", "amount") or any(map(parts.has, ("frame", "deal", "type", "topic"))) or parts.mentions
    return (
        replace(query, intent=Intent.SUM, measure="amount", flow_sum=parts.has("frame", "pay"), filters=filters)
        if money
        else None
    )


def _yesno(parts: Parts, query: Query) -> Query | None:
    return replace(query, intent=Intent.YESNO) if is_yesno(parts) and _about_deals(parts) else None


def _profile(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    named = parts.named
    rest = [word.text for place, word in enumerate(parts.words) if place not in named]
    if any(cue.value == "profile" and _goes_on(parts, cue) for cue in parts.cues if cue.kind == "intent"):
        return None
    who = bool({"who", "কে", "ke"} & set(rest)) and len(rest) <= 2
    called = not rest and bool(parts.mentions) and parts.mentions[0].ending in said("who_bn")  # "X ke", no case ending
    who = who or called
    what = (parts.has("intent", "what_is") or rest in (["ki"], ["কি"])) and len(rest) <= 3 and not parts.has("deal")
    asked = parts.has("intent", "profile") or who or what
    if len(people) != 1 or not asked or query.unknown_names or any(parts.has(kind) for kind in ("type", "sector", "frame")):
        return None
    if parts.has("deal"):
        return None
    if len(query.not_understood) > 1:  # "who is X's brother married to": not about the company
        return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)
    return replace(query, intent=Intent.PROFILE, subject=people)


def _goes_on(parts: Parts, cue: Cue) -> bool:
    """True for "who is building X": what somebody does is asked, not who they are."""
    return cue.end < len(parts.words) and parts.words[cue.end].text.endswith("ing")


def _lookup(parts: Parts, query: Query) -> Query | None:
    if parts.has("intent", "fate") and (parts.mentions or query.filters.text):
        filters = replace(query.filters, statuses=frozenset())
        return replace(query, intent=Intent.LOOKUP, measure="status", filters=filters)
    measure = lookup_measure(parts)
    spends = (
        parts.has("frame", "raise", "pay") and parts.has("intent", "list") and not parts.has("deal") and not parts.has("sector")
    )
    present = sum(len(one.terms) for one in parts.joined if not one.terms[0].negated)
    gives = parts.has("frame", "invest") and present > 1 and not parts.has("sector", "deal")
    lists = parts.has("intent", "what_is") and parts.says("are")  # "what are the investments of X in Y"
    if measure is None and (spends or gives) and parts.mentions and parts.says("what", "what's") and not lists:
        measure = "amount"
    if measure is None and parts.has("intent", "profile") and parts.says("who") and len(_people(parts)) > 1:
        measure = "parties"  # "who is involved in the deal of X and Y"
    if measure is None or not (_about_deals(parts) or query.filters.text):
        return None
    if measure == "parties" and _lists_parties(parts):
        return replace(query, intent=Intent.LIST)
    if measure == "closed":
        return replace(query, intent=Intent.LOOKUP, measure="closed", filters=replace(query.filters, statuses=frozenset()))
    if _is_condition(parts, measure):
        return replace(query, intent=Intent.LIST)
    return replace(query, intent=Intent.LOOKUP, measure=measure)


def _lists_parties(parts: Parts) -> bool:
    """True where "who" asks for the deals of whoever they are: beside a verb, or কারা কারা with no company named."""
    named = len(_people(parts)) > 1 and parts.says(*said("participants"))
    if any(map(parts.has, ("frame", "light", "sector"))) and not named:
        return True
    doubled = any(one.text == other.text and one.text in said("who_bn") for one, other in pairwise(parts.words))
    return doubled and not parts.mentions


def _is_condition(parts: Parts, measure: Measure) -> bool:
    """True where a field is no question but says which deals: "whose status is announced", "sources conflict on the sum"."""
    lists = parts.has("intent", "list") or parts.has("deal") or parts.has("type")
    stated = measure == "amount" and parts.has("currency") and not parts.says(*said("how_much"))  # "sums in rupees"
    told = (measure == "status" and parts.has("status")) or (measure in ("source", "amount") and parts.has("conflict"))
    told = told or stated
    return lists and told and not parts.has("intent", "fate")


def _list(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    bare = len(people) == 1 and len([word for word in parts.words if word.stem not in lexicon().stop]) <= 1
    told = any(parts.has(kind) for kind in ("deal", "type", "frame", "intent"))
    if bare and not told and query.filters == Filters(parties=parts.terms):
        return replace(query, intent=Intent.PROFILE, subject=people)
    return replace(query, intent=Intent.LIST) if _about_deals(parts) or query.filters != Filters() else None


_RULES: tuple[Callable[[Parts, Query], Query | None], ...] = (
    _advice,
    _circular, leaders, _which_status, _compare, _timeline, _path, _group, _why, _count, ordered, ranked, _sum, _yesno,
    _profile, _lookup, _list,
)  # fmt: skip
