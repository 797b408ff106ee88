"""What a sentence asks: the intent with its measure, order, limit and grouping. Rules in order; the first that applies wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.reading.conditions import Conditions
from assistant.reading.sentence import Sentence
from assistant.schema import GroupKey, Intent, Measure, PartyTerm, Query
from index.records import Role

_SEVERAL = 5  # how many "the largest deals" are when no number is given
_MEASURES: tuple[Measure, ...] = (
    "valuation", "stake", "shares", "gigawatts", "term", "closed", "source", "terms", "status", "parties", "type", "amount", "announced",
)  # fmt: skip
_AUXILIARIES = frozenset(
    "did does do has have is are was were had didn't doesn't isn't aren't wasn't weren't hasn't haven't don't ain't".split()
)
_OPENING = frozenset("so ok okay and but hi hello hey please well then also um hmm actually tell me".split())
_TAGS = ("right?", "correct?", "true?", "isn't it?", "right", "yes or no", "yes/no", "না কি?", "তাই না?", "tai na?", "তাই না", "tai na")
_MONEY_VERBS = frozenset("invest raise pay lend borrow buy acquire rent guarantee license".split())
_PLURAL = ("s", "গুলো", "গুলি", "gulo", "guli", "gula", "গুলোর", "সমূহ", "গুলোকে")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence with its conditions and what is known of its form."""

    sentence: Sentence
    conditions: Conditions
    yes_no: bool
    leaning: bool = False  # a follow-up, which is about deals even where it does not say so

    def has(self, kind: str, *values: str) -> bool:
        """True when the sentence has such a mark."""
        return self.sentence.has(kind, *values)

    @property
    def entities(self) -> tuple[str, ...]:
        """The organisations named, in order, each once, negated ones left out."""
        found = (
            entity
            for item, term in zip(self.conditions.items, self.conditions.terms, strict=True)
            if not term.negated and item.named
            for entity in sorted(item.term.entities)
        )
        return tuple(dict.fromkeys(found))

    @property
    def domain(self) -> bool:
        """True when the question has to do with deals at all."""
        kinds = ("noun", "type", "sector", "role", "status", "frame", "country", "region", "project", "known", "topic", "group_key")
        return self.leaning or bool(self.sentence.names) or any(self.has(kind) for kind in kinds) or bool(self.conditions.filters.text)

    @property
    def deal_noun(self) -> bool:
        """True when deals are spoken of, by the noun or a verb phrase that holds it."""
        return self.has("noun", "deal") or self.has("frame", "partner")


def ask(asked: Asked, query: Query) -> Query:
    """Return the query with its intent."""
    for rule in _RULES:
        decided = rule(asked, query)
        if decided is not None:
            return decided
    return _fallback(asked, query)


def is_yes_no(sentence: Sentence) -> bool:
    """True for a question that yes or no answers, in any of the three scripts."""
    if sentence.script == "english" or sentence.language == "en":
        return _english_yes_no(sentence)
    return _bengali_yes_no(sentence)


def _english_yes_no(sentence: Sentence) -> bool:
    lowered = sentence.text.casefold().strip()
    if any(lowered.endswith(tag) for tag in _TAGS) or "is it true" in lowered or "true or false" in lowered:
        return True
    place = 0
    while place < len(sentence.tokens) and sentence.word(place) in _OPENING:
        place += 1
    head, following = sentence.word(place), sentence.word(place + 1)
    if head in ("do", "did", "have", "can") and following in ("you", "we", "i"):
        return False
    wh = any(mark.has("ask") and not mark.has("ask", "whether") and mark.start <= place + 1 for mark in sentence.marks)
    return head in _AUXILIARIES and not wh


_PARTICLES = frozenset("কি ki".split())
_WH = ("who", "which", "when", "why", "how", "how_much", "how_many", "how_long", "where", "which_year", "which_month", "what_became")


def _bengali_yes_no(sentence: Sentence) -> bool:
    if any(sentence.text.strip(" ?।").endswith(tag.strip("?")) for tag in _TAGS[7:]):
        return True
    if any(mark.has("ask", *_WH) and not _is_to_whom(sentence, mark.start) for mark in sentence.marks):
        return False
    if sentence.has("ask", "whether"):
        return True
    places = [place for place, token in enumerate(sentence.tokens) if token.word in _PARTICLES]
    if len(places) != 1:
        return False
    place = places[0]
    if place == len(sentence.tokens) - 1:
        return _is_verb(sentence, place - 1)
    following = sentence.mark_at(place + 1)
    if following and following.has("noun") or sentence.word(place + 1) in _KINDS:
        return place > 0 and any(_is_verb(sentence, later) for later in range(place + 1, len(sentence.tokens))) and bool(sentence.names) and place >= 1 and _after_name(sentence, place)
    return place > 0 and any(_is_verb(sentence, later) for later in range(place + 1, len(sentence.tokens)))


def _is_to_whom(sentence: Sentence, place: int) -> bool:
    """True for a কে or ke that is the ending of the name before it, not "who"."""
    if sentence.word(place) not in ("ke", "কে") or len(sentence.names) < 2:
        return False
    return any(name.end == place for name in sentence.names)


_KINDS = frozenset("ধরনের dhoroner প্রকারের type".split())
_VERBAL = ("ছে", "ছিল", "বে", "লো", "ছি", "che", "chhe", "se", "be", "lo", "silo", "chilo", "chhilo", "আছে", "ছিল", "ache", "ase", "হয়", "hoy", "করে", "kore")


def _is_verb(sentence: Sentence, place: int) -> bool:
    word = sentence.word(place)
    mark = sentence.mark_at(place)
    return word.endswith(_VERBAL) or bool(mark and mark.has("frame")) or bool(mark and (mark.has("status") or mark.has("logic", "not")))


def _after_name(sentence: Sentence, place: int) -> bool:
    return any(name.end == place for name in sentence.names)


def _smalltalk(asked: Asked, query: Query) -> Query | None:
    kinds = asked.sentence.values("smalltalk")
    if not kinds or asked.sentence.names or asked.has("type") or asked.has("sector") or asked.has("frame") and "abilities" not in kinds:
        return None
    marks = asked.sentence.of("smalltalk")
    held = {place for mark in marks for place in range(mark.start, mark.end)}
    rest = [place for place in range(len(asked.sentence.tokens)) if place not in held]
    weighty = [place for place in rest if not _weightless(asked.sentence, place)]
    if "abilities" in kinds and len(weighty) <= 2 and not asked.has("noun", "deal"):
        return replace(query, intent=Intent.SMALLTALK, smalltalk="abilities")
    if len(weighty) > 1 or asked.has("out"):
        return None
    order = ("thanks", "goodbye", "greeting", "abilities")
    return replace(query, intent=Intent.SMALLTALK, smalltalk=next(kind for kind in order if kind in kinds))


def _weightless(sentence: Sentence, place: int) -> bool:
    mark = sentence.mark_at(place)
    return (mark is not None and mark.has("stop")) or len(sentence.word(place)) < 2


def _out(asked: Asked, query: Query) -> Query | None:
    if not asked.has("out"):
        return None
    advice = any(mark.has("out") and sentence_phrase(asked.sentence, mark.start, mark.end) in _ADVICE for mark in asked.sentence.marks)
    deals = asked.deal_noun or asked.has("type") or asked.has("sector") or len(asked.entities) > 1
    if deals and not advice and not (asked.has("out") and not asked.sentence.names and not asked.has("noun", "deal")):
        return None
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)


def sentence_phrase(sentence: Sentence, start: int, end: int) -> str:
    """Return the words of a stretch of a sentence."""
    return " ".join(sentence.word(place) for place in range(start, end))


_ADVICE = frozenset("should i buy|should i invest|should i sell|stock tip|stock tips|price target|share price|stock price|investment advice|financial advice|buy or sell|good time to buy|should i|invest my|kinbo|কিনব|কিনবো|কেনা উচিত|বিনিয়োগ করা উচিত|kena uchit|invest kora uchit|শেয়ারের দাম|share er dam".split("|"))


def _circular(asked: Asked, query: Query) -> Query | None:
    if not asked.has("intent", "circular"):
        return None
    definition = (asked.has("intent", "passage") or asked.has("ask", "why") or _asks_what(asked)) and not asked.entities
    if definition or (asked.has("ask", "why") or (asked.has("intent", "passage") and not asked.yes_no and not asked.has("intent", "list"))):
        return replace(query, intent=Intent.PASSAGE)
    limit = _limit(asked) if asked.has("order") or asked.has("top") and asked.sentence.amounts.numbers else None
    return replace(query, intent=Intent.CIRCULAR, subject=asked.entities, filters=query.filters.without_parties(), limit=limit)


def _asks_what(asked: Asked) -> bool:
    """True for "what is a ...", "... কী" without a plural or a list asked for."""
    sentence = asked.sentence
    if sentence.has("intent", "list") or sentence.has("ask", "which", "how_many", "how_much", "who", "when"):
        return False
    if not sentence.has("ask", "what"):
        return False
    last = sentence.word(len(sentence.tokens) - 1)
    english = sentence.word(0) in ("what", "what's", "whats") and not _plural_deals(asked) and sentence.word(1) in ("is", "are", "a", "an", "does", "s", "exactly") or sentence.word(0) == "what's"
    bengali = last in ("কি", "কী", "ki", "kii") or any(sentence.word(place) in ("কী", "কি", "ki") for place in range(max(0, len(sentence.tokens) - 3), len(sentence.tokens)))
    return bool(english or (sentence.language == "bn" and bengali and not asked.yes_no))


def _plural_deals(asked: Asked) -> bool:
    return any(
        any(asked.sentence.word(place).endswith(_PLURAL) for place in range(mark.start, mark.end))
        for mark in (*asked.sentence.of("noun", "deal"), *asked.sentence.of("type"))
    ) or asked.has("logic", "all")


def _path(asked: Asked, query: Query) -> Query | None:
    if not asked.has("intent", "path") or len(asked.entities) != 2 or asked.has("intent", "timeline", "compare"):
        return None
    explicit = [mark for mark in asked.sentence.of("intent", "path")]
    if asked.has("ask", "how_many", "how_much", "when") or (asked.deal_noun and all(mark.has("case") for mark in explicit)):
        return None
    return replace(query, intent=Intent.PATH, subject=asked.entities, filters=query.filters.without_parties())


def _compare(asked: Asked, query: Query) -> Query | None:
    sentence = asked.sentence
    sides = _sides(asked)
    contest = len(sides) > 1 and (asked.has("order", "max", "min") or asked.has("bound", "more", "less")) and (
        asked.has("logic", "or") or asked.has("ask", "who", "which") or asked.yes_no
    )
    if len(sentence.when.years) > 1 and asked.has("intent", "compare") and len(sides) < 2:
        return replace(query, intent=Intent.GROUP, group_by="year", measure=_money_or_count(asked))
    if len(sides) < 2 or not (asked.has("intent", "compare") or contest):
        return None
    apart = {term for term in sides}
    rest = tuple(
        term for term in asked.conditions.terms if term not in apart and not any(term.entities & side.entities and side.entities for side in apart)
    )
    measure = _measure(asked) or (_money_or_count(asked) if contest or asked.conditions.verb else None)
    return replace(query, intent=Intent.COMPARE, compared=sides, filters=replace(query.filters, parties=rest), measure=measure)


def _sides(asked: Asked) -> tuple[PartyTerm, ...]:
    """Return what is compared: the joined parties, else the first two named, of organisations or else of sectors."""
    pairs = [(item, term) for item, term in zip(asked.conditions.items, asked.conditions.terms, strict=True) if not term.negated]
    for place, (item, _) in enumerate(pairs):
        if item.joined:
            first = place - 1
            last = place
            while last + 1 < len(pairs) and pairs[last + 1][0].joined:
                last += 1
            return tuple(term for _, term in pairs[first : last + 1])
    named = [term for item, term in pairs if item.named]
    return tuple(named if len(named) > 1 else [term for _, term in pairs])


def _money_or_count(asked: Asked) -> Measure:
    verb = asked.conditions.verb
    money = asked.has("ask", "how_much") or asked.has("measure", "amount") or asked.has("intent", "sum") or (verb and verb.frame in _MONEY_VERBS)
    counted = asked.has("ask", "how_many") or (asked.has("noun", "deal") and not asked.has("measure", "amount") and not (verb and verb.frame in _MONEY_VERBS))
    return "amount" if money and not (counted and asked.has("ask", "how_many")) else "count"


def _timeline(asked: Asked, query: Query) -> Query | None:
    return replace(query, intent=Intent.TIMELINE) if asked.has("intent", "timeline") and (asked.domain or asked.has("noun")) else None


def _became(asked: Asked, query: Query) -> Query | None:
    if not asked.has("ask", "what_became") or not (asked.entities or query.filters.text):
        return None
    if any(mark.has("ask", "how", "when") for mark in asked.sentence.marks) and not asked.has("measure", "status"):
        return None
    filters = query.filters
    if filters.statuses:  # the state that it had then, which the record may have left behind
        filters = replace(filters, statuses=frozenset())
    return replace(query, intent=Intent.LOOKUP, measure="status", filters=filters)


def _passage(asked: Asked, query: Query) -> Query | None:
    why = asked.has("ask", "why") or (asked.has("ask", "how") and not asked.has("intent", "path", "compare"))
    about = asked.has("intent", "passage") and not asked.has("intent", "average") and not asked.has("ask", "how_many")
    if not (why or about) or (asked.yes_no and asked.entities and not about):
        return None
    if asked.has("ask", "which") and asked.has("noun", "deal") and not why:
        return None
    return replace(query, intent=Intent.PASSAGE)


def _group(asked: Asked, query: Query) -> Query | None:
    keys = asked.sentence.values("group_key")
    if not keys:
        return None
    key: GroupKey = keys[0]  # type: ignore[assignment]
    measure: Measure = "count" if asked.has("ask", "how_many") or asked.has("intent", "count") else ("amount" if _is_money(asked) else "count")
    return replace(query, intent=Intent.GROUP, group_by=key, measure=measure)


def _is_money(asked: Asked) -> bool:
    verb = asked.conditions.verb
    return asked.has("ask", "how_much") or asked.has("measure", "amount") or asked.has("intent", "sum") or bool(verb and verb.frame in _MONEY_VERBS)


def _leaders(asked: Asked, query: Query) -> Query | None:
    """Read "which company has the most deals", "who invested the most", "which year had most": a grouping with a limit."""
    if not asked.has("order", "max", "min"):
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
        company = asked.has("ask", "who") or _asks_for(asked, "company") or _asks_for_sector(asked)
        if (role and not asked.has("noun", "deal")) or (company and not _is_rank_of_deals(asked)):
            key = "party"
            role = role or _asked_role(asked)
    if key is None:
        return None
    parties = query.filters.parties
    if role and not any(role in term.roles and not term.entities for term in parties):
        sector = next((place for place, term in enumerate(parties) if not term.entities and not term.roles), None)
        parties = (*parties, PartyTerm(roles=frozenset({role}))) if sector is None else parties
    limit = _limit(asked, single=not _plural_company(asked))
    return replace(
        query, intent=Intent.GROUP, group_by=key, measure=_money_or_count(asked) if not role else ("amount" if not asked.has("ask", "how_many") else "count"),
        filters=replace(query.filters, parties=parties), limit=limit, descending=not asked.has("order", "min"),
    )  # fmt: skip


def _asks_for(asked: Asked, noun: str) -> bool:
    return any(
        mark.has("ask", "which", "what") and any((other := asked.sentence.mark_at(place)) is not None and other.has("noun", noun) for place in (mark.end, mark.end + 1, mark.end + 2))
        for mark in asked.sentence.marks
    )


def _asks_for_sector(asked: Asked) -> bool:
    return any(
        mark.has("ask", "which", "what") and any((other := asked.sentence.mark_at(place)) is not None and other.has("sector") for place in (mark.end, mark.end + 1))
        for mark in asked.sentence.marks
    )


def _plural_company(asked: Asked) -> bool:
    return any(asked.sentence.word(mark.start).endswith(("ies", "s", "গুলো", "gulo")) for kind in ("noun", "role") for mark in asked.sentence.of(kind) if not mark.has("noun", "deal"))


def _is_rank_of_deals(asked: Asked) -> bool:
    """True for "who signed the largest deal": the superlative belongs to a deal, not to the company."""
    for mark in asked.sentence.of("order", "max", "min"):
        for place in (mark.end, mark.end + 1):
            following = asked.sentence.mark_at(place)
            single = following and (following.has("noun", "deal") or following.has("type")) and asked.sentence.word(mark.start) not in ("most", "the", "fewest", "least")
            if single and "বেশি" not in sentence_phrase(asked.sentence, mark.start, mark.end) and "beshi" not in sentence_phrase(asked.sentence, mark.start, mark.end):
                return True
    return False


def _asked_role(asked: Asked) -> Role | None:
    roles = {"invest": Role.INVESTOR, "raise": Role.INVESTEE, "lend": Role.LENDER, "borrow": Role.BORROWER, "acquire": Role.ACQUIRER, "guarantee": Role.GUARANTOR, "buy": Role.BUYER, "sell": Role.SELLER, "supply": Role.SELLER}
    verb = asked.conditions.verb
    return roles.get(verb.frame) if verb else None


def _rank(asked: Asked, query: Query) -> Query | None:
    marks = asked.sentence.of("order")
    marks = tuple(mark for mark in marks if not _is_date_word(asked, mark.start))
    top = asked.has("top") and any(place in (mark.end, mark.start - 1) for place, _ in asked.sentence.amounts.numbers for mark in asked.sentence.of("top"))
    ranked = asked.has("intent", "rank")
    if not (marks or top or ranked) or asked.has("intent", "sum", "average") and not marks:
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
        found = _measure(asked)
        measure = found if found in ("valuation", "stake", "shares", "gigawatts", "term") else "amount"
    descending = value in ("max", "latest", "longest", "descending")
    limit = None if ranked and not (marks or top) else _limit(asked)
    return replace(query, intent=Intent.RANK, measure=measure, descending=descending, limit=limit)


def _mere_size(asked: Asked, place: int) -> bool:
    """True for "big", "main", "বড়" and the like, which rank nothing when a number or a list is not asked for."""
    return asked.sentence.word(place) in ("major", "huge", "main", "leading", "mega", "প্রধান", "most") and not asked.sentence.amounts.numbers


def _is_date_word(asked: Asked, place: int) -> bool:
    return place in asked.sentence.when.places


def _limit(asked: Asked, single: bool | None = None) -> int:
    for _, value in asked.sentence.amounts.numbers:
        if 0 < value < 100:
            return value
    if single is None:
        single = not _plural_deals(asked)
    return 1 if single else _SEVERAL


def _count(asked: Asked, query: Query) -> Query | None:
    sentence = asked.sentence
    many = asked.has("ask", "how_many") or asked.has("intent", "count") or _how_much_deals(asked)
    if not many:
        return None
    measure = _measure(asked)
    if measure in ("shares", "gigawatts", "term", "stake", "valuation") and not asked.has("noun", "deal"):
        return replace(query, intent=Intent.SUM if asked.has("intent", "sum") else Intent.LOOKUP, measure=measure)
    entities = not asked.deal_noun and not asked.has("type") and (_counts(asked, "company") or any(mark.has("ask", "how_many") and "জন" in sentence.word(mark.start) for mark in sentence.marks))
    return replace(query, intent=Intent.COUNT, measure="parties" if entities else None)


def _counts(asked: Asked, noun: str) -> bool:
    return any(
        mark.has("ask", "how_many") and any((other := asked.sentence.mark_at(place)) is not None and (other.has("noun", noun) or other.has("role") or other.has("sector")) for place in (mark.end, mark.end + 1))
        for mark in asked.sentence.marks
    )


def _how_much_deals(asked: Asked) -> bool:
    """Read "কত চুক্তি" and "koto deal" as a count."""
    return any(
        mark.has("ask", "how_much") and mark.end - mark.start == 1 and (other := asked.sentence.mark_at(mark.end)) is not None and other.has("noun", "deal") and other.case == ""
        for mark in asked.sentence.marks
        if asked.sentence.language == "bn"
    )


def _sum(asked: Asked, query: Query) -> Query | None:
    if asked.has("intent", "average"):
        return replace(query, intent=Intent.SUM, aggregate="average", measure=_summed(asked))
    if not asked.has("intent", "sum") or not asked.domain:
        return None
    if _measure(asked) in ("status", "source", "terms", "parties", "announced"):
        return None
    return replace(query, intent=Intent.SUM, measure=_summed(asked), flow_sum=_flows(asked))


def _summed(asked: Asked) -> Measure:
    found = _measure(asked)
    return found if found in ("gigawatts", "shares", "valuation", "stake", "term") else "amount"


def _flows(asked: Asked) -> bool:
    verb = asked.conditions.verb
    return bool(verb and verb.frame in ("pay", "invest", "lend")) and bool(asked.entities)


def _measure(asked: Asked) -> Measure | None:
    found = set(asked.sentence.values("measure"))
    ranged = {limits.measure for limits in asked.conditions.filters.ranges}
    if asked.has("ask", "how_long"):
        found.add("term")
    if asked.has("ask", "when", "which_year", "which_month"):
        found.add("closed" if asked.has("status", "closed") else "announced")
    if asked.has("ask", "how_much"):
        found.add("amount")
    if found & {"stake", "shares"} == {"stake", "shares"} and asked.has("ask", "how_many"):
        found.discard("stake")
    for measure in _MEASURES:
        if measure in found and not (measure in ranged and not asked.has("ask", "how_much", "how_many")):
            return measure
    return None


def _lookup(asked: Asked, query: Query) -> Query | None:
    measure = _measure(asked)
    if measure is None or not (asked.domain or asked.sentence.when.places):
        return None
    if measure == "parties" and not (asked.deal_noun or asked.has("type") or asked.leaning):
        return None
    if measure == "amount" and not asked.has("ask", "how_much") and (_lists(asked) or asked.has("ask", "which", "who")):
        return None
    if measure in ("shares", "gigawatts", "type", "source", "terms") and _lists(asked) and asked.has("ask", "which"):
        return None
    return replace(query, intent=Intent.LOOKUP, measure=measure, flow_sum=measure == "amount" and _flows(asked))


def _lists(asked: Asked) -> bool:
    return asked.has("intent", "list") and _plural_deals(asked) or (asked.has("ask", "which") and asked.deal_noun and _plural_deals(asked))


def _yesno(asked: Asked, query: Query) -> Query | None:
    return replace(query, intent=Intent.YESNO) if asked.yes_no and asked.domain else None


def _profile(asked: Asked, query: Query) -> Query | None:
    if len(asked.entities) != 1 or asked.conditions.terms and any(term.roles for term in asked.conditions.terms):
        return None
    busy = asked.deal_noun or asked.has("type") or asked.has("sector") or asked.has("role") or asked.conditions.verb and asked.conditions.verb.frame not in ("get", "hold", "build", "pay")
    filters = query.filters
    narrow = filters.statuses or filters.ranges or filters.since or filters.until or filters.text
    weight = [place for place in range(len(asked.sentence.tokens)) if not _weightless(asked.sentence, place)]
    bare = all(any(name.start <= place < name.end for name in asked.sentence.names) for place in weight)
    if busy or narrow or not (asked.has("intent", "profile") or _asks_what(asked) or asked.has("ask", "who") or bare):
        return None
    return replace(query, intent=Intent.PROFILE, subject=asked.entities)


def _definition(asked: Asked, query: Query) -> Query | None:
    if asked.entities or asked.yes_no or not _asks_what(asked):
        return None
    return replace(query, intent=Intent.PASSAGE)


def _list(asked: Asked, query: Query) -> Query | None:
    filters = query.filters
    narrowed = bool(filters.parties or filters.types or filters.statuses or filters.without_statuses or filters.since or filters.until or filters.ranges or filters.text)
    if not (asked.deal_noun or narrowed or asked.has("type") or asked.has("status") or asked.has("logic", "other")):
        return None
    who = asked.has("ask", "who") or _asks_for(asked, "company") or _asks_for_sector(asked)
    return replace(query, intent=Intent.LIST, measure="parties" if who else None)


def _fallback(asked: Asked, query: Query) -> Query:
    if asked.domain:
        return replace(query, intent=Intent.PASSAGE)
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True)


_RULES: tuple[Callable[[Asked, Query], Query | None], ...] = (
    _smalltalk, _out, _circular, _became, _path, _compare, _timeline, _passage, _group, _leaders, _count, _rank, _sum, _yesno, _profile,
    _definition, _lookup, _list,
)  # fmt: skip
