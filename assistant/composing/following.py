"""What to ask next: questions that the corpus can answer, in the question's language."""

from collections import Counter
from collections.abc import Iterable

from assistant.composing.desk import Desk
from assistant.schema import Intent
from index.ledger import Ledger

MOST = 3  # questions offered


def follow_ups(desk: Desk) -> tuple[str, ...]:
    """Return up to three questions that continue this one; each is about companies that have deals."""
    names = _named(desk)
    if not names:
        return examples(desk)[:MOST]
    first, partner = names[0], _partner(desk, names)
    offered = [
        *(_pair(desk, first, partner) if partner else []),
        *(_single(desk, first) if desk.ledger.of_party(first) else []),
    ]
    asked = desk.query.search.casefold()
    fresh = [question for question in dict.fromkeys(offered) if question.casefold() != asked]
    return tuple(fresh[:MOST])


def _single(desk: Desk, entity: str) -> list[str]:
    intent, name = desk.query.intent, desk.name(entity)
    keys = {
        Intent.PROFILE: ("largest", "timeline", "circular"),
        Intent.TIMELINE: ("largest", "total_of"),
        Intent.RANK: ("latest", "list"),
    }
    wanted = keys.get(intent, ("largest", "latest", "total_of"))
    has_amount = any(deal.amount_usd and deal.firm for deal in desk.ledger.of_party(entity))
    needs_amount = {"largest", "total_of"}
    return [desk.phrases.say(f"follow.{key}", name=name) for key in wanted if has_amount or key not in needs_amount]


def _pair(desk: Desk, one: str, other: str) -> list[str]:
    if desk.query.intent in (
        Intent.LOOKUP,
        Intent.YESNO,
        Intent.PATH,
        Intent.CIRCULAR,
        Intent.PROFILE,
        Intent.PASSAGE,
        Intent.SUM,
    ):
        return [desk.phrases.say("follow.between", a=desk.name(one), b=desk.name(other))]
    return [desk.phrases.say("follow.path", a=desk.name(one), b=desk.name(other))]


def _named(desk: Desk) -> list[str]:
    """Companies of the question, else those of the deals shown, most frequent first."""
    query = desk.query
    asked = [*query.subject, *(e for term in query.filters.parties if not term.negated for e in sorted(term.entities))]
    shown = Counter(entity for deal in desk.deals for entity in deal.entities)
    return list(dict.fromkeys([*asked, *(entity for entity, _ in shown.most_common())]))


def _partner(desk: Desk, names: list[str]) -> str | None:
    """The company that the first one deals with most, among those of the answer."""
    with_first = list(desk.ledger.of_party(names[0]))
    partners = Counter(entity for deal in with_first for entity in deal.entities if entity != names[0])
    return next((name for name in names[1:] if name in partners), next(iter(dict(partners.most_common(1))), None))


def examples(desk: Desk) -> tuple[str, ...]:
    """Return questions of several kinds about the companies with most deals."""
    first, second, third = _busiest(desk.ledger, 3)
    if not first:
        return ()
    name, say = desk.name, desk.phrases.say
    offered = [say("follow.list", name=name(first)), say("follow.largest", name=name(first)), say("follow.circles")]
    if second:
        offered.insert(1, say("follow.between", a=name(first), b=name(_most_shared(desk.ledger, first) or second)))
    if third:
        offered.append(say("follow.timeline", name=name(third)))
    return tuple(offered)


def _busiest(ledger: Ledger, most: int) -> list[str]:
    found = Counter(entity for deal in ledger.deals for entity in deal.entities)
    names = [entity for entity, _ in found.most_common(most)]
    return [*names, *[""] * (most - len(names))]


def _most_shared(ledger: Ledger, entity: str) -> str | None:
    shared: Iterable[tuple[str, int]] = Counter(
        other for deal in ledger.of_party(entity) for other in deal.entities if other != entity
    ).most_common(1)
    return next((other for other, _ in shared), None)
