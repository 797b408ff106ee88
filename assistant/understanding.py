"""From a question to a query: the parts decide what is asked, and of which deals."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.aggregate import aggregate
from assistant.follow_ups import continued, is_follow_up
from assistant.linking import Linker
from assistant.parts import Parts, take_apart
from assistant.schema import Filters, GroupKey, Intent, Measure, PartyTerm, Query, Question, Reading, Smalltalk
from assistant.selection import held, select
from assistant.words import Lexicon, lexicon
from index.ledger import Ledger
from index.records import FIRM, DealType, Language, Status
from index.text import BENGALI, stem, words

_FRAME_TYPES: dict[str, tuple[DealType, ...]] = {
    "invest": (DealType.EQUITY_INVESTMENT,),
    "acquire": (DealType.ACQUISITION,),
    "lend": (DealType.DEBT_FINANCING,),
    "borrow": (DealType.DEBT_FINANCING,),
    "rent": (DealType.LEASE,),
    "guarantee": (DealType.BACKSTOP,),
}
_PLURALS = frozenset("deals contracts investments agreements acquisitions loans rounds takeovers leases".split())
_WITH = frozenset("between with সাথে সঙ্গে মধ্যে মাঝে sathe shathe songe moddhe modhye".split())
_OF_DEALS = ("deal", "type", "sector", "frame", "status", "term")  # kinds of cues that speak of deals
_PLURAL_LIMIT = 5  # how many "the largest deals" are when no number is given
_RARE = 14  # deals at most that a word of a title may occur in to be a name ("Stargate", "Texas")


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads questions against a ledger; build it once."""

    ledger: Ledger
    linker: Linker
    lexicon: Lexicon
    topics: dict[str, int]  # stems of the records' titles and summaries, with the number of deals that have them

    def read(self, question: Question, today: date) -> Query:
        """Return what the question asks, earlier turns taken into account."""
        parts = take_apart(question.text, self.linker, self.lexicon, today)
        query = self._query(parts)
        if question.history:
            query = self._in_context(question, parts, query, today)
        language = question.language or _wished_language(parts) or query.language
        return replace(query, language=language)

    def _in_context(self, question: Question, parts: Parts, query: Query, today: date) -> Query:
        """Resolve a follow-up against the last question that stood by itself, as changed by those after it."""
        if not is_follow_up(parts, query):
            return query
        earlier = tuple(turn for turn in question.history if turn.role == "user")
        if not earlier:
            return query
        place = max(index for index, turn in enumerate(question.history) if turn.role == "user")
        before = self.read(Question(earlier[-1].content, question.history[:place]), today)
        kept = next((turn.deals for turn in question.history[place:] if turn.role == "assistant" and turn.deals), ())
        shown = kept or aggregate(self.ledger, before).deals
        return self._settle(parts, continued(parts, query, before, shown))

    def _query(self, parts: Parts) -> Query:
        small = _smalltalk(parts)
        if small:
            return Query(Intent.SMALLTALK, parts.language, parts.script, smalltalk=small, search=parts.text)
        filters, readings = self._filters(parts)
        unknown, lost = self._left_words(parts)
        if not parts.has("intent", "why") and not parts.has("intent", "circular"):
            filters, lost = self._topic(filters, lost)
        query = Query(
            Intent.UNKNOWN, parts.language, parts.script, filters, search=parts.text, readings=readings,
            unknown_names=unknown, not_understood=lost,
        )  # fmt: skip
        return self._settle(parts, _ask(parts, query))

    def _settle(self, parts: Parts, query: Query) -> Query:
        """Decide what depends on how many deals match: a look-up or a sum, both parties or either."""
        query = self._repaired(parts, self._union_if_none_shared(parts, query))
        if query.intent in (Intent.LOOKUP, Intent.SUM) and query.measure in (None, "amount") and query.aggregate == "sum":
            matching = [deal for deal in select(self.ledger, query.filters) if deal.firm and deal.amount_usd is not None]
            if query.intent == Intent.LOOKUP and len(matching) > 1 and query.filters.parties and not query.filters.deals:
                return replace(query, intent=Intent.SUM, flow_sum=True)
        return query

    def _repaired(self, parts: Parts, query: Query) -> Query:
        """Loosen a look-up that matches nothing: it presupposes a deal, so a role or a name was read too strictly."""
        if query.intent not in (Intent.LOOKUP, Intent.SUM) or query.unknown_names or select(self.ledger, query.filters):
            return query
        loose = replace(query.filters, parties=tuple(replace(term, roles=frozenset()) for term in query.filters.parties))
        if select(self.ledger, loose):
            return replace(query, filters=loose)
        for mention in parts.mentions:
            terms = tuple(term for term in loose.parties if mention.entity not in term.entities)
            named = replace(loose, parties=terms, text=f"{loose.text} {mention.text}".strip())
            if len(terms) < len(loose.parties) and select(self.ledger, named):
                return replace(query, filters=named)
        return query

    def _union_if_none_shared(self, parts: Parts, query: Query) -> Query:
        """Two companies joined by "and" that share no deal are asked about each for itself."""
        terms = [term for term in query.filters.parties if not term.negated]
        joinable = len(terms) == 2 and all(term.entities and not term.roles for term in terms)
        if query.intent not in (Intent.LIST, Intent.COUNT, Intent.SUM, Intent.TIMELINE) or not joinable or parts.has("both"):
            return query
        if _between(parts) or select(self.ledger, replace(query.filters, parties=tuple(terms))):
            return query
        joined = PartyTerm(entities=terms[0].entities | terms[1].entities)
        others = tuple(term for term in query.filters.parties if term.negated)
        return replace(query, filters=replace(query.filters, parties=(joined, *others)))

    def _filters(self, parts: Parts) -> tuple[Filters, tuple[Reading, ...]]:
        readings = tuple(
            Reading(
                mention.text,
                mention.entity,
                mention.others,
                "spelling" if mention.how in ("sound", "spelling") else "ambiguous",
            )
            for mention in parts.mentions
            if mention.others or mention.how == "spelling"
        )
        statuses, without = _statuses(parts)
        filters = Filters(
            parties=parts.terms,
            only_parties=parts.has("only") and len(parts.mentions) > 1 and not statuses,
            types=_types(parts),
            statuses=statuses,
            without_statuses=without,
            since=parts.dates[0],
            until=parts.dates[1],
            ranges=parts.ranges,
        )
        for mention in parts.mentions:  # a product narrows to the deals that name it, where there are any
            if mention.how == "product" and not mention.text.isupper():
                narrowed = replace(filters, text=f"{filters.text} {mention.text}".strip())
                filters = narrowed if select(self.ledger, narrowed) else filters
        if parts.has("frame", "buy") and any(word.stem == "company" for word in parts.words) and not parts.has("type"):
            filters = replace(filters, types=frozenset({DealType.ACQUISITION}))
        return filters, readings

    def _left_words(self, parts: Parts) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (names that no record has, other words that found no meaning)."""
        names, lost = [], []
        for place, word in enumerate(parts.words):
            if (
                place in parts.covered
                or word.stem in self.lexicon.stop
                or word.stem in self.lexicon.known
                or word.text.isdigit()
            ):
                continue
            capital = word.raw[:1].isupper() and place > 0
            if (capital or _is_argument(parts, place)) and stem(word.text) not in self.topics:
                names.append(word.raw)
            else:
                lost.append(word.raw)
        return tuple(names), tuple(lost)

    def _topic(self, filters: Filters, lost: tuple[str, ...]) -> tuple[Filters, tuple[str, ...]]:
        """Let rare words of the records' titles (projects, places) narrow the deals: Colossus, Texas."""
        rare = [word for word in lost if 0 < self.topics.get(stem(words(word)[0]), 0) <= _RARE]
        for word in rare:
            if word[:1].isupper() or BENGALI.search(word) or not filters.parties:
                narrowed = replace(filters, text=f"{filters.text} {word}".strip())
                if select(self.ledger, narrowed):
                    filters = narrowed
                    lost = tuple(other for other in lost if other != word)
        return filters, lost


def make_understanding(ledger: Ledger) -> Understanding:
    """Build an Understanding over a ledger; about 0.2 s."""
    topics: dict[str, int] = {}
    for deal in ledger.deals:
        for word in held(deal):
            topics[word] = topics.get(word, 0) + 1
    return Understanding(ledger, Linker(ledger, lexicon()), lexicon(), topics)


def _wished_language(parts: Parts) -> Language | None:
    wished = parts.values("language")
    return wished[-1] if wished else None  # type: ignore[return-value]


def _smalltalk(parts: Parts) -> Smalltalk:
    kinds = parts.values("smalltalk")
    if not kinds or parts.mentions or any(parts.has(kind) for kind in ("deal", "type", "sector", "frame", "status")):
        return ""
    if "abilities" in kinds:
        return "abilities"
    rest = [place for place, word in enumerate(parts.words) if place not in parts.covered and len(word.text) > 3]
    return kinds[0] if not rest else ""  # type: ignore[return-value]


def _types(parts: Parts) -> frozenset[DealType]:
    types = {DealType(value) for value in parts.values("type")}
    without_roles = not any(term.roles for term in parts.terms)
    for frame in parts.values("frame"):
        if not types and without_roles:
            types.update(_FRAME_TYPES.get(frame, ()))
    if len(types) > 1 and DealType.DATA_CENTER_BUILD in types:
        types.discard(DealType.DATA_CENTER_BUILD)  # "data centre leases": the place, not the type
    return frozenset(types)


def _statuses(parts: Parts) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return (statuses asked for, statuses excluded)."""
    values = set(parts.values("status"))
    if "not_firm" in values:
        return frozenset(status for status in Status if status not in FIRM), frozenset()
    found: set[Status] = set(FIRM) if "firm" in values else set()
    if "failed" in values:
        found |= {Status.LAPSED, Status.CANCELLED}
    found |= {Status(value) for value in values - {"firm", "not_firm", "failed"}}
    if Status.CLOSED in found and _is_yesno(parts):
        return frozenset(), frozenset()
    if (
        parts.has("negation")
        and found
        and any(
            cue.kind == "negation" and any(-3 <= other.start - cue.end <= 1 for other in parts.cues if other.kind == "status")
            for cue in parts.cues
        )
    ):
        return frozenset(), frozenset(found)
    return frozenset(found), frozenset()


def _is_argument(parts: Parts, place: int) -> bool:
    """True for a word that stands where a company would: before "with"-words or with a case ending after it."""
    following = parts.words[place + 1].text if place + 1 < len(parts.words) else ""
    return following in ("সাথে", "সঙ্গে", "sathe", "shathe", "songe", "er", "এর", "-এর") and len(parts.words[place].text) > 2


def _between(parts: Parts) -> bool:
    return any(
        word.text in ("between", "with", "সাথে", "সঙ্গে", "মধ্যে", "মাঝে", "sathe", "shathe", "songe", "moddhe", "modhye")
        for word in parts.words
    )


def _is_yesno(parts: Parts) -> bool:
    """True for "did/is/has ..." at the head of an English question, or the particle কি without another question word."""
    head = parts.words[0].text if parts.words else ""
    asks = any(parts.has("measure", name) for name in ("announced", "parties", "term")) or parts.has("intent", "count", "why")
    if any(word.text in ("list", "তালিকা", "talika") for word in parts.words):
        return False
    if parts.script == "english":
        return head in ("did", "does", "do", "is", "are", "was", "were", "has", "have", "had", "will") and not asks
    question_words = parts.has("intent", "count", "why") or any(word.text in _WH for word in parts.words)
    particles = [place for place, word in enumerate(parts.words) if word.text in ("কি", "ki", "কিনা", "kina", "naki", "নাকি")]
    return bool(particles) and not question_words and not _doubled(parts, particles)


_WH = frozenset(
    "কোন কত কবে কে কারা কাদের কেন কীভাবে কিভাবে কোথায় কতটি কয়টি কী kon koto kobe ke kara kader keno kivabe kothay koyta koiti koita koyti".split()
)


def _doubled(parts: Parts, particles: list[int]) -> bool:
    """True for "কি কি" and for কি that is the object ("কি চুক্তি আছে")."""
    first = particles[0]
    after = parts.words[first + 1].text if first + 1 < len(parts.words) else ""
    return len(particles) > 1 or (after in ("deal", "deals", "চুক্তি", "chukti", "ধরনের", "dhoroner") and first <= 1)


def _ask(parts: Parts, query: Query) -> Query:
    """Decide the intent; the first rule that applies wins."""
    if query.not_understood and _foreign(parts) and not query.filters.text and not query.filters.ranges:
        return replace(query, intent=Intent.PASSAGE, out_of_scope=True)
    for rule in _RULES:
        decided = rule(parts, query)
        if decided is not None:
            return decided
    return _fallback(parts, query)


def _people(parts: Parts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.entity for mention in parts.mentions))


def _about_deals(parts: Parts) -> bool:
    return bool(parts.mentions) or any(parts.has(kind) for kind in ("deal", "type", "sector", "frame", "status", "country"))


def _circular(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "circular"):
        return None
    if parts.has("intent", "why") or (
        parts.has("intent", "what_is") and not parts.mentions and not parts.has("intent", "list")
    ):
        return replace(query, intent=Intent.PASSAGE)
    return replace(query, intent=Intent.CIRCULAR, subject=_people(parts), filters=query.filters.without_parties())


def _why(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "why") or parts.has("intent", "path"):
        return None
    return replace(query, intent=Intent.PASSAGE, out_of_scope=_foreign(parts))


def _path(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    if not parts.has("intent", "path") or len(people) != 2:
        return None
    return replace(query, intent=Intent.PATH, subject=people, filters=query.filters.without_parties())


def _compare(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "compare") or len([term for term in parts.terms if not term.negated]) < 2:
        return None
    sides = tuple(term for term in parts.terms if not term.negated and term.entities)
    if len(sides) < 2:
        sides = tuple(term for term in parts.terms if not term.negated)
    negated = tuple(term for term in query.filters.parties if term not in sides)
    return replace(query, intent=Intent.COMPARE, compared=sides, filters=replace(query.filters, parties=negated))


def _timeline(parts: Parts, query: Query) -> Query | None:
    return replace(query, intent=Intent.TIMELINE) if parts.has("intent", "timeline") else None


def _group(parts: Parts, query: Query) -> Query | None:
    keys = parts.values("group")
    if not keys:
        return None
    money = parts.has("intent", "sum") or parts.has("measure", "amount")
    if keys[0] == "year" and parts.has("measure", "amount") and parts.mentions and not parts.has("intent", "sum", "count"):
        return None  # "worth per year" asks for one deal's annual sum
    key: GroupKey = keys[0]  # type: ignore[assignment]
    if key == "party" and not (money or parts.has("intent", "count")) and not _says_by(parts):
        return None
    return replace(query, intent=Intent.GROUP, group_by=key, measure="amount" if money else "count")


def _says_by(parts: Parts) -> bool:
    return any(word.text in ("by", "per", "each", "অনুযায়ী", "onujayi") or word.text.endswith("ভিত্তিক") for word in parts.words)


def _count(parts: Parts, query: Query) -> Query | None:
    if not parts.has("intent", "count"):
        return None
    measure = _counted_measure(parts)
    if measure:
        return replace(query, intent=Intent.SUM if parts.has("intent", "sum") else Intent.LOOKUP, measure=measure)
    return replace(query, intent=Intent.COUNT)


def _counted_measure(parts: Parts) -> Measure | None:
    """Return the measure whose unit "how many" counts: shares, gigawatts, years; None where it counts deals."""
    count = next(cue for cue in parts.cues if cue.kind == "intent" and cue.value == "count")
    for word in parts.words[count.start : count.end + 4]:
        for measure, forms in _COUNTED.items():
            if word.stem in forms:
                return measure
    return None


_COUNTED: dict[Measure, frozenset[str]] = {
    "shares": frozenset(map(stem, "shares শেয়ার share".split())),
    "gigawatts": frozenset(map(stem, "gigawatts gw megawatts mw গিগাওয়াট মেগাওয়াট".split())),
    "term": frozenset(map(stem, "years বছর bochor".split())),
}


def _rank(parts: Parts, query: Query) -> Query | None:
    kinds = parts.values("rank")
    if not kinds or (parts.has("measure", "closed") and not parts.has("deal")):
        return None
    kind = kinds[0]
    plural = any(
        word.text in ("deals", "contracts", "investments", "agreements", "acquisitions", "loans", "rounds")
        or word.text.endswith(("গুলো", "গুলি", "gulo", "guli"))
        for word in parts.words
    )
    limit = parts.number or (_PLURAL_LIMIT if plural else 1)
    measure: Measure = "announced" if kind in ("latest", "earliest") else _ranked_measure(parts)
    return replace(query, intent=Intent.RANK, measure=measure, descending=kind in ("desc", "latest"), limit=limit)


def _ranked_measure(parts: Parts) -> Measure:
    for name in ("valuation", "gigawatts", "stake", "shares", "term"):
        if parts.has("measure", name):
            return name  # type: ignore[return-value]
    return "amount"


def _sum(parts: Parts, query: Query) -> Query | None:
    if parts.has("intent", "average"):
        return replace(query, intent=Intent.SUM, aggregate="average", measure="amount")
    if not parts.has("intent", "sum"):
        return None
    if parts.has("measure", "gigawatts"):
        return replace(query, intent=Intent.SUM, measure="gigawatts")
    money = parts.has("measure", "amount") or parts.has("frame") or parts.has("deal") or parts.has("type") or parts.mentions
    return replace(query, intent=Intent.SUM, measure="amount", flow_sum=parts.has("frame", "pay")) if money else None


def _yesno(parts: Parts, query: Query) -> Query | None:
    return replace(query, intent=Intent.YESNO) if _is_yesno(parts) and _about_deals(parts) else None


def _profile(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    who = parts.words[0].text in ("who", "কে") and len(parts.words) <= 4 if parts.words else False
    what = parts.has("intent", "what_is") and len(parts.words) <= 4 and not parts.has("deal")
    asked = parts.has("intent", "profile") or who or what
    if len(people) != 1 or not asked or any(parts.has(kind) for kind in ("type", "sector", "frame")):
        return None
    if parts.has("deal") and not parts.has("intent", "profile"):
        return None
    return replace(query, intent=Intent.PROFILE, subject=people)


def _lookup(parts: Parts, query: Query) -> Query | None:
    measures = parts.values("measure")
    if parts.has("intent", "fate") and (parts.mentions or query.filters.text):
        return replace(query, intent=Intent.LOOKUP, measure="status")
    if parts.has("frame", "raise") and parts.has("intent", "list") and not parts.has("deal") and parts.mentions:
        measures = measures or ("amount",)
    if not measures or not (_about_deals(parts) or query.filters.text):
        return None
    if measures[0] == "parties" and (parts.has("frame") or parts.has("sector")):
        return replace(query, intent=Intent.LIST)
    specific = [name for name in measures if name not in ("amount", "parties")] or list(measures)
    if "amount" in measures and parts.has("frame", "pay", "invest", "buy", "acquire"):
        specific = ["amount"]
    if specific[0] == "announced" and (parts.has("status", "closed") or any(word.stem == "close" for word in parts.words)):
        return replace(query, intent=Intent.LOOKUP, measure="closed", filters=replace(query.filters, statuses=frozenset()))
    return replace(query, intent=Intent.LOOKUP, measure=specific[0])  # type: ignore[arg-type]


def _definition(parts: Parts, query: Query) -> Query | None:
    """A question for the meaning of a word: no company, "what is", nothing that counts or lists."""
    if parts.mentions or (parts.has("intent", "list") and parts.has("deal")) or not parts.has("intent", "what_is"):
        return None
    return replace(query, intent=Intent.PASSAGE) if len(parts.words) <= 8 and not any(parts.dates) else None


def _list(parts: Parts, query: Query) -> Query | None:
    people = _people(parts)
    bare = len(people) == 1 and len([word for word in parts.words if word.stem not in lexicon().stop]) <= 1
    if (
        bare
        and not any(parts.has(kind) for kind in ("deal", "type", "frame", "intent"))
        and query.filters == Filters(parties=parts.terms)
    ):
        return replace(query, intent=Intent.PROFILE, subject=people)
    narrowed = query.filters != Filters()
    if _about_deals(parts) or narrowed:
        return replace(query, intent=Intent.LIST)
    return None


def _fallback(parts: Parts, query: Query) -> Query:
    """Whatever else has words goes to the passages; they decide whether the corpus says anything on it."""
    if not parts.words:
        return replace(query, intent=Intent.UNKNOWN)
    return replace(query, intent=Intent.PASSAGE, out_of_scope=_foreign(parts))


def _foreign(parts: Parts) -> bool:
    """True when no word of the question speaks of deals or of a company of the corpus."""
    return not parts.mentions and not parts.has("intent", "circular") and not any(map(parts.has, _OF_DEALS))


def _advice(parts: Parts, query: Query) -> Query | None:
    """Advice on buying shares and forecasts are not in any corpus of deals."""
    return replace(query, intent=Intent.UNKNOWN, out_of_scope=True) if parts.has("advice") else None


_RULES: tuple[Callable[[Parts, Query], Query | None], ...] = (
    _advice,
    _circular, _compare, _path, _timeline, _why, _group, _count, _rank, _sum, _yesno, _profile, _definition, _lookup, _list,
)  # fmt: skip
