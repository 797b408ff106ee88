"""Yes or no, profiles of companies, and what stands nearest when nothing matched."""

from collections import Counter
from decimal import Decimal

from assistant.citations import verify
from assistant.composing.desk import Desk
from assistant.composing.lists import itemised
from assistant.composing.lookup import differing
from assistant.composing.scope import scope
from assistant.schema import Sentence
from index.labels import label
from index.records import Deal, DealType, Qualifier

_PARTNERS = 4  # companies named as those most dealt with
_STOPS = {"en": ".", "bn": "।"}
_PROOFS = 8  # deals looked into for one that bears out the figures of a remark on a company
_KINDS = 2  # types named as the most frequent


def write_yesno(desk: Desk) -> list[Sentence]:
    """Answer yes with the firm record, or no with what the record says instead."""
    deals = list(desk.deals)
    if not deals:
        asked = scope(desk)
        lead = desk.say("yesno.no_none", (), asked.given, scope=asked)
        return [lead, *nearest(desk)]
    # The deal with the fewest parties is the one that the question is about; a big round merely includes them.
    first = min(deals, key=lambda deal: (not deal.firm, len(deal.entities)))
    title = desk.title(first)
    if desk.finding.verdict:
        text = desk.text("yesno.yes", title=title, details=desk.details(first, title))
    else:
        key = "yesno.no_record" if first.firm else "yesno.no_loose"
        text = desk.text(key, status=desk.status(first), title=title, details=desk.details(first, title))
    summary = first.summary(desk.language)
    written = [Sentence(text, (desk.card(first, text),))]
    if summary:
        written.append(Sentence(summary, (desk.quote(first, summary, "summary"),)))
    others = [deal for deal in deals if deal is not first]
    if others:
        written += [desk.note("yesno.also"), *desk.items(others)]
    return written + differing(desk, deals, "status")


def nearest(desk: Desk) -> list[Sentence]:
    """Name the nearest records that there are, and which condition they do not meet."""
    deals = [desk.ledger.deal(name) for name in desk.finding.nearest]
    if not deals:
        return []
    key = f"none.relaxed_{desk.finding.relaxed}"
    return [desk.note(key if key in desk.phrases else "none.nearest", n=len(deals)), *desk.items(deals)]


def write_nothing(desk: Desk) -> list[Sentence]:
    """Say that no record matches, and what is nearest."""
    key = {"count": "count.zero", "lookup": "none.lookup"}.get(desk.query.intent, "none.list")
    asked = scope(desk, 0)
    return [desk.say(key, (), asked.given, scope=asked), *nearest(desk)]


def write_profile(desk: Desk) -> list[Sentence]:
    """Answer "who is X": what it is, how many deals, the biggest, the latest, its partners, then all deals."""
    entity = _subject(desk)
    if entity is None:
        return []
    written = [_who(desk, entity)]
    if not desk.deals:
        return [*written, desk.say("profile.none", name=desk.name(entity))]
    deals = desk.deals
    loose = [deal for deal in deals if not deal.firm]
    note = desk.text("profile.loose", n=len(loose)) if loose else ""
    cards = desk.cards(deals)
    written.append(desk.say("profile.deals", cards, [Decimal(len(loose))], n=len(deals), name=desk.name(entity), loose=note))
    written += _highlights(desk, entity)
    return [*written, desk.heading("profile.list", n=len(deals)), *itemised(desk, deals)]


def _subject(desk: Desk) -> str | None:
    if desk.query.subject:
        return desk.query.subject[0]
    named = [entity for term in desk.query.filters.parties if not term.negated for entity in sorted(term.entities)]
    return named[0] if named else None


def _who(desk: Desk, entity: str) -> Sentence:
    """Say what a company is; the remark is the entity record's own, proved by a deal that lists it."""
    record = desk.ledger.entity(entity)
    note = record.note_bn if desk.language == "bn" else record.note_en
    for part in dict.fromkeys((note, note.split(";")[0], note.split(",")[0])) if note else ():
        text = desk.text("profile.who", name=desk.name(entity), note=part.rstrip(".।") + _STOPS[desk.language])
        for deal in desk.deals[:_PROOFS]:
            said = Sentence(text, (desk.quotes.of(deal, desk.language, text, ("parties",)),))
            if verify(said):
                return said
    sectors = desk.phrases.join(label(sector, desk.language) for sector in record.sectors)
    return Sentence(desk.text("profile.who_plain", name=desk.name(entity), sectors=sectors), desk.cards(desk.deals[:1]))


def _highlights(desk: Desk, entity: str) -> list[Sentence]:
    deals = desk.deals
    written = []
    kinds = Counter(deal.type for deal in deals).most_common(_KINDS)
    if len(deals) > _KINDS:
        names = desk.phrases.join(_plural(desk, kind) for kind, _ in kinds)
        written.append(desk.say("profile.kinds", desk.cards(deal for deal in deals if deal.type in dict(kinds)), kinds=names))
    stated = [deal for deal in deals if deal.firm and deal.amount_usd and deal.amount_qualifier != Qualifier.UP_TO]
    if stated:
        written.append(_highlight(desk, "biggest", max(stated, key=lambda deal: deal.amount_usd or 0)))
    written.append(_highlight(desk, "latest", max(deals, key=lambda deal: (deal.span.last, deal.id))))
    partners = Counter(other for deal in deals for other in deal.entities if other != entity).most_common(_PARTNERS)
    partners = [(other, number) for other, number in partners if number > 1]
    if partners:
        words = [desk.text("profile.partner", name=desk.name(other), n=number) for other, number in partners]
        among = [deal for deal in deals if any(other in deal.entities for other, _ in partners)]
        numbers = [Decimal(number) for _, number in partners]
        written.append(desk.say("profile.partners", desk.cards(among), numbers, partners=desk.phrases.join(words)))
    return written


def _plural(desk: Desk, kind: DealType) -> str:
    return desk.phrases.say(f"noun.{kind}").split("|")[-1]


def _highlight(desk: Desk, key: str, deal: Deal) -> Sentence:
    title = desk.title(deal)
    text = desk.text(f"profile.{key}", title=title, details=desk.details(deal, title))
    return Sentence(text, (desk.card(deal, text),))
