"""Looking up one field: its value, what sources say otherwise, or that the record does not state it."""

from collections.abc import Callable

from assistant.composing.desk import CARD, Desk
from assistant.composing.scope import measured
from assistant.schema import Measure, Sentence
from assistant.selection import measure
from index.labels import label, qualified
from index.records import AmountKind, Deal

# The line of the record that states a measure.
HEADS: dict[Measure, str] = {
    "amount": "amount", "announced": "announced", "closed": "closed", "stake": "stake", "shares": "shares",
    "gigawatts": "power", "valuation": "valuation", "term": "term", "status": "status", "parties": "parties",
    "type": "type", "source": "sources", "terms": "summary", "title": "title", "count": "title",
}  # fmt: skip
_CLAIMED: dict[str, Measure] = {
    "amount_usd": "amount", "stake_percent": "stake", "shares": "shares", "term": "term",
    "status": "status", "announced": "announced",
}  # fmt: skip


def write_lookup(desk: Desk) -> list[Sentence]:
    """Answer with the field asked for, of one deal or of each that matches."""
    asked: Measure = desk.query.measure or "amount"
    firm = [deal for deal in desk.deals if deal.firm] or list(desk.deals)
    stating = [deal for deal in firm if field(desk, deal, asked)]
    if not stating:
        return _silent(desk, firm, asked)
    loose = [deal for deal in desk.deals if deal not in firm]
    if len(firm) == 1:
        written = _single(desk, firm[0], asked)
    else:
        key = "lookup.one_states" if len(stating) == 1 else "lookup.each"
        number = len(firm) if len(stating) == 1 else len(stating)
        shown = [*stating, *(deal for deal in firm if deal not in stating)]
        name = desk.text(f"field.{asked}")
        written = [desk.say(key, desk.cards(shown), n=number, field=name)]
        written += [_item(desk, deal, asked) for deal in shown]
        written += differing(desk, shown, asked)
    if loose:
        written += [desk.note("lookup.also", n=len(loose)), *desk.items(loose)]
    return written


def is_silent(desk: Desk) -> bool:
    """True when no record that matches states the field."""
    asked: Measure = desk.query.measure or "amount"
    firm = [deal for deal in desk.deals if deal.firm] or list(desk.deals)
    return not any(field(desk, deal, asked) for deal in firm)


def field(desk: Desk, deal: Deal, asked: Measure) -> str:
    """Write a field of a record; empty where the record does not state it."""
    words: dict[str, Callable[[], str]] = {
        "amount": lambda: desk.amount(deal),
        "announced": lambda: desk.on(deal.announced, deal.announced_precision),
        "closed": lambda: desk.on(deal.closed) if deal.closed else "",
        "stake": lambda: _stake(desk, deal),
        "status": lambda: desk.status(deal),
        "type": lambda: label(deal.type, desk.language),
        "terms": lambda: deal.summary(desk.language),
        "title": lambda: desk.title(deal),
        "count": lambda: desk.title(deal),
    }
    if asked in words:
        return words[asked]()
    value = measure(deal, asked)
    if value is not None:
        return measured(desk, asked, value) if asked != "shares" else measured(desk, asked, value).rsplit(" ", 1)[0]
    return desk.quotes.line(deal, desk.language, HEADS[asked]) if asked in ("parties", "source") else ""


def _stake(desk: Desk, deal: Deal) -> str:
    if deal.stake_percent is None:
        return ""
    return qualified(deal.stake_qualifier, measured(desk, "stake", deal.stake_percent), desk.language)


def _single(desk: Desk, deal: Deal, asked: Measure) -> list[Sentence]:
    said = answer(desk, deal, asked)
    written = [said] if asked == "title" else [said, *([desk.item(deal)] if asked not in ("parties",) else [])]
    if asked in ("amount", "stake", "shares", "terms", "gigawatts") and _adds(desk, deal):
        terms = deal.amount_text or ""
        written.append(desk.note("lookup.terms_are", [desk.quote(deal, "", "terms")], terms=terms.rstrip(".")))
    return written + differing(desk, [deal], asked, alone=True)


def answer(desk: Desk, deal: Deal, asked: Measure) -> Sentence:
    """Write the sentence that gives one field of one deal."""
    key = f"lookup.amount.{deal.amount_kind or AmountKind.CONTRACT}" if asked == "amount" else f"lookup.{asked}"
    text = desk.text(key, value=field(desk, deal, asked))
    return Sentence(text, (desk.quote(deal, text, HEADS[asked]),))


def _adds(desk: Desk, deal: Deal) -> bool:
    """True when the terms in words say more than the amount line."""
    return bool(deal.amount_text) and len(deal.amount_text or "") > len(desk.amount(deal)) + 12


def _item(desk: Desk, deal: Deal, asked: Measure) -> Sentence:
    title, value = desk.title(deal), field(desk, deal, asked)
    details = ", ".join(
        ([desk.date(deal)] if asked != "announced" else []) + ([desk.status(deal)] if asked != "status" else [])
    )
    if not value:
        value = desk.text("lookup.silent", field=desk.text(f"field.{asked}")).rstrip(".।")
    text = desk.phrases.say("lookup.item", title=title, value=value, details=details)
    return Sentence(text, (desk.quotes.of(deal, desk.language, text, (*CARD, HEADS[asked])),), block="item")


def differing(desk: Desk, deals: list[Deal], asked: Measure | None = None, alone: bool = False) -> list[Sentence]:
    """Say where sources differ: all notes, or those that touch one field; of a deal alone also what touches no field."""
    written = []
    for deal in deals:
        note = deal.conflict_note(desk.language)
        touched = {_CLAIMED.get(claim.field) for claim in deal.claims}
        if note and (asked is None or asked in touched or asked in ("terms", "source") or (alone and None in touched)):
            key = "lookup.note" if note.startswith("Sources differ") else "lookup.differ"
            written.append(desk.note(key, [desk.quote(deal, "", "conflict")], note=note))
    return written


def _silent(desk: Desk, deals: list[Deal], asked: Measure) -> list[Sentence]:
    """Say that the record does not state the field, and what it does state."""
    name = desk.text(f"field.{asked}")
    if asked == "closed":
        lead = desk.say("lookup.open", [desk.card(deal) for deal in deals[:1]])
    elif len(deals) == 1:
        lead = desk.say("lookup.silent", [desk.card(deals[0])], field=name)
    else:
        lead = desk.say("lookup.silent_many", desk.cards(deals), n=len(deals), field=name)
    written = [lead, desk.say("lookup.stated"), *desk.items(deals)]
    for deal in deals if len(deals) == 1 else ():
        if deal.amount_text and asked in ("amount", "valuation", "stake"):
            written.append(desk.note("lookup.terms_are", [desk.quote(deal, "", "terms")], terms=deal.amount_text.rstrip(".")))
        elif deal.summary(desk.language):
            summary = deal.summary(desk.language)
            written.append(Sentence(summary, (desk.quote(deal, "", "summary"),), block="note"))
    return written + differing(desk, deals, asked, alone=len(deals) == 1)
