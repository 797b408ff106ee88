"""Answers in the words of the articles: the sentences that answer, quoted exactly, with a note of their language."""

from assistant.composing.desk import Desk
from assistant.composing.verdicts import nearest
from assistant.schema import Evidence, Sentence

MOST = 4  # sentences quoted


def write_passage(desk: Desk) -> list[Sentence]:
    """Answer with one to four sentences of the corpus; records' facts where the passages are in the other language."""
    chosen = choose(desk)
    if not chosen:
        term = desk.query.defines
        missing = desk.echo(desk.text("passage.undefined", term=term)) if term else desk.say("passage.none")
        return [missing, *nearest(desk), *desk.items(desk.deals[:MOST])]
    own = [passage for passage in chosen if passage.language == desk.language]
    lead = desk.text("passage.lead" if own else "passage.lead_other")
    written = [Sentence(lead)] if not own else []
    written += [Sentence(" ".join(passage.quote.split()), (passage,), block="line" if own else "quote") for passage in chosen]
    if not own and desk.deals:
        written += [desk.note("passage.facts"), *desk.items(desk.deals[:MOST])]
    return written


def choose(desk: Desk) -> list[Evidence]:
    """Return the passages to quote, in reading order."""
    return _in_reading_order([passage for passage in desk.passages if passage.quote.strip()][:MOST])


def _in_reading_order(chosen: list[Evidence]) -> list[Evidence]:
    """Keep documents in the order of their best sentence, and sentences of one document in the order of its text."""
    places = {(passage.kind, passage.id): place for place, passage in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda passage: (places[passage.kind, passage.id], passage.start))
