"""Questions of figures: which measure is asked, a look-up, a sum or a count."""

from dataclasses import replace

from assistant.reading.form import Asked, plural_deals
from assistant.schema import Intent, Measure, Query

_MEASURES: tuple[Measure, ...] = (
    "valuation", "stake", "shares", "gigawatts", "term", "closed", "source", "terms", "status", "parties", "type", "amount",
    "announced",
)  # fmt: skip


_SIZES = frozenset("bigger biggest larger largest smaller smallest richest বড় ছোট boro choto".split())
_MONEY_VERBS = frozenset("invest raise pay lend borrow buy acquire rent guarantee license".split())


def money_or_count(asked: Asked) -> Measure:
    """Return what sides or rows are weighed by: money where it is spoken of, else the number of deals."""
    verb = asked.conditions.verb
    money = (
        asked.has("ask", "how_much")
        or asked.has("measure", "amount")
        or asked.has("intent", "sum")
        or (verb and verb.frame in _MONEY_VERBS)
    )
    counted = asked.has("ask", "how_many") or (
        asked.has("noun", "deal") and not asked.has("measure", "amount") and not (verb and verb.frame in _MONEY_VERBS)
    )
    size = any(asked.sentence.word(mark.start) in _SIZES for mark in (*asked.sentence.of("order"), *asked.sentence.of("bound")))
    if size and not asked.has("ask", "how_many"):
        return "amount"
    return "amount" if money and not (counted and asked.has("ask", "how_many")) else "count"


def is_money(asked: Asked) -> bool:
    """True when the question is of money."""
    verb = asked.conditions.verb
    return (
        asked.has("ask", "how_much")
        or asked.has("measure", "amount")
        or asked.has("intent", "sum")
        or bool(verb and verb.frame in _MONEY_VERBS)
    )


def ask_count(asked: Asked, query: Query) -> Query | None:
    """Read "how many"."""
    sentence = asked.sentence
    many = asked.has("ask", "how_many") or asked.has("intent", "count") or how_much_deals(asked)
    if not many:
        return None
    measure = asked_measure(asked)
    if measure in ("shares", "gigawatts", "term", "stake", "valuation") and not asked.has("noun", "deal"):
        return replace(query, intent=Intent.SUM if asked.has("intent", "sum") else Intent.LOOKUP, measure=measure)
    entities = (
        not asked.deal_noun
        and not asked.has("type")
        and (
            _counts(asked, "company")
            or any(mark.has("ask", "how_many") and "জন" in sentence.word(mark.start) for mark in sentence.marks)
        )
    )
    return replace(query, intent=Intent.COUNT, measure="parties" if entities else None)


def _counts(asked: Asked, noun: str) -> bool:
    return any(
        mark.has("ask", "how_many")
        and any(
            (other := asked.sentence.mark_at(place)) is not None
            and (other.has("noun", noun) or other.has("role") or other.has("sector"))
            for place in (mark.end, mark.end + 1)
        )
        for mark in asked.sentence.marks
    )


def how_much_deals(asked: Asked) -> bool:
    """Read "কত চুক্তি" and "koto deal" as a count."""
    return any(
        mark.has("ask", "how_much")
        and mark.end - mark.start == 1
        and (other := asked.sentence.mark_at(mark.end)) is not None
        and (other.has("noun", "deal") or other.has("frame", "partner"))
        and other.case == ""
        for mark in asked.sentence.marks
        if asked.sentence.language == "bn"
    )


def ask_sum(asked: Asked, query: Query) -> Query | None:
    """Read totals and averages."""
    if asked.has("intent", "average"):
        return replace(query, intent=Intent.SUM, aggregate="average", measure=_summed(asked))
    if not asked.has("intent", "sum") or not asked.domain:
        return None
    if asked_measure(asked) in ("status", "source", "terms", "parties", "announced"):
        return None
    return replace(query, intent=Intent.SUM, measure=_summed(asked), flow_sum=_flows(asked))


def _summed(asked: Asked) -> Measure:
    found = asked_measure(asked)
    return found if found in ("gigawatts", "shares", "valuation", "stake", "term") else "amount"


def _flows(asked: Asked) -> bool:
    verb = asked.conditions.verb
    whole = verb is not None and verb.frame == "pay" and bool(asked.conditions.filters.types)
    return bool(verb and verb.frame in ("pay", "invest", "lend")) and bool(asked.entities) and not whole


def asked_measure(asked: Asked) -> Measure | None:
    """Return the field that a question asks for, the most specific one first; None without any."""
    found = set(asked.sentence.values("measure"))
    if asked.has("ask", "how_much") and "%" in asked.sentence.text:
        return "stake"
    if _says_money(asked) or (asked.has("ask", "how_much") and asked.conditions.verb and asked.conditions.verb.frame == "pay"):
        return "amount"
    ranged = {limits.measure for limits in asked.conditions.filters.ranges}
    if asked.has("ask", "how_long"):
        found.add("term")
    if _asks_when(asked):
        found.add("closed" if asked.has("status", "closed") else "announced")
    if asked.has("ask", "how_much"):
        found.add("amount")
    if found & {"stake", "shares"} == {"stake", "shares"} and asked.has("ask", "how_many"):
        found.discard("stake")
    for measure in _MEASURES:
        if measure in found and not (measure in ranged and not asked.has("ask", "how_much", "how_many")):
            return measure
    return None


_MONEY = frozenset(
    "টাকা টাকার টাকায় ডলার ডলারের অর্থ বিলিয়ন দামে খরচ taka takar takay dollar dollarer dollars dame khoroch money billion "
    "billions price".split()
)


def _asks_when(asked: Asked) -> bool:
    """True for a question of a date; an English "when" after another question word only joins two clauses."""
    for mark in asked.sentence.of("ask", "when", "which_year", "which_month"):
        joins = asked.sentence.word(mark.start) == "when" and any(
            other.start < mark.start for other in asked.sentence.of("ask", "what", "how_much", "how_many", "which")
        )
        if not joins:
            return True
    return False


def _what_money(asked: Asked) -> bool:
    """True for "what did X raise", "what has X spent on": the thing asked for is money."""
    verb = asked.conditions.verb
    plain = asked.sentence.word(0) == "what" and asked.sentence.word(1) in ("did", "has", "have", "does", "will", "is")
    return plain and verb is not None and verb.frame in ("raise", "pay") and bool(asked.entities)


def _says_money(asked: Asked) -> bool:
    """True for "how much money", "কত ডলারের", which ask for the amount whatever else is named."""
    sentence = asked.sentence
    return any(
        sentence.word(place) in _MONEY
        for mark in (*sentence.of("ask", "how_much"), *sentence.of("intent", "sum"))
        for place in range(mark.start, min(mark.end + 1, len(sentence.tokens)))
        if mark.has("ask") or mark.end - mark.start > 1
    )


def ask_lookup(asked: Asked, query: Query) -> Query | None:
    """Read questions of one field."""
    measure = asked_measure(asked)
    if measure is None and _what_money(asked):
        measure = "amount"
    if measure is None or not (asked.domain or asked.sentence.when.places):
        return None
    if measure == "parties" and not (asked.deal_noun or asked.has("type") or asked.leaning):
        return None
    if (
        measure == "amount"
        and not asked.has("ask", "how_much")
        and not _what_money(asked)
        and (_lists(asked) or asked.has("ask", "which", "who"))
    ):
        return None
    if measure in ("shares", "gigawatts", "stake", "type", "terms") and (
        asked.has("ask", "who") or (_lists(asked) and asked.has("ask", "which"))
    ):
        return None
    return replace(query, intent=Intent.LOOKUP, measure=measure, flow_sum=measure == "amount" and _flows(asked))


def _lists(asked: Asked) -> bool:
    return (asked.has("intent", "list") and plural_deals(asked)) or (
        asked.has("ask", "which") and asked.deal_noun and plural_deals(asked)
    )
