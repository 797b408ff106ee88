"""Greetings, what the assistant can do, and what it does not know or did not understand."""

from assistant.composing.desk import Desk
from assistant.composing.following import examples
from assistant.composing.verdicts import nearest
from assistant.schema import Intent, Reading, Sentence


def write_talk(desk: Desk) -> list[Sentence]:
    """Answer a greeting, thanks, a goodbye, or say what the assistant can do with questions that the corpus answers."""
    kind = desk.query.smalltalk or "abilities"
    if kind != "abilities":
        return [desk.say(f"talk.{kind}")]
    deals = desk.ledger.deals
    if not deals:
        return [desk.say("talk.greeting")]
    lead = desk.say(
        "talk.abilities",
        (desk.card(deals[0]), desk.card(deals[-1])),
        n=len(deals),
        first=desk.date(deals[0]),
        last=desk.date(deals[-1]),
    )
    return [lead, *(Sentence(example, block="item") for example in examples(desk))]


def write_unknown(desk: Desk) -> list[Sentence]:
    """Say what is missing: a company that the corpus does not hold, another subject, or words not understood."""
    query = desk.query
    if query.unknown_names:
        written = [unknown_names(desk), *nearest(desk)]
        return written + (desk.items(desk.deals[:3]) if not desk.finding.nearest else [])
    if query.not_recorded:
        return [not_recorded(desk), *nearest(desk)]
    key = "out" if query.out_of_scope else "nothing"
    written = [desk.say(f"unknown.{key}"), *nearest(desk)]
    return [*written, desk.note("unknown.try"), *(Sentence(example, block="item") for example in examples(desk))]


def unknown_names(desk: Desk) -> Sentence:
    """Say which organisations the corpus does not hold."""
    names = [f"“{name}”" for name in desk.query.unknown_names]
    text = desk.text("unknown.company", names=desk.phrases.join(names), n=len(names))
    return desk.echo(text)


def not_recorded(desk: Desk) -> Sentence:
    """Say what is asked and is no field of a deal."""
    words = desk.phrases.join([f"“{word}”" for word in desk.query.not_recorded])
    named = [entity for term in desk.query.filters.parties for entity in sorted(term.entities)]
    if named and desk.query.intent is Intent.UNKNOWN:
        return desk.echo(desk.text("unknown.matter_of", words=words, names=desk.names(named)))
    return desk.echo(desk.text("unknown.matter", words=words))


def notes(desk: Desk) -> list[Sentence]:
    """Own up to readings taken and to words that found no place."""
    written = [_reading(desk, reading) for reading in desk.query.readings]
    if desk.query.not_understood and not desk.query.out_of_scope:  # of another subject nothing is understood
        words = "”, “".join(desk.query.not_understood)
        written.append(desk.echo(desk.text("unknown.words", words=words)))
    if desk.query.not_recorded and desk.query.intent is not Intent.UNKNOWN:
        written.append(not_recorded(desk))
    return written


def _reading(desk: Desk, reading: Reading) -> Sentence:
    others = desk.phrases.join([_meaning(desk, other) for other in reading.others], either=True)
    key = reading.reason if reading.reason != "ambiguous" or others else "ambiguous_plain"
    text = desk.text(f"reading.{key}", text=reading.text, taken=_meaning(desk, reading.taken), others=others)
    return desk.echo(text)


def _meaning(desk: Desk, word: str) -> str:
    return desk.name(word) if word in desk.ledger.entities else word
