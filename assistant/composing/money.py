"""Sums, averages and rankings, with what is beside the figure and what is left out of it."""

from collections import defaultdict
from decimal import Context, Decimal

from assistant.composing.desk import CARD, Desk
from assistant.composing.lists import counts, kinds_of
from assistant.composing.lookup import HEADS, differing, field
from assistant.composing.scope import measured, scope
from assistant.counting import price_of
from assistant.schema import Evidence, LeftOut, Measure, Sentence
from assistant.selection import measure
from index.labels import label, qualified
from index.records import Deal, Qualifier

_DIGITS = 4  # significant digits of an average
_LONG = 3  # names of containing deals that the reason still lists


def write_sum(desk: Desk) -> list[Sentence]:
    """Answer "how much together": the figure by kind, ceilings beside it, what is left out, then the deals counted."""
    finding, deals = desk.finding, desk.deals
    ceilings = [desk.ledger.deal(name) for name in finding.ceilings]
    if finding.value is None or finding.value.amount is None:
        asked = scope(desk)
        return [
            desk.say("sum.nothing", desk.cards(ceilings), asked.given, scope=asked),
            *_ceilings(desk, ceilings),
            *left_out(desk, "sum"),
        ]
    if finding.ceilings == finding.deals:
        amount = desk.amount(deals[0])
        return [desk.say("sum.ceiling_only", desk.cards(deals), amount=amount), *desk.items(deals), *left_out(desk, "sum")]
    unit = desk.query.measure or "amount"
    key = "average" if desk.query.aggregate == "average" else "total" if unit == "amount" else "measure"
    counted = [_counted(desk, deal, unit) for deal in deals]
    evidence = [sentence.evidence[0] for sentence in counted]
    shown = _rounded(finding.value.amount)
    about = Qualifier.ABOUT if shown != finding.value.amount else None
    total, words = qualified(about, measured(desk, unit, shown), desk.language), scope(desk, len(deals))
    key = "total_one" if key == "total" and len(deals) == 1 else key
    written = [desk.say(f"sum.{key}", evidence, (shown, *words.given), total=total, scope=words, n=len(deals))]
    if len(finding.sums) > 1:
        written.append(_by_kind(desk, evidence))
    written += left_out(desk, "sum", with_ceilings=not ceilings)
    if len(deals) > 1 or ceilings:
        written.append(desk.heading("sum.counted", n=len(deals)))
    return [*written, *counted, *_ceilings(desk, ceilings), *differing(desk, list(deals), unit)]


def _rounded(amount: Decimal) -> Decimal:
    """Return a computed figure as it is, or, where a division left more, with _DIGITS significant digits."""
    exact = amount.normalize()
    return exact if len(exact.as_tuple().digits) <= _DIGITS + 2 else +Context(prec=_DIGITS).create_decimal(amount)


def _by_kind(desk: Desk, evidence: list[Evidence]) -> Sentence:
    kinds = desk.phrases.join(
        desk.text("sum.kind", amount=desk.money(amount), kind=label(kind, desk.language)) for kind, amount in desk.finding.sums
    )
    return desk.say("sum.kinds", evidence, [amount for _, amount in desk.finding.sums], kinds=kinds)


def _counted(desk: Desk, deal: Deal, unit: Measure) -> Sentence:
    """Write a counted deal; where only a part of its money is in the figure, that part."""
    part = price_of(desk.query)(deal) if unit == "amount" else measure(deal, unit)
    if part is None or (unit == "amount" and part == deal.amount_usd):
        return desk.item(deal)
    value = measured(desk, unit, part)
    key = "sum.part" if unit == "amount" else "lookup.item"
    text = desk.phrases.say(key, title=desk.title(deal), value=value, details=desk.details(deal, desk.title(deal)))
    return Sentence(text, (desk.card(deal, text),), (part,), block="item")


def _ceilings(desk: Desk, ceilings: list[Deal]) -> list[Sentence]:
    return [desk.heading("sum.ceilings_heading", n=len(ceilings)), *desk.items(ceilings)] if ceilings else []


def left_out(desk: Desk, family: str, with_ceilings: bool = True) -> list[Sentence]:
    """Say how many deals are not in the figure, grouped by reason."""
    by_reason: dict[str, list[LeftOut]] = defaultdict(list)
    for entry in desk.finding.left_out:
        by_reason[entry.reason].append(entry)
    if not with_ceilings:
        by_reason.pop("ceiling", None)
    if not by_reason:
        return []
    parts, numbers, evidence = [], [], []
    for reason, entries in by_reason.items():
        deals = [desk.ledger.deal(entry.deal) for entry in entries]
        parts.append(_reason(desk, reason, entries, deals))
        numbers += [Decimal(len(entries)), *counts(deals)]
        evidence += [desk.quotes.of(deal, desk.language, "", CARD) for deal in deals]
        evidence += [desk.quote(desk.ledger.deal(name)) for name in _containers(reason, entries)]
    return [desk.note_with(f"{family}.left", evidence, numbers, reasons=desk.phrases.join(parts))]


def _containers(reason: str, entries: list[LeftOut]) -> list[str]:
    names = list(dict.fromkeys(entry.other for entry in entries if entry.other))
    return names if reason == "part_of" and len(names) <= _LONG else []


def _reason(desk: Desk, reason: str, entries: list[LeftOut], deals: list[Deal]) -> str:
    if reason == "not_firm":
        return desk.text("left.not_firm", n=len(entries), kinds=kinds_of(desk, deals))
    containers = [desk.ledger.deal(name) for name in _containers(reason, entries) if name in desk.ledger]
    if reason == "part_of":
        if not containers:
            return desk.text("left.part_of_plain", n=len(entries))
        inside = desk.phrases.join(f"“{desk.title(deal)}”" for deal in containers)
        return desk.text("left.part_of", n=len(entries), inside=inside)
    if reason == "no_amount" and desk.query.measure not in (None, "amount"):
        return desk.text("left.no_measure", n=len(entries))
    return desk.text(f"left.{reason}", n=len(entries))


def write_rank(desk: Desk) -> list[Sentence]:
    """Answer "which is the largest, the latest": the first, then the others in order, then what is not ranked."""
    asked: Measure = desk.query.measure or "amount"
    if not desk.deals:
        words = scope(desk)
        ceilings = [desk.ledger.deal(name) for name in desk.finding.ceilings]
        return [
            desk.say("rank.nothing", desk.cards(ceilings), words.given, scope=words),
            *_ceilings(desk, ceilings),
            *left_out(desk, "rank"),
        ]
    first, way = desk.deals[0], "top" if desk.query.descending else "low"
    key = asked if asked in ("amount", "announced", "closed") else "measure"
    value = field(desk, first, asked)
    details = desk.standing(first, dated=key in ("amount", "measure"))
    text = desk.text(f"rank.{key}_{way}", title=desk.title(first), value=value, details=details)
    written = [Sentence(text, (desk.quotes.of(first, desk.language, text, (*CARD, HEADS[asked])),))]
    if len(desk.deals) > 1:
        order = "announced" if asked in ("announced", "closed") else ""
        written.append(desk.note(f"rank.order_{order + '_' if order else ''}{way}", n=len(desk.deals)))
        written += [_ranked(desk, deal, asked) for deal in desk.deals]
    return [*written, *_ceiling_above(desk, first, asked), *left_out(desk, "rank"), *differing(desk, [first], asked)]


def _ranked(desk: Desk, deal: Deal, asked: Measure) -> Sentence:
    if asked in ("amount", "announced", "closed"):
        return desk.item(deal)
    details = desk.details(deal, desk.title(deal))
    text = desk.phrases.say("lookup.item", title=desk.title(deal), value=field(desk, deal, asked), details=details)
    return Sentence(text, (desk.quotes.of(deal, desk.language, text, (*CARD, HEADS[asked])),), block="item")


def _ceiling_above(desk: Desk, first: Deal, asked: Measure) -> list[Sentence]:
    """Name the highest ceiling when it is above the largest firm figure."""
    if asked != "amount" or not desk.query.descending:
        return []
    ceilings = [desk.ledger.deal(name) for name in desk.finding.ceilings]
    highest = max(ceilings, key=lambda deal: deal.amount_usd or 0, default=None)
    if highest is None or (highest.amount_usd or 0) <= (first.amount_usd or 0):
        return []
    amount = qualified(highest.amount_qualifier, desk.money(highest.amount_usd or Decimal(0)), desk.language)
    text = desk.text("rank.ceiling", title=desk.title(highest), amount=amount)
    return [Sentence(text, (desk.card(highest, text),), block="note")]
