"""Two questions in one: "when and how much", "how many deals and how much in all"; the second is answered beside the first."""

from dataclasses import replace

from assistant.aggregate import aggregate
from assistant.parts import Parts
from assistant.schema import Intent, Measure, Query
from assistant.words import Cue, said
from index.ledger import Ledger

_FIELDS: tuple[Measure, ...] = ("amount", "announced", "closed", "stake", "shares", "gigawatts", "valuation", "term", "status")
_DATED = ("announced", "closed")


def with_besides(ledger: Ledger, parts: Parts, query: Query) -> Query:
    """Return the query with what the question asks besides; unchanged where it asks one thing."""
    if query.intent == Intent.RANK and query.measure == "announced" and query.limit == 1:
        return _of_ranked(ledger, parts, query)
    if query.intent == Intent.COUNT and parts.has("intent", "sum") and parts.has("measure", "amount"):
        return replace(query, also=(replace(query, intent=Intent.SUM, measure="amount"),))
    if query.intent == Intent.LOOKUP and query.measure in _FIELDS:
        others = tuple(name for name in _asked(parts) if name != query.measure and {name, query.measure} != set(_DATED))
        return replace(query, also=tuple(replace(query, measure=name) for name in others))
    return query


def _of_ranked(ledger: Ledger, parts: Parts, query: Query) -> Query:
    """Read "how much was the first loan" as the sum of that loan."""
    fields = tuple(name for name in _asked(parts) if name not in _DATED)
    found = aggregate(ledger, query).deals if fields else ()
    if len(found) != 1 or parts.has("measure", *_DATED):
        return query
    filters = replace(query.filters, deals=found)
    return replace(query, intent=Intent.LOOKUP, measure=fields[0], filters=filters, limit=None)


def _asked(parts: Parts) -> tuple[Measure, ...]:
    """Return the fields asked for with a question word, in order."""
    told = {cue.value for cue in parts.cues if cue.kind == "measure" and _is_question(parts, cue)}
    return tuple(name for name in _FIELDS if name in told)


def _is_question(parts: Parts, cue: Cue) -> bool:
    inside = {word.text for word in parts.words[cue.start : cue.end]}
    return bool(inside & (said("how_much") | said("wh") | {"when"}))
