"""Greetings, thanks and the like, and questions that are no business of deals."""

from dataclasses import replace

from assistant.reading.form import Asked, sentence_phrase, weightless
from assistant.schema import Intent, Query


def ask_smalltalk(asked: Asked, query: Query) -> Query | None:
    kinds = asked.sentence.values("smalltalk")
    if (
        not kinds
        or asked.sentence.names
        or asked.has("type")
        or asked.has("sector")
        or (asked.has("frame") and "abilities" not in kinds)
    ):
        return None
    marks = asked.sentence.of("smalltalk")
    held = {place for mark in marks for place in range(mark.start, mark.end)}
    rest = [place for place in range(len(asked.sentence.tokens)) if place not in held]
    weighty = [place for place in rest if not weightless(asked.sentence, place)]
    if "abilities" in kinds and len(weighty) <= 2 and not asked.has("noun", "deal"):
        return replace(query, intent=Intent.SMALLTALK, smalltalk="abilities")
    if len(weighty) > 1 or asked.has("out"):
        return None
    order = ("thanks", "goodbye", "greeting", "abilities")
    return replace(query, intent=Intent.SMALLTALK, smalltalk=next(kind for kind in order if kind in kinds))


def ask_out(asked: Asked, query: Query) -> Query | None:
    if not asked.has("out"):
        return None
    advice = any(
        mark.has("out") and sentence_phrase(asked.sentence, mark.start, mark.end) in _ADVICE for mark in asked.sentence.marks
    )
    deals = asked.deal_noun or asked.has("type") or asked.has("sector") or len(asked.entities) > 1
    if deals and not advice and not (asked.has("out") and not asked.sentence.names and not asked.has("noun", "deal")):
        return None
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)


_ADVICE = frozenset(
    "should i buy|should i invest|should i sell|stock tip|stock tips|price target|share price|stock price|investment advice|financial advice|buy or sell|good time to buy|should i|invest my|kinbo|কিনব|কিনবো|কেনা উচিত|বিনিয়োগ করা উচিত|kena uchit|invest kora uchit|শেয়ারের দাম|share er dam".split(
        "|"
    )
)
