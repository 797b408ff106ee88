"""Greetings, thanks and the like, and questions that are no business of deals."""

from dataclasses import replace

from assistant.reading.form import Asked, weightless
from assistant.schema import Intent, Query, Smalltalk

_FIRST: tuple[Smalltalk, ...] = ("thanks", "goodbye", "greeting", "abilities")  # what to answer of several


def ask_smalltalk(asked: Asked, query: Query) -> Query | None:
    """Read greetings, thanks, farewells and questions about the assistant."""
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
    return replace(query, intent=Intent.SMALLTALK, smalltalk=next(kind for kind in _FIRST if kind in kinds))


def ask_out(asked: Asked, query: Query) -> Query | None:
    """Read questions on other subjects and requests for advice."""
    if not (asked.has("out") or asked.has("advice")):
        return None
    advice = asked.has("advice")
    deals = asked.deal_noun or asked.has("type") or asked.has("sector") or len(asked.entities) > 1
    if deals and not advice and not (asked.has("out") and not asked.sentence.names and not asked.has("noun", "deal")):
        return None
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)
