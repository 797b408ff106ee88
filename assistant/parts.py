"""What a question is made of before anything is decided: words, mentions, cues, dates, ranges, party terms."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.language import Dates, date_spans, detect, read_dates, small_number
from assistant.linking import Linker, Mention, read_words
from assistant.schema import Measure, PartyTerm, Range, Script
from assistant.words import Cue, Lexicon, Word
from index.figures import Figure, read_figures
from index.records import Language, Role, Sector
from index.text import fold_digits

# Verb frames: the roles of the one who acts, of the one acted on, and of who stands after "from" (or থেকে).
_FRAMES: dict[str, tuple[set[Role], set[Role], set[Role]]] = {
    "invest": ({Role.INVESTOR}, {Role.INVESTEE}, {Role.INVESTOR}),
    "raise": ({Role.INVESTEE}, {Role.INVESTEE}, {Role.INVESTOR}),
    "buy": ({Role.BUYER, Role.ACQUIRER, Role.LESSEE}, {Role.SELLER, Role.TARGET, Role.LESSOR}, {Role.SELLER, Role.LESSOR}),
    "acquire": ({Role.ACQUIRER}, {Role.TARGET}, {Role.SELLER}),
    "sell": ({Role.SELLER, Role.LESSOR}, {Role.BUYER, Role.LESSEE}, {Role.SELLER}),
    "rent": ({Role.LESSEE, Role.BUYER}, {Role.LESSOR, Role.SELLER}, {Role.LESSOR, Role.SELLER}),
    "lend": ({Role.LENDER}, {Role.BORROWER}, {Role.LENDER}),
    "borrow": ({Role.BORROWER}, {Role.LENDER}, {Role.LENDER}),
    "guarantee": ({Role.GUARANTOR}, set(Role) - {Role.GUARANTOR}, {Role.GUARANTOR}),
    "pay": (
        {Role.BUYER, Role.INVESTOR, Role.ACQUIRER, Role.LENDER, Role.LESSEE},
        {Role.SELLER, Role.INVESTEE, Role.TARGET, Role.BORROWER, Role.LESSOR},
        {Role.BUYER, Role.INVESTOR, Role.ACQUIRER, Role.LENDER, Role.LESSEE},
    ),
}
# Nouns for the other side: "investors of X", "X's suppliers" speak of X's counterparts.
_AGENTS: dict[str, tuple[set[Role], set[Role]]] = {
    "investors": ({Role.INVESTEE}, {Role.INVESTOR}),
    "lenders": ({Role.BORROWER}, {Role.LENDER}),
    "suppliers": ({Role.BUYER, Role.LESSEE}, {Role.SELLER, Role.LESSOR}),
    "customers": ({Role.SELLER, Role.LESSOR}, {Role.BUYER, Role.LESSEE}),
}
_LOCATIVE = {"তে", "ে", "য়", "য়ে", "এ", "te", "e", "y", "কে", "ke"}
_FROM = {"from", "theke", "থেকে", "কাছ", "kach", "কাছে"}
_MEASURE_OF_UNIT: dict[str, Measure] = {
    "USD": "amount",
    "GW": "gigawatts",
    "percent": "stake",
    "shares": "shares",
    "years": "term",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A question taken apart. ``terms`` are party conditions in the order of mention, negated ones included."""

    text: str
    language: Language
    script: Script
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    dates: Dates
    ranges: tuple[Range, ...]
    terms: tuple[PartyTerm, ...]
    either: bool
    number: int | None  # "top 5", "five largest"
    covered: frozenset[int]  # places of words that found a meaning

    def has(self, kind: str, *values: str) -> bool:
        """True when a cue of the kind (and one of the values) is there."""
        return any(cue.kind == kind and (not values or cue.value in values) for cue in self.cues)

    def values(self, kind: str) -> tuple[str, ...]:
        """Return the values of all cues of a kind, in order, each once."""
        return tuple(dict.fromkeys(cue.value for cue in self.cues if cue.kind == kind))


def take_apart(text: str, linker: Linker, lexicon: Lexicon, today: date) -> Parts:
    """Read a question into its parts."""
    question = read_words(text)
    mentions = linker.link(question)
    hidden = {place for mention in mentions for place in range(mention.start, mention.end)}
    open_words = tuple(Word("", "\0", word.start, word.end) if place in hidden else word for place, word in enumerate(question))
    cues = tuple(lexicon.find(open_words))
    language, script = detect(text, question)
    dates, _ = read_dates(text, cues, today)
    figures = tuple(figure for figure in read_figures(text) if figure.unit != "date" or not any(dates))
    ranges = _ranges(text, figures, dates)
    cues = _drop_date_cues(cues, question, ranges)
    terms, either = _terms(question, mentions, cues)
    return Parts(
        text, language, script, question, mentions, cues, dates, ranges, terms, either,
        _number(question, cues), _covered(question, hidden, cues, text),
    )  # fmt: skip


def _drop_date_cues(cues: tuple[Cue, ...], question: tuple[Word, ...], ranges: tuple[Range, ...]) -> tuple[Cue, ...]:
    """Drop measures that only name the unit of a range ("over 5 gigawatts" asks for no field)."""
    named = {limits.measure for limits in ranges}
    return tuple(cue for cue in cues if not (cue.kind == "measure" and cue.value in named and not _asks(question, cue)))


def _asks(question: tuple[Word, ...], cue: Cue) -> bool:
    return any(word.text in ("how", "what", "কত", "koto") for word in question[max(0, cue.start - 1) : cue.end])


def _ranges(text: str, figures: tuple[Figure, ...], dates: Dates) -> tuple[Range, ...]:
    """Return bounds on money, power, stakes and years that words such as "over" and "বেশি" put on figures."""
    del dates
    folded = fold_digits(text).casefold()
    usable = [
        figure
        for figure in figures
        if figure.unit in _MEASURE_OF_UNIT
        or (
            not figure.unit
            and (figure.value >= 10**6 or re.match(r"\s*(?:and|to|-|থেকে|theke|ও|এবং)\s", folded[figure.end : figure.end + 8]))
        )
    ]
    found: list[Range] = []
    place = 0
    while place < len(usable):
        figure = usable[place]
        measure = _MEASURE_OF_UNIT.get(figure.unit, "amount")
        around = folded[max(0, figure.start - 30) : figure.end + 25]
        if measure == "amount" and re.search(r"valuation|valued (?:at|over|above|under)|মূল্যায়ন|ভ্যালুয়েশন", around):
            measure = "valuation"
        before, after = folded[max(0, figure.start - 26) : figure.start], folded[figure.end : figure.end + 26]
        second = usable[place + 1] if place + 1 < len(usable) else None
        if second and _is_between(before, folded[figure.end : second.start], folded[second.end : second.end + 14]):
            low = figure.value if figure.unit or figure.value >= 10**6 else figure.value * _scale(second)
            found.append(Range(measure if figure.unit else _MEASURE_OF_UNIT.get(second.unit, "amount"), low, second.value))
            place += 2
            continue
        if figure.unit or figure.value >= 10**6:
            found += _bound(measure, figure.value, before, after)
        place += 1
    return tuple(found)


def _scale(figure: Figure) -> Decimal:
    for size in (10**12, 10**9, 10**6):
        if figure.value >= size:
            return Decimal(size)
    return Decimal(1)


def _is_between(before: str, middle: str, after: str) -> bool:
    return bool(
        (re.search(r"\bbetween\b|\bfrom\b", before) and re.search(r"\band\b|\bto\b|-", middle))
        or re.search(r"^\s*(?:-|to|থেকে|theke)\s*$", middle)
        or (re.search(r"থেকে|theke|ও|এবং|o|and", middle) and re.search(r"মধ্যে|মাঝে|moddhe|majhe", after))
    )


_MORE = r"more than|over|above|exceed\w*|larger than|bigger than|greater than|upwards of"
_LESS = r"less than|under|below|smaller than|cheaper than|fewer than"


def _bound(measure: Measure, value: Decimal, before: str, after: str) -> list[Range]:
    if re.search(r"(?:at least|no less than|minimum of|কমপক্ষে|অন্তত|ন্যূনতম|ontoto|komopokkhe)[\s$€₹]*$", before) or re.match(
        r"\s*(?:or more|\+|বা তার বেশি|or above)", after
    ):
        return [Range(measure, low=value)]
    if re.search(r"(?:at most|no more than|maximum of|up to|অনধিক|সর্বোচ্চ)[\s$€₹]*$", before) or re.match(
        r"\s*(?:or less|বা তার কম)", after
    ):
        return [Range(measure, high=value)]
    ending = r"\s*(?:ের|er|r|এর|-এর|র)?\s*(?:চেয়ে|থেকে|theke|cheye)?\s*"
    if re.search(rf"(?:{_MORE})[\s$€₹]*$", before) or re.match(
        rf"{ending}(?:বেশি|ঊর্ধ্বে|উপরে|ওপরে|অধিক|beshi|besi|upore|opore)", after
    ):
        return [Range(measure, low=value, strict=True)]
    if re.search(rf"(?:{_LESS})[\s$€₹]*$", before) or re.match(rf"{ending}(?:কম|নিচে|নীচে|kom|niche)", after):
        return [Range(measure, high=value, strict=True)]
    return [Range(measure, low=value, high=value)]


def _number(question: tuple[Word, ...], cues: tuple[Cue, ...]) -> int | None:
    """Return the N of "top N", "N largest", "শীর্ষ ৫টি"; None without one."""
    for cue in cues:
        if cue.kind == "rank":
            for word in (*question[cue.end : cue.end + 1], *question[max(0, cue.start - 1) : cue.start]):
                value = small_number(re.sub(r"[^\w].*|টি$|টা$|ti$|ta$", "", word.text) or word.text)
                if value and value < 100:
                    return value
    return None


def _terms(
    question: tuple[Word, ...], mentions: tuple[Mention, ...], cues: tuple[Cue, ...]
) -> tuple[tuple[PartyTerm, ...], bool]:
    """Build the party conditions: companies with their roles, sectors, countries; joined by "or" into one."""
    terms: list[tuple[int, PartyTerm]] = []
    frames = [cue for cue in cues if cue.kind == "frame"]
    agents = [cue for cue in frames if cue.value in _AGENTS]
    for mention in mentions:
        roles = _roles(question, mention, mentions, frames, agents)
        entities = frozenset({mention.entity})
        terms.append(
            (mention.start, PartyTerm(entities, roles=roles, negated=_negated(question, mention.start, mention.end, cues)))
        )
    for cue in cues:
        if cue.kind == "sector":
            negated = _negated(question, cue.start, cue.end, cues)
            stand_in = Mention("", cue.start, cue.end, "", question[cue.end - 1].ending)
            roles = (
                _roles(question, stand_in, (*mentions, stand_in), frames, [])
                if _has_case(question, stand_in, frames)
                else frozenset()
            )
            terms.append((cue.start, PartyTerm(sectors=frozenset({Sector(cue.value)}), roles=roles, negated=negated)))
        elif cue.kind == "country":
            terms.append((cue.start, PartyTerm(countries=frozenset(cue.value.split("+")))))
    terms.sort(key=lambda item: item[0])
    merged = _merge_country_and_sector(terms)
    either = any(cue.kind == "either" for cue in cues)
    return _merge_either(merged, cues) if either else (tuple(term for _, term in merged), False)


def _has_case(question: tuple[Word, ...], mention: Mention, frames: list[Cue]) -> bool:
    """True where a preposition, a case ending or the verb right after it gives a sector its side of the verb."""
    if any(verb.start == mention.end and verb.value in _FRAMES for verb in frames):
        return True
    previous = question[mention.start - 1].text if mention.start else ""
    return previous in ("in", "into", "to", "from", "by") or mention.ending in _LOCATIVE


def _merge_country_and_sector(terms: list[tuple[int, PartyTerm]]) -> list[tuple[int, PartyTerm]]:
    """Read "Indian telecoms" as one condition: a sector directly after a country."""
    merged: list[tuple[int, PartyTerm]] = []
    for place, term in terms:
        if merged and term.sectors and merged[-1][1].countries and not merged[-1][1].sectors and place - merged[-1][0] <= 2:
            merged[-1] = (place, replace(merged[-1][1], sectors=term.sectors, negated=term.negated))
        else:
            merged.append((place, term))
    return merged


def _merge_either(terms: list[tuple[int, PartyTerm]], cues: tuple[Cue, ...]) -> tuple[tuple[PartyTerm, ...], bool]:
    """Join the conditions on both sides of an "or" into one that either meets."""
    result: list[tuple[int, PartyTerm]] = []
    merged = False
    for place, term in terms:
        previous = result[-1] if result else None
        joined = previous is not None and any(cue.kind == "either" and previous[0] < cue.start <= place for cue in cues)
        if previous is not None and joined:
            first = previous[1]
            both = replace(
                first,
                entities=first.entities | term.entities,
                sectors=first.sectors | term.sectors,
                countries=first.countries | term.countries,
            )
            result[-1], merged = (place, both), True
        else:
            result.append((place, term))
    return tuple(term for _, term in result), merged


def _joins_negated(
    question: tuple[Word, ...], mention: Mention, terms: list[tuple[int, PartyTerm]], mentions: tuple[Mention, ...]
) -> bool:
    """True for the second name of "other than X and Y"."""
    if not terms or not terms[-1][1].negated:
        return False
    previous = next((other for other in mentions if other.start == terms[-1][0]), None)
    between = [word.text for word in question[previous.end : mention.start]] if previous else []
    return len(between) <= 2 and all(word in ("and", "or", "nor", "ও", "এবং", "বা", "ar", "ba", "o") for word in between)


def _negated(question: tuple[Word, ...], start: int, end: int, cues: tuple[Cue, ...]) -> bool:
    """True after "not involving", "except" (English) or before ছাড়া, বাদে (Bengali)."""
    for cue in cues:
        if cue.kind != "negation":
            continue
        bengali_order = question[cue.start].text in _POSTPOSED
        if bengali_order and 0 <= cue.start - end <= 1:
            return True
        gap = [word.text for word in question[cue.end : start]]
        if not bengali_order and 0 <= start - cue.end <= 3 and all(word in _GLUE for word in gap):
            return True
    return False


_GLUE = {"those", "with", "the", "any", "deals", "ones", "of", "by", "from", "that", "involving", "a"}
_POSTPOSED = {"excluded", "ছাড়া", "বাদে", "ব্যতীত", "বাদ", "chara", "bade", "baad", "bad", "নয়"}


def _roles(
    question: tuple[Word, ...], mention: Mention, mentions: tuple[Mention, ...], frames: list[Cue], agents: list[Cue]
) -> frozenset[Role]:
    """Return the roles that the sentence gives a company; empty when no verb of roles is there."""
    for agent in agents:
        if 0 <= agent.start - mention.end <= 2 or 0 <= mention.start - agent.end <= 2:
            return frozenset(_AGENTS[agent.value][0])
    verbs = [cue for cue in frames if cue.value in _FRAMES]
    if not verbs:
        return frozenset()
    verb = min(verbs, key=lambda cue: max(cue.start - mention.end, mention.start - cue.end) + (cue.value == "pay") * 9)
    acting, acted, source = _FRAMES[verb.value]
    previous = question[mention.start - 1].text if mention.start else ""
    following = question[mention.end].text if mention.end < len(question) else ""
    if previous == "from" or following in _FROM:
        return frozenset(source)
    if previous == "by":
        return frozenset(acting)
    if verb.value == "sell" and mention.start > verb.start and previous != "to" and _to_somebody(question, mention):
        return frozenset()
    return frozenset(acted if _is_acted_on(question, mention, mentions, verb, previous) else acting)


def _to_somebody(question: tuple[Word, ...], mention: Mention) -> bool:
    """True where "to" follows: the company before it is what is sold."""
    return any(word.text == "to" for word in question[mention.end :])


def _is_acted_on(question: tuple[Word, ...], mention: Mention, mentions: tuple[Mention, ...], verb: Cue, previous: str) -> bool:
    """True for the company that the verb is done to: after an English verb, in a Bengali case, or before a passive."""
    if mention.start > verb.start or previous in ("in", "into", "to"):
        return True
    auxiliary = any(word.text in ("was", "were", "been", "being") for word in question[: verb.start])
    passive = auxiliary or (verb.end < len(question) and question[verb.end].text == "by")
    if passive and verb.value in ("acquire", "buy", "sell", "guarantee"):
        return True
    if not _bengali_order(question, verb):
        return False
    after_another = mention is not mentions[0] and any(other.start < mention.start for other in mentions)
    return mention.ending in _LOCATIVE or (verb.value in ("acquire", "buy") and after_another)


def _bengali_order(question: tuple[Word, ...], verb: Cue) -> bool:
    word = question[verb.start].text
    return (
        not word.isascii()
        or word in ("invest", "investment", "biniyog", "binioug", "biniog")
        or word.endswith(("che", "se", "be", "lo"))
    )


def _covered(question: tuple[Word, ...], hidden: set[int], cues: tuple[Cue, ...], text: str) -> frozenset[int]:
    """Return the places of words with a meaning: mentions, cues, figures and dates."""
    places = set(hidden)
    for cue in cues:
        places.update(range(cue.start, cue.end))
    for start, end in (*((figure.start, figure.end) for figure in read_figures(text)), *date_spans(text)):
        places.update(place for place, word in enumerate(question) if word.start < end and word.end > start)
    return frozenset(places)
