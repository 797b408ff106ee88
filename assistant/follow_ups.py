"""Follow-up questions: what the words leave out is taken from the query before."""

from dataclasses import replace

from assistant.language import small_number
from assistant.parts import Parts
from assistant.schema import EVERYTHING, Filters, Intent, PartyTerm, Query

_OPENERS = frozenset(
    "and what about how also but then ok okay so আর এবং তাহলে কিন্তু ar ebong tahole o or only just শুধু shudhu sudhu".split()
)
_POINTERS = frozenset(
    "it its that this those these they them their one ones same there এটা এটি এটার এটির সেটা সেটি ওটা এগুলো ওগুলো সেগুলো এর তার তাদের ওদের এদের এই সেই "
    "eta etar eita ota oita otar egulo ogulo segulo tar tader eder oder ei sei".split()
)
_ORDINALS = {
    word: place
    for place, forms in enumerate(
        (
            "first 1st প্রথম প্রথমটি প্রথমটা prothom prothomta 1m", "second 2nd দ্বিতীয় দ্বিতীয়টি দ্বিতীয়টা ditiyo dwitiyo ditiyota",
            "third 3rd তৃতীয় তৃতীয়টি তৃতীয়টা tritiyo tritiyota", "fourth 4th চতুর্থ চতুর্থটি choturtho", "fifth 5th পঞ্চম পঞ্চমটি ponchom",
        )
    )
    for word in forms.split()
}  # fmt: skip
_LAST = frozenset("last শেষ শেষটি শেষটা sesh shesh sheshta".split())
_SHORT = 6  # words at most of a question that may lean on the one before without saying so
_WITH = frozenset("with সাথে সঙ্গে sathe shathe songe".split())


def is_follow_up(parts: Parts, query: Query) -> bool:
    """True when a question does not stand by itself."""
    if query.intent == Intent.SMALLTALK or not parts.words:
        return False
    texts = [word.text for word in parts.words]
    if texts[0] in _OPENERS and len(texts) <= _SHORT + 2:
        return True
    if not parts.mentions and (set(texts) & _POINTERS or _ordinal(texts) is not None):
        return True
    alone = (
        bool(parts.mentions)
        or any(parts.has(kind) for kind in ("sector",))
        or (query.intent == Intent.PASSAGE and not query.out_of_scope)
    )
    subject = parts.has("deal") and (parts.has("intent", "list") or parts.has("intent", "count")) and len(texts) > 3
    return len(texts) <= _SHORT and not alone and not subject


def continued(parts: Parts, query: Query, before: Query, shown: tuple[str, ...]) -> Query:
    """Return the earlier query with what the follow-up says put in its place; ``shown`` are the deals of the earlier answer."""
    texts = [word.text for word in parts.words]
    place = _ordinal(texts)
    if place is not None and not parts.mentions and shown:
        chosen = shown[place] if -len(shown) <= place < len(shown) else shown[-1]
        base = replace(before, filters=Filters(deals=(chosen,)), limit=None, group_by=None, compared=(), subject=())
        return _asked(parts, query, base, fallback=Intent.LIST)
    pointing = bool(set(texts) & _POINTERS) and not parts.mentions
    if pointing and shown and before.intent in (Intent.RANK, Intent.LOOKUP, Intent.YESNO) and len(shown) <= 3:
        base = replace(before, filters=Filters(deals=shown), limit=None, group_by=None, compared=(), subject=())
        return _asked(parts, query, base, fallback=Intent.LIST)
    filters = _merged(parts, query.filters, before.filters, before)
    base = replace(before, filters=filters)
    return _asked(parts, query, base, fallback=before.intent)


def _ordinal(texts: list[str]) -> int | None:
    for number, text in enumerate(texts):
        if text in _ORDINALS:
            return _ORDINALS[text]
        if text in _LAST and (number + 1 == len(texts) or texts[number + 1] in ("one", "ta", "টা", "টি")):
            return -1
        if text in ("number", "নম্বর") and number + 1 < len(texts) and small_number(texts[number + 1]):
            return (small_number(texts[number + 1]) or 1) - 1
    return None


def _asked(parts: Parts, query: Query, base: Query, fallback: Intent) -> Query:
    """Take the new intent where the follow-up has one of its own, else the earlier one."""
    measures = parts.values("measure")
    if measures and query.intent in (Intent.PASSAGE, Intent.UNKNOWN, Intent.LIST):
        query = replace(query, intent=Intent.LOOKUP, measure=measures[0])  # type: ignore[arg-type]
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


def _merged(parts: Parts, new: Filters, old: Filters, before: Query) -> Filters:
    """Put each condition that the follow-up states in place of the earlier one of its kind."""
    parties = old.parties or tuple(PartyTerm(entities=frozenset({entity})) for entity in before.subject[:1])
    if new.parties:
        parties = _replaced(parts, parties, new.parties)
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
        text=new.text or old.text,
    )


def _replaced(parts: Parts, old: tuple[PartyTerm, ...], new: tuple[PartyTerm, ...]) -> tuple[PartyTerm, ...]:
    """Say which side of the earlier question the new company takes: "with X" the other side, "X's" and "X?" the like."""
    if all(term.negated for term in new):
        return (*old, *new)
    kept = tuple(term for term in old if term.negated)
    positive = tuple(term for term in old if not term.negated)
    if not positive or len(new) > 1:
        return (*new, *kept)
    with_word = any(word.text in _WITH for word in parts.words)
    term = new[0]
    if len(positive) == 1 and not with_word:
        roles = term.roles or positive[0].roles
        return (replace(term, roles=roles), *kept)
    main, *others = positive
    genitive = bool(parts.mentions) and parts.mentions[0].ending in ("ের", "র", "এর", "er", "r", "'s", "s") and not with_word
    if genitive:
        return (replace(term, roles=term.roles or main.roles), *others, *kept)
    roles = term.roles or (others[0].roles if others else frozenset())
    return (main, replace(term, roles=roles), *kept)
