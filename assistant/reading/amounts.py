"""Amounts of a question with their magnitudes and units, and the ranges that words around them make."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.reading.lexicon import Lexicon
from assistant.reading.tokens import Token, bare_ending
from assistant.schema import Measure, Range

_SHORT = frozenset("k m b t cr".split())  # magnitudes only right after the digits
_MEASURES: dict[str, Measure] = {
    "USD": "amount",
    "GW": "gigawatts",
    "MW": "gigawatts",
    "percent": "stake",
    "shares": "shares",
    "years": "term",
}
_FILL = frozenset("of the a worth than er এর চেয়ে theke cheye $ some মূল্যের টাকার দামের চুক্তি deal value amount র r".split())
_REACH = 3  # tokens that may stand between a bound and its figure
_LEAST_BARE = 10**6  # a number without a unit is money from here on


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at tokens ``start`` to ``end``; ``unit`` is "" for a bare number."""

    start: int
    end: int
    value: Decimal
    unit: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The ranges of a question, the tokens that say them, and the small bare numbers ("top 5") by place."""

    ranges: tuple[Range, ...] = ()
    places: frozenset[int] = frozenset()
    numbers: tuple[tuple[int, int], ...] = ()
    foreign: tuple[str, ...] = ()  # figures in a currency that records do not filter by


class Figures:
    """Reads amounts by the lexicon's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, text: str, tokens: tuple[Token, ...], taken: frozenset[int], valuation: bool, sounds: bool) -> Amounts:
        """Return what figures ask of the deals; ``valuation`` says that dollars are a company's worth here."""
        found = self._amounts(text, tokens, taken, sounds)
        numbers = tuple((amount.start, int(amount.value)) for amount in found if not amount.unit and amount.value < 1000)
        usable = [amount for amount in found if amount.unit in _MEASURES or (not amount.unit and amount.value >= _LEAST_BARE)]
        foreign = tuple(_said(tokens, amount) for amount in found if amount.unit and amount.unit not in _MEASURES)
        ranges: list[Range] = []
        places: set[int] = {place for amount in found if amount.unit for place in range(amount.start, amount.end)}
        amounts_by_start = {amount.start: amount for amount in found}
        for amount in usable:
            low = self._pair(tokens, found, amount, sounds)
            measure = self._measure(amount, valuation)
            if low is not None:
                ranges.append(Range(measure, low.value, amount.value))
                places |= set(range(low.start, amount.end)) | self._bound(tokens, low.start, amount.end, sounds)[1]
                numbers = tuple(pair for pair in numbers if pair[0] != low.start)
                ranges = [limits for limits in ranges if limits != _range(measure, amounts_by_start[low.start].value, "")]
                continue
            bound, extra = self._bound(tokens, amount.start, amount.end, sounds)
            bound = bound or _signed(text, tokens[amount.start].start, tokens[amount.end - 1].end)
            places |= set(range(amount.start, amount.end)) | extra
            ranges.append(_range(measure, amount.value, bound))
        return Amounts(tuple(ranges), frozenset(places), numbers, foreign)

    def _measure(self, amount: Amount, valuation: bool) -> Measure:
        measure = _MEASURES.get(amount.unit, "amount")
        return "valuation" if measure == "amount" and valuation else measure

    def _pair(self, tokens: tuple[Token, ...], found: list[Amount], amount: Amount, sounds: bool) -> Amount | None:
        """Return the lower end of "between A and B", "A to B", "A-B", in the scale of B where A has none."""
        place = found.index(amount)
        if not place:
            return None
        low = found[place - 1]
        middle = tokens[low.end : amount.start]
        words = {token.word for token in middle}
        if len(middle) > 3:
            return None
        joined = not middle or any(
            self._lexicon.at(tokens, place_, sounds, frozenset({"join"})) for place_ in range(low.end, amount.start)
        )
        hyphen = not middle and tokens[amount.start].start - tokens[low.end - 1].end <= 2
        before = self._bound(tokens, low.start, low.end, sounds)[0]
        after = {token.word for token in tokens[amount.end : amount.end + 3]}
        between = bool(words & _AND) and (
            bool({token.word for token in tokens[max(0, low.start - 2) : low.start]} & _BETWEEN) or bool(after & _AMONG)
        )
        if not (hyphen or (joined and (words & _UNTIL or between))) or (before and not between):
            return None
        if low.unit and low.unit != amount.unit and not (low.unit == "USD" and not amount.unit):
            return None
        value = (
            low.value if low.scale > 1 or (low.value >= amount.value / 1000 and low.value > 1000) else low.value * amount.scale
        )
        if amount.unit == "MW" and not low.unit:
            value = low.value / 1000
        return Amount(low.start, low.end, value, amount.unit) if value < amount.value else None

    def _bound(self, tokens: tuple[Token, ...], start: int, end: int, sounds: bool) -> tuple[str, set[int]]:
        """Return the word that bounds a figure, before it (English) or after it (Bengali), with its places."""
        kinds = frozenset({"bound"})
        place = end
        while place < len(tokens) and place - end < _REACH:
            mark = self._lexicon.at(tokens, place, sounds, kinds)
            if mark and mark.senses["bound"][0] != "about" and self._postposed(tokens, place, mark.end, sounds):
                return mark.senses["bound"][0], set(range(end, mark.end))
            if tokens[place].word not in _FILL and bare_ending(tokens[place]) is None:
                break
            place += 1
        for place in range(start - 1, max(-1, start - 1 - _REACH - 1), -1):
            for begin in (place - 2, place - 1, place):
                mark = self._lexicon.at(tokens, begin, sounds, kinds) if begin >= 0 else None
                if mark and mark.end == place + 1:
                    return mark.senses["bound"][0], set(range(begin, start))
            if tokens[place].word not in _FILL:
                break
        return "", set()

    def _postposed(self, tokens: tuple[Token, ...], place: int, end: int, sounds: bool) -> bool:
        english = (tokens[place].latin and tokens[place].word in self._lexicon.english) or tokens[place].word in ("or", "and")
        return tokens[place].bengali or (
            tokens[place].latin and (end - place > 1 or (sounds and not english) or tokens[place].word == "plus")
        )

    def _amounts(self, text: str, tokens: tuple[Token, ...], taken: frozenset[int], sounds: bool) -> list[Amount]:
        found: list[Amount] = []
        place = 0
        while place < len(tokens):
            amount = None if place in taken else self._amount(text, tokens, place, sounds)
            if amount:
                found.append(amount)
                place = amount.end
            else:
                place += 1
        return found

    def _amount(self, text: str, tokens: tuple[Token, ...], place: int, sounds: bool) -> Amount | None:
        token = tokens[place]
        spelled = not token.number
        if spelled:
            mark = self._lexicon.at(tokens, place, sounds, frozenset({"number"}))
            if mark is None:
                return None
            value, end = Decimal(mark.senses["number"][0]), mark.end
        else:
            if place and tokens[place - 1].end == token.start and tokens[place - 1].latin:
                return None
            value, end = Decimal(token.word), place + 1
        scale, end = self._magnitude(tokens, end, sounds)
        unit, end, factor = self._unit(text, tokens, place, end, sounds)
        if spelled and scale == 1 and unit not in ("GW", "MW", "percent", "years"):
            return Amount(place, end, value, "") if token.bengali or token.word not in ("a", "an", "single") else None
        return Amount(place, end, value * scale * factor, unit, scale * factor)

    def _magnitude(self, tokens: tuple[Token, ...], end: int, sounds: bool) -> tuple[Decimal, int]:
        scale = Decimal(1)
        while end < len(tokens):
            mark = self._lexicon.at(tokens, end, sounds, frozenset({"magnitude"}))
            if mark is None or (tokens[end].word in _SHORT and tokens[end].start != tokens[end - 1].end):
                break
            scale *= Decimal(mark.senses["magnitude"][0])
            end = mark.end
        return scale, end

    def _unit(self, text: str, tokens: tuple[Token, ...], place: int, end: int, sounds: bool) -> tuple[str, int, Decimal]:
        before = text[max(0, tokens[place].start - 4) : tokens[place].start].rstrip()
        after = text[tokens[end - 1].end :].lstrip()
        for sign, unit in (("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("৳", "BDT")):
            if before.endswith(sign) or after.startswith(sign):
                mark = self._lexicon.at(tokens, end, sounds, frozenset({"unit"})) if end < len(tokens) else None
                return unit, mark.end if mark and "USD" in mark.senses["unit"] else end, Decimal(1)
        if after.startswith("%"):
            return "percent", end, Decimal(1)
        mark = self._lexicon.at(tokens, end, sounds, frozenset({"unit"})) if end < len(tokens) else None
        if mark is None:
            return "", end, Decimal(1)
        unit = mark.senses["unit"][0]
        return unit, mark.end, Decimal("0.001") if unit == "MW" else Decimal(1)


_UNTIL = frozenset("to till until upto থেকে হতে theke hote porjonto পর্যন্ত".split())
_AND = frozenset("and to ও এবং আর থেকে o ar ebong theke &".split())
_BETWEEN = frozenset("between from".split())
_AMONG = frozenset("মধ্যে মাঝে moddhe modde majhe মধ্যকার ভেতর".split())


def _signed(text: str, start: int, end: int) -> str:
    """Return the bound that a sign makes: 10B+, >10B, <= 5GW."""
    before = text[:start].rstrip(" $")
    for sign, bound in (
        (">=", "at_least"),
        ("≥", "at_least"),
        ("<=", "at_most"),
        ("≤", "at_most"),
        (">", "more"),
        ("<", "less"),
        ("~", "about"),
    ):
        if before.endswith(sign):
            return bound
    return "at_least" if text[end : end + 1] == "+" else ""


def _said(tokens: tuple[Token, ...], amount: Amount) -> str:
    return " ".join(token.raw for token in tokens[amount.start : amount.end])


def _range(measure: Measure, value: Decimal, bound: str) -> Range:
    if bound == "more":
        return Range(measure, low=value, strict=True)
    if bound == "less":
        return Range(measure, high=value, strict=True)
    if bound == "at_least":
        return Range(measure, low=value)
    if bound == "at_most":
        return Range(measure, high=value)
    if bound == "about":
        return Range(measure, value * Decimal("0.9"), value * Decimal("1.1"))
    return Range(measure, value, value)
