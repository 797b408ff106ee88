"""Follow-up questions: what the words leave out is taken from the query before."""

from collections.abc import Callable
from dataclasses import replace

from assistant.asked import is_yesno, lookup_measure
from assistant.language import small_number
from assistant.parts import Parts
from assistant.schema import EVERYTHING, Filters, Intent, PartyTerm, Query
from assistant.words import said

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ELLIPTIC = 4  # words at most of a question that names a company and nothing that it asks of it
_FEW = 3  # deals at most that "it" may point to
_SHORT = 6  # words at most of a question that may lean on the one before without saying so
Matches = Callable[[Filters], bool]


def is_follow_up(parts: Parts, query: Query) -> bool:
    """True when a question does not stand by itself."""
    if query.intent == Intent.SMALLTALK or not parts.words:
        return False
    texts = [word.text for word in parts.words]
    if texts[0] in said("openers") and len(texts) <= _SHORT + 2:
        return True
    told = any(parts.has(kind) for kind in ("deal", "type", "frame", "sector"))
    elliptic = (
        bool(parts.mentions) and len(texts) <= _ELLIPTIC and not told and not parts.has("intent", "profile", "what_is", "why")
    )
    if elliptic and (len(texts) > 1 or parts.mentions[0].ending or query.intent != Intent.PROFILE):
        return True
    if (
        len(parts.mentions) == 1
        and len(texts) <= _SHORT
        and set(texts) & said("follow_ups_with")
        and not parts.has("sector", "type")
    ):
        return True
    if not parts.mentions and (set(texts) & said("pointers") or _ordinal(texts) is not None):
        return True
    alone = (
        bool(parts.mentions)
        or any(parts.has(kind) for kind in ("sector",))
        or (query.intent == Intent.PASSAGE and not query.out_of_scope)
    )
    subject = parts.has("deal") and (parts.has("intent", "list") or parts.has("intent", "count")) and len(texts) > 3
    return len(texts) <= _SHORT and not alone and not subject


def continued(parts: Parts, query: Query, before: Query, shown: tuple[str, ...], matches: Matches) -> Query:
    """Return the earlier query with what the follow-up says put in its place; ``shown`` are the deals of the earlier answer."""
    texts = [word.text for word in parts.words]
    place = _ordinal(texts)
    if place is not None and not parts.mentions and shown:
        chosen = shown[place] if -len(shown) <= place < len(shown) else shown[-1]
        return _asked(parts, query, _only(before, (chosen,)), fallback=Intent.LIST)
    if (
        before.intent == Intent.COMPARE
        and not parts.mentions
        and (query.intent in (Intent.SUM, Intent.RANK, Intent.LOOKUP, Intent.LIST) or parts.has("intent", "sum"))
    ):
        return _asked(parts, query, _uncompared(before, shown), fallback=Intent.LIST)
    single = before.intent in (Intent.RANK, Intent.LOOKUP, Intent.YESNO) or len(shown) == 1
    pointing = not parts.mentions and bool(
        set(texts) & said("pointers") or query.intent == Intent.LOOKUP or parts.has("measure")
    )
    if pointing and single and shown and len(shown) <= _FEW and not query.filters.parties:
        return _asked(
            parts, query, _only(before, shown), fallback=before.intent if before.intent == Intent.LOOKUP else Intent.LIST
        )
    base = replace(before, filters=_merged(parts, query.filters, before.filters, before, matches))
    return _asked(parts, query, base, fallback=before.intent)


def _only(before: Query, deals: tuple[str, ...]) -> Query:
    parties = before.filters.parties
    return replace(
        before,
        filters=Filters(deals=deals, parties=parties),
        limit=None,
        group_by=None,
        compared=(),
        subject=(),
        measure=before.measure,
    )


def _uncompared(before: Query, shown: tuple[str, ...]) -> Query:
    """Return the compared deals as one set."""
    return replace(_only(before, shown), filters=Filters(deals=shown))


def _ordinal(texts: list[str]) -> int | None:
    for number, text in enumerate(texts):
        place = next((place for place, name in enumerate(_ORDINALS) if text in said(f"ordinal_{name}")), None)
        if place is not None:
            return place
        joined = text not in ("last", "শেষ", "sesh", "shesh")
        if text in said("last") and (
            joined or number + 1 == len(texts) or texts[number + 1] in ("one", "ta", "টা", "টি", "ti", "er")
        ):
            return -1
        if text in ("number", "নম্বর") and number + 1 < len(texts) and small_number(texts[number + 1]):
            return (small_number(texts[number + 1]) or 1) - 1
    return None


def _asked(parts: Parts, query: Query, base: Query, fallback: Intent) -> Query:
    """Take the new intent where the follow-up has one of its own, else the earlier one."""
    asked = lookup_measure(parts)
    if asked and query.intent in (Intent.PASSAGE, Intent.UNKNOWN, Intent.LIST, Intent.LOOKUP):
        query = replace(query, intent=Intent.LOOKUP, measure=asked)
    if query.intent in (Intent.PASSAGE, Intent.UNKNOWN, Intent.LIST) and parts.has("intent", "sum"):
        query = replace(query, intent=Intent.SUM, measure="amount")
    if query.intent in (Intent.PASSAGE, Intent.UNKNOWN, Intent.LIST) and is_yesno(parts):
        query = replace(query, intent=Intent.YESNO)
    named_only = query.intent in (Intent.LIST, Intent.PROFILE, Intent.PASSAGE, Intent.UNKNOWN)
    keep = named_only and not (query.intent == Intent.LIST and parts.has("intent", "list"))
    intent = fallback if keep else query.intent
    if intent == Intent.SMALLTALK:
        intent = Intent.LIST
    return replace(
        base,
        intent=intent,
        language=query.language,
        script=query.script,
        measure=query.measure if not keep else base.measure,
        aggregate=query.aggregate,
        group_by=query.group_by or (base.group_by if keep else None),
        limit=query.limit if not keep else base.limit,
        descending=query.descending if not keep else base.descending,
        subject=query.subject or base.subject,
        search=f"{base.search} {query.search}",
        readings=query.readings,
        not_understood=query.not_understood,
        unknown_names=query.unknown_names,
        out_of_scope=False,
    )


def _merged(parts: Parts, new: Filters, old: Filters, before: Query, matches: Matches) -> Filters:
    """Put each condition that the follow-up states in place of the earlier one of its kind."""
    parties = old.parties or tuple(PartyTerm(entities=frozenset({entity})) for entity in before.subject[:1])
    if new.parties:
        parties = _replaced(parts, replace(old, parties=parties), new.parties, matches)
    dated = new.since is not None or new.until is not None
    return replace(
        old,
        parties=parties,
        deals=() if new != EVERYTHING and new.parties else old.deals,
        types=new.types or old.types,
        statuses=new.statuses or old.statuses,
        without_statuses=new.without_statuses or old.without_statuses,
        since=new.since if dated else old.since,
        until=new.until if dated else old.until,
        ranges=new.ranges or old.ranges,
        stated=new.stated or old.stated - new.unstated,
        unstated=new.unstated or old.unstated - new.stated,
        text=new.text or old.text,
    )


def _replaced(parts: Parts, before: Filters, new: tuple[PartyTerm, ...], matches: Matches) -> tuple[PartyTerm, ...]:
    """Say which side of the earlier question the new company takes: its case or preposition, else the side that has deals."""
    old = before.parties
    if all(term.negated for term in new):
        return (*old, *new)
    kept = tuple(term for term in old if term.negated and not term.entities & new[0].entities)
    positive = tuple(term for term in old if not term.negated)
    if not positive or len(new) > 1:
        return (*new, *kept)
    term = new[0]
    main, *others = positive
    with_word = any(word.text in said("follow_ups_with") for word in parts.words)
    if not others:
        instead, beside = (replace(term, roles=term.roles or main.roles), *kept), (main, term, *kept)
        alone = matches(replace(before, parties=instead)) or not matches(replace(before, parties=beside))
        return beside if with_word or not alone else instead
    instead_of_main = (replace(term, roles=main.roles), *others, *kept)
    instead_of_other = (main, replace(term, roles=others[0].roles), *kept)
    if with_word or _is_object(parts):
        other = matches(replace(before, parties=instead_of_other)) or not matches(replace(before, parties=instead_of_main))
        return instead_of_other if other else instead_of_main
    if _is_genitive(parts) and not any(one.roles for one in positive):
        return instead_of_main
    first, second = (
        (instead_of_main, instead_of_other) if any(one.roles for one in positive) else (instead_of_other, instead_of_main)
    )
    return first if matches(replace(before, parties=first)) or not matches(replace(before, parties=second)) else second


def _is_genitive(parts: Parts) -> bool:
    return bool(parts.mentions) and parts.mentions[0].ending in ("ের", "র", "এর", "er", "r", "'s", "s")


def _is_object(parts: Parts) -> bool:
    """True for "in X", "to X", এক্সে, এক্সকে: the company that something is done to."""
    if not parts.mentions:
        return False
    mention = parts.mentions[0]
    previous = parts.words[mention.start - 1].text if mention.start else ""
    return mention.ending in ("তে", "ে", "য়", "এ", "কে", "te", "e", "y", "ke") or previous in (
        "in",
        "into",
        "to",
        "for",
        "from",
    )
