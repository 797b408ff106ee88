"""Questions of order: the largest and latest deals, and the companies and years that lead."""

from dataclasses import replace

from assistant.reading.form import Asked, asks_for, asks_for_sector, plural_deals, sentence_phrase
from assistant.reading.measuring import asked_measure, money_or_count
from assistant.schema import GroupKey, Intent, Measure, PartyTerm, Query
from index.records import Role

_SEVERAL = 5  # how many "the largest deals" are when no number is given


def ask_leaders(asked: Asked, query: Query) -> Query | None:
    """Read "which company has the most deals", "who invested the most", "which year had most": a grouping with a limit."""
    if not asked.has("order", "max", "min") or asked.has("measure", "valuation", "gigawatts", "stake", "term"):
        return None
    key: GroupKey | None = None
    role: Role | None = None
    if asked.has("ask", "which_year"):
        key = "year"
    elif asked.has("ask", "which_month"):
        key = "month"
    else:
        sentence = asked.sentence
        roles = sentence.values("role")
        role = Role(roles[0]) if roles else None
        company = asked.has("ask", "who") or asks_for(asked, "company") or asks_for_sector(asked)
        if (role and not asked.has("noun", "deal")) or (company and not _is_rank_of_deals(asked)):
            key = "party"
            role = role or _asked_role(asked)
    if key is None:
        return None
    parties = query.filters.parties
    if role and not any(role in term.roles and not term.entities for term in parties):
        sector = next((place for place, term in enumerate(parties) if not term.entities and not term.roles), None)
        parties = (*parties, PartyTerm(roles=frozenset({role}))) if sector is None else parties
    limit = asked_limit(asked, single=not _plural_company(asked))
    many: Measure = "count" if asked.has("ask", "how_many") else "amount"
    return replace(
        query, intent=Intent.GROUP, group_by=key, measure=many if role else money_or_count(asked),
        filters=replace(query.filters, parties=parties), limit=limit, descending=not asked.has("order", "min"),
    )  # fmt: skip


def _plural_company(asked: Asked) -> bool:
    return any(
        asked.sentence.word(mark.start).endswith(("ies", "s", "গুলো", "gulo"))
        for kind in ("noun", "role")
        for mark in asked.sentence.of(kind)
        if not mark.has("noun", "deal")
    )


def _is_rank_of_deals(asked: Asked) -> bool:
    """True for "who signed the largest deal": the superlative belongs to a deal, not to the company."""
    for mark in asked.sentence.of("order", "max", "min"):
        for place in (mark.end, mark.end + 1):
            following = asked.sentence.mark_at(place)
            single = (
                following
                and (following.has("noun", "deal") or following.has("type"))
                and asked.sentence.word(mark.start) not in ("most", "the", "fewest", "least")
            )
            if (
                single
                and "বেশি" not in sentence_phrase(asked.sentence, mark.start, mark.end)
                and "beshi" not in sentence_phrase(asked.sentence, mark.start, mark.end)
            ):
                return True
    return False


def _asked_role(asked: Asked) -> Role | None:
    roles = {
        "invest": Role.INVESTOR,
        "raise": Role.INVESTEE,
        "lend": Role.LENDER,
        "borrow": Role.BORROWER,
        "acquire": Role.ACQUIRER,
        "guarantee": Role.GUARANTOR,
        "buy": Role.BUYER,
        "sell": Role.SELLER,
        "supply": Role.SELLER,
    }
    verb = asked.conditions.verb
    return roles.get(verb.frame) if verb else None


def ask_rank(asked: Asked, query: Query) -> Query | None:
    """Read "the largest", "top 5", "the latest"."""
    marks = asked.sentence.of("order")
    marks = tuple(mark for mark in marks if not _is_date_word(asked, mark.start))
    top = asked.has("top") and any(
        place in (mark.end, mark.start - 1) for place, _ in asked.sentence.amounts.numbers for mark in asked.sentence.of("top")
    )
    ranked = asked.has("intent", "rank")
    if not (marks or top or ranked) or (asked.has("intent", "sum", "average") and not marks):
        return None
    marks = tuple(mark for mark in marks if not _is_ceiling(asked, mark.start, mark.end))
    if not (marks or top or ranked):
        return None
    value = marks[0].senses["order"][0] if marks else "max"
    if value in ("latest", "earliest") and asked.yes_no:
        return None
    if value in ("max", "min") and marks and _mere_size(asked, marks[0].start):
        return None
    if value in ("longest", "shortest"):
        measure: Measure = "term"
    elif value in ("latest", "earliest"):
        measure = "announced"
    else:
        found = asked_measure(asked)
        measure = found if found in ("valuation", "stake", "shares", "gigawatts", "term") else "amount"
    descending = value in ("max", "latest", "longest", "descending")
    limit = None if ranked and not (marks or top) else asked_limit(asked)
    return replace(query, intent=Intent.RANK, measure=measure, descending=descending, limit=limit)


def _is_ceiling(asked: Asked, start: int, end: int) -> bool:
    """True for "সর্বোচ্চ কত" and "maximum": the most that a deal may come to, no order among deals."""
    following = asked.sentence.mark_at(end)
    return asked.sentence.word(start) in ("সর্বোচ্চ", "sorboccho", "maximum") and (
        end in asked.sentence.amounts.places or bool(following and following.has("ask", "how_much"))
    )


def _mere_size(asked: Asked, place: int) -> bool:
    """True for "big", "main", "বড়" and the like, which rank nothing when a number or a list is not asked for."""
    return (
        asked.sentence.word(place) in ("major", "huge", "main", "leading", "mega", "প্রধান", "most")
        and not asked.sentence.amounts.numbers
    )


def _is_date_word(asked: Asked, place: int) -> bool:
    return place in asked.sentence.when.places


def asked_limit(asked: Asked, single: bool | None = None) -> int:
    """Return how many are asked for: the number said, one, or several."""
    for _, value in asked.sentence.amounts.numbers:
        if 0 < value < 100:
            return value
    if single is None:
        single = not plural_deals(asked)
    return 1 if single else _SEVERAL
