"""Bounds that a question puts on money, power, stakes and years: "over 10 billion", "১ থেকে ৩ বিলিয়ন ডলার"."""

import re
from decimal import Decimal

from assistant.schema import Measure, Range
from index.figures import Figure
from index.text import fold_digits

_MEASURE_OF_UNIT: dict[str, Measure] = {
    "USD": "amount",
    "GW": "gigawatts",
    "percent": "stake",
    "shares": "shares",
    "years": "term",
}
_PLAIN = 10**6  # a number without a unit is money from here on
_BEFORE, _AFTER = 30, 30  # characters around a figure in which a bound may be worded
_JOINED = re.compile(r"\s*(?:and|to|-|থেকে|theke|ও|এবং|আর|o|ar|ebong)\s")
_SIGNS = (
    r"(?:[\s$€₹£]|us\$|(?<![a-z])(?:usd|eur|inr|gbp|rs\.?|about|around|roughly)(?![a-z]))*"  # what may stand before a figure
)
_VALUED_BEFORE = re.compile(
    rf"(?:compan(?:y|ies)(?:'s|s')?|firm's|start-?up's) (?:worth|value)(?: of| at)?(?: [a-z]+){{0,3}}{_SIGNS}$|"
    rf"valu(?:ation|ations|ed)(?: of| at)?(?: (?!(?:in|for|after|when|from|with)\b)[a-z]+){{0,3}}{_SIGNS}$"
    r"|(?:মূল্যায়ন|ভ্যালুয়েশন|mullayon|mullayan)\s*$"
)
_VALUED_AFTER = re.compile(r"[^,.?]{0,24}(?:valuation|মূল্যায়ন|ভ্যালুয়েশন|mullayon|mullayan)")
_MORE = (
    r"(?<![\w>])>(?!=)|more than|over|above|(?<!not )exceed\w*"
    r"|(?:larger|bigger|greater|higher|longer) than|upwards of|north of|beyond"
)
_LESS = r"(?<![\w<])<(?!=)|less than|under|below|(?:smaller|cheaper|fewer|lower|shorter) than|short of"
_LEAST = r">=|≥|at least|no less than|minimum of|not less than|a minimum of|কমপক্ষে|অন্তত|ন্যূনতম|ontoto|komopokkhe|kompokkhe"
_MOST = r"<=|≤|at most|not exceeding|no more than|maximum of|not more than|up to|অনধিক|সর্বোচ্চ|sh?orboc+h+o"
_OR_THAN = r"(?:বা|অথবা|কিংবা) (?:তারও?|এরও?)(?: ?(?:চেয়েও?|চাইতেও?))?"
_OR_THAN_LATIN = r"(?:ba|othoba) (?:tar|er)o?(?: cheyeo?)?"
_OR_MORE = (
    r"or more|\+|or above|or over|or higher|or larger|or bigger|or longer|or upwards|and above|and up|বা ততোধিক"
    rf"|{_OR_THAN} ?(?:বেশি|ঊর্ধ্বে|অধিক|উপরে|ওপরে|বড়ো?)|{_OR_THAN_LATIN} (?:beshi|besi|upore|opore|boro)"
)
_OR_LESS = (
    r"or less|or under|or lower|or below|or smaller|or shorter|or fewer"
    rf"|{_OR_THAN} ?(?:কম|নিচে|নীচে|ছোটো?)|{_OR_THAN_LATIN} (?:kom|niche|choto)"
)
_CASE = r"\s*(?:েরও|ের|er|r|এর|-এর|-er|র)?\s*(?:চেয়েও|চেয়ে|থেকেও|থেকে|থেকে|theke|cheye|cheyeo)?\s*"


def read_bounds(text: str, figures: tuple[Figure, ...]) -> tuple[tuple[Range, int, int], ...]:
    """Return every bound with the places in the text where its words begin and end, "at least" and the like included.

    In the order of their figures; a bare figure bounds both ways.
    """
    folded = fold_digits(text).casefold()
    usable = [figure for figure in figures if _is_usable(figure, folded)]
    found: list[tuple[Range, int, int]] = []
    place = 0
    while place < len(usable):
        figure = usable[place]
        second = usable[place + 1] if place + 1 < len(usable) else None
        if second and _spans(folded, figure, second):
            found.append((_between(folded, figure, second), *_worded(folded, figure.start, second.end)))
            place += 2
            continue
        if figure.unit in _MEASURE_OF_UNIT or (not figure.unit and figure.value >= _PLAIN):
            before, after = folded[max(0, figure.start - _BEFORE) : figure.start], folded[figure.end : figure.end + _AFTER]
            bound = _bound(_measure(folded, figure), figure.value, before, after)
            found.append((bound, *_worded(folded, figure.start, figure.end)))
        place += 1
    return tuple(found)


_WORDED_BEFORE = re.compile(rf"(?<!\w)(?:{_MORE}|{_LESS}|{_LEAST}|{_MOST}|between|from){_SIGNS}$")
_WORDED_AFTER = re.compile(
    rf"{_CASE}(?:{_OR_MORE}|{_OR_LESS}|(?:বেশি|ঊর্ধ্বে|উপরে|ওপরে|অধিক|কম|নিচে|নীচে|মধ্যে|মাঝে|মাঝামাঝি|beshi|besi|upore|opore|kom|niche|moddhe|majhamajhi)"
    r"[\u0980-\u09ffa-z]*|range)?(?:\s*(?:মূল্যের|দামের|অঙ্কের|dam er|mullo er|share|stake|শেয়ার|অংশীদারত্ব)[\u0980-\u09ff]*)?"
)


def _worded(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words of a bound begin and end, given where its figures do."""
    before = _WORDED_BEFORE.search(folded[:start])
    after = _WORDED_AFTER.match(folded[end:])
    return (before.start() if before else start), end + (after.end() if after else 0)


def _is_usable(figure: Figure, folded: str) -> bool:
    if figure.unit in _MEASURE_OF_UNIT:
        return True
    return not figure.unit and (figure.value >= _PLAIN or _JOINED.match(folded[figure.end : figure.end + _AFTER]) is not None)


def _measure(folded: str, figure: Figure) -> Measure:
    measure = _MEASURE_OF_UNIT.get(figure.unit, "amount")
    before = folded[max(0, figure.start - _BEFORE) : figure.start]
    valued = _VALUED_BEFORE.search(before) or _VALUED_AFTER.match(folded[figure.end : figure.end + _AFTER + 10])
    return "valuation" if measure == "amount" and valued else measure


def _spans(folded: str, first: Figure, second: Figure) -> bool:
    before = folded[max(0, first.start - 26) : first.start]
    middle = folded[first.end : second.start]
    after = folded[second.end : second.end + 20]
    if len(middle) > 24:
        return False
    return bool(
        (re.search(r"\bbetween\b|\bfrom\b", before) and re.search(r"\band\b|\bto\b|-", middle))
        or re.search(r"^\s*(?:ডলার|dollar|of power)?\s*(?:-|to|থেকে|theke)\s*[$]?$", middle)
        or (
            re.search(r"থেকে|theke|ও|এবং|আর|o|and|ar", middle)
            and re.search(r"মধ্যে|মাঝে|মাঝামাঝি|moddhe|modhye|majhe|majhamajhi", after)
        )
    )


def _between(folded: str, first: Figure, second: Figure) -> Range:
    sized = first.unit or first.value >= _PLAIN
    low = first.value if sized else first.value * _scale(second)
    measure = _measure(folded, first if first.unit else second)
    if measure == "amount":
        measure = _measure(folded, second)
    return Range(measure, low, second.value)


def _scale(figure: Figure) -> Decimal:
    """Return the magnitude that "1 and 3 billion" leaves out of its first figure."""
    if figure.unit not in ("", "USD"):
        return Decimal(1)
    return next((Decimal(size) for size in (10**12, 10**9, 10**6) if figure.value >= size), Decimal(1))


def _bound(measure: Measure, value: Decimal, before: str, after: str) -> Range:
    after = re.sub(r"^\s*of power", "", after)
    if re.search(rf"(?:{_LEAST}){_SIGNS}$", before) or re.match(rf"{_CASE}(?:{_OR_MORE})", after):
        return Range(measure, low=value)
    if re.search(rf"(?:{_MOST}){_SIGNS}$", before) or re.match(rf"{_CASE}(?:{_OR_LESS})", after):
        return Range(measure, high=value)
    if re.search(rf"(?:{_MORE}){_SIGNS}$", before) or re.match(
        rf"{_CASE}(?:বেশি|ঊর্ধ্বে|উপরে|ওপরে|অধিক|beshi|besi|upore|opore)", after
    ):
        return Range(measure, low=value, strict=True)
    if re.search(rf"(?:{_LESS}){_SIGNS}$", before) or re.match(rf"{_CASE}(?:কম|নিচে|নীচে|kom|niche)", after):
        return Range(measure, high=value, strict=True)
    return Range(measure, low=value, high=value)
