"""Amounts in text: a number, in digits or in words, its magnitudes and its unit, and sums written in several steps."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.numerals import (
    BANGLISH_LEADS,
    BANGLISH_NUMBERS,
    ENGLISH_ONES,
    ENGLISH_TENS,
    FIGURE_WORDS,
    JOINED_HUNDREDS,
    LEADS,
    LONE_LEADS,
    MAGNITUDES,
    SHORT_MAGNITUDES,
    goes_on,
    half_of,
    in_words,
    led,
    summed,
)

NFC = unicodedata.normalize
_LETTER = r"(?:[^\W\d_]|[\u0981-\u0983\u09bc-\u09cd\u09d7])"  # a letter or a Bengali sign

Unit = Literal["USD", "EUR", "GBP", "INR", "JPY", "BDT", "percent", "GW", "shares", "years", "date", ""]

_CURRENCY_FORMS: tuple[tuple[Unit, str], ...] = (
    ("USD", "$ us$ usd dollar dollars dolar ডলার"),
    ("EUR", "€ eur euro euros ইউরো"),
    ("GBP", "£ gbp pound pounds পাউন্ড"),
    ("INR", "₹ inr rupee rupees rupi রুপি"),
    ("JPY", "¥ jpy yen ইয়েন"),
    ("BDT", "৳ bdt tk taka টাকা"),
)
CURRENCIES: dict[str, Unit] = {NFC("NFC", word): unit for unit, forms in _CURRENCY_FORMS for word in forms.split()}
_UNIT_FORMS: tuple[tuple[Unit, str, str], ...] = (
    ("percent", "1", "percent per_cent pct শতাংশ ভাগ shotangsho"),
    ("GW", "1", "gw gigawatt gigawatts গিগাওয়াট"),
    ("GW", "0.001", "mw megawatt megawatts মেগাওয়াট"),
    ("shares", "1", "shares share শেয়ার"),
    ("years", "1", "years year বছর bochor bochorer bosor bosorer bochhor"),
)
_UNITS: dict[str, tuple[Unit, Decimal]] = {
    NFC("NFC", word.replace("_", " ")): (unit, Decimal(factor)) for unit, factor, forms in _UNIT_FORMS for word in forms.split()
}


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CASE = r"(?:েরও|ের|এর|-এর|কে|তে|টি|য়|র|ে|ও|ই)?"  # endings that a Bengali unit may carry (ডলারের, শতাংশে)
_NUM = r"(?<![\d.,A-Za-z-])(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_LONG = _alternatives(MAGNITUDES.keys() - SHORT_MAGNITUDES)
_MAGNITUDE = rf"(?:[\s-]?(?:{_LONG}){_CASE}(?!{_LETTER})|(?:{_alternatives(SHORT_MAGNITUDES)})(?!{_LETTER}))"
_TAIL = (
    rf"(?P<half>[\s-]and[\s-]a[\s-]half(?=[\s-](?:{_LONG})))?(?P<mags>{_MAGNITUDE}*)(?P<more>\s+and\s+a\s+half(?!{_LETTER}))?"
    rf"(?:[\s-]*(?:(?P<unit>{_alternatives(_UNITS.keys())}){_CASE}(?!{_LETTER})"
    rf"|(?:u\.?s\.? |মার্কিন )?(?P<currency>{_alternatives({word for word in CURRENCIES if word[0].isalpha()})})"
    rf"{_CASE}(?!{_LETTER}))|\s?(?P<percent>%))?"
)
_SIGN = r"(?=[\d$€£₹¥৳uU])(?:(?P<sign>us\$|[$€£₹¥৳]) ?)?"
_AMOUNT = re.compile(rf"{_SIGN}(?P<num>{_NUM}){_TAIL}", re.IGNORECASE)
_HUNDREDS = rf"(?:{'|'.join(JOINED_HUNDREDS)})?"
_PLAIN_WORD = rf"(?:{_alternatives(FIGURE_WORDS - ENGLISH_TENS)}){_HUNDREDS}"
_WORDS = (
    rf"(?:(?:{_alternatives(LEADS - BANGLISH_LEADS)})\s+{_PLAIN_WORD}|(?:{_alternatives(BANGLISH_LEADS)})\s+"
    rf"(?:{_alternatives(BANGLISH_NUMBERS)})|(?:{_alternatives(ENGLISH_TENS)})(?:[\s-](?:{_alternatives(ENGLISH_ONES)}))?"
    rf"|half\s+an?|{_PLAIN_WORD}|{_alternatives(LONE_LEADS)}|an?)"
)
_VAGUE = "".join(f"(?<!{word} )" for word in NFC("NFC", "কয়েক koyek koek several").split())  # "কয়েক দশ বিলিয়ন"
_INITIALS = "".join({form(word[0]) for word in (*FIGURE_WORDS, *LEADS, "a") for form in (str, str.upper)})
# The glance at the first letter spares most places the long list of words.
_IN_WORDS = re.compile(
    rf"(?=[{_INITIALS}])(?<!{_LETTER})(?<![\d.,-]){_VAGUE}(?P<num>{_WORDS})(?!{_LETTER}){_TAIL}", re.IGNORECASE
)
# Number words are looked for only in texts that hold something that may follow them, or a Bengali fraction.
_WORDED = re.compile(
    "illion|rore|lakh|lac|undred|housand|koti|ajar|azar|er ?cent|watt|ollar|olar|year|bochor|bosor|bochhor|"
    + "|".join(NFC("NFC", word) for word in "িলিয়ন কোটি লাখ লক্ষ হাজার শতাংশ ওয়াট ডলার টাকা বছর দেড় আড়াই সাড়ে পৌনে সওয়া".split())
)
_FRACTION_ALONE = re.compile(NFC("NFC", "(?:দেড়|আড়াই|(?:সাড়ে|পৌনে|সওয়া) .*)$"))
_ARTICLES = frozenset(NFC("NFC", "a an one এক ek").split())  # "one dollar" alone is no figure, "one billion" is
_COUNTED_IN_WORDS = frozenset({"percent", "GW", "years", *(unit for unit, _ in _CURRENCY_FORMS)})
_NO_WORD_BEFORE = frozenset(NFC("NFC", "ভাগ").split())  # "part" as well: দুই ভাগে is no two percent
_LONGEST_LEAD = max(map(len, LEADS)) + 3  # characters
_MAG_WORD = re.compile(_alternatives(MAGNITUDES.keys()), re.IGNORECASE)
_LEAD_BEFORE = re.compile(rf"(?<!{_LETTER})({_alternatives(LEADS - BANGLISH_LEADS)})\s+$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
MAGNITUDE_NEXT = re.compile(
    rf"{_MAGNITUDE}|\s?(?:{_alternatives({word for word in (*CURRENCIES, *_UNITS) if word[0] != '-'})})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Term:
    """A number with its magnitudes and unit, one step of a figure."""

    number: Decimal
    magnitudes: tuple[Decimal, ...]
    extra: Decimal  # what "and a half" after the magnitudes adds
    unit: Unit
    factor: Decimal
    start: int
    end: int
    signed: bool
    closed: bool  # a unit, a short magnitude or a half ends the figure here


def read_amounts(folded: str, taken: list[tuple[int, int]]) -> Iterator[tuple[Decimal, Unit, int, int]]:
    """Yield (value, unit, start, end) of each amount in order; ``taken`` are the places of dates, whose digits are theirs.

    ``folded`` has ASCII digits and is in form NFC. Power comes in gigawatts, everything else multiplied out.
    """
    terms: list[_Term] = []
    if _DIGIT.search(folded):
        terms = [_term(match, folded) for match in _AMOUNT.finditer(folded) if free(*match.span("num"), taken)]
    if _WORDED.search(folded):
        taken = [*taken, *((term.start, term.end) for term in terms)]
        for match in _IN_WORDS.finditer(folded):
            # দুই হাজার পাঁচশ: a smaller place that follows needs no unit
            if free(*match.span(), taken) and (_counts(match) or _follows(match, terms, folded)):
                terms.append(_term(match, folded))
        terms.sort(key=lambda term: term.start)
    place = 0
    while place < len(terms):
        end = place + 1
        while end < len(terms) and _carries_on(terms[end - 1], terms[end], folded):
            end += 1
        yield _amount(terms[place:end])
        place = end


def free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    """True when a place overlaps none of those taken."""
    return all(end <= first or start >= last for first, last in taken)


def _follows(match: re.Match[str], terms: list[_Term], folded: str) -> bool:
    before = next((term for term in terms if term.end == match.start() - 1), None)
    return before is not None and _carries_on(before, _term(match, folded), folded)


def _carries_on(one: _Term, other: _Term, folded: str) -> bool:
    return (
        not one.closed
        and not other.signed
        and folded[one.end : other.start] in (" ", "\u00a0", "-", "")
        and goes_on((one.number, one.magnitudes), (other.number, other.magnitudes))
    )


def _amount(terms: list[_Term]) -> tuple[Decimal, Unit, int, int]:
    first, last = terms[0], terms[-1]
    value = summed((term.number, term.magnitudes) for term in terms) + last.extra
    return value * last.factor, first.unit or last.unit, first.start, last.end


def _counts(match: re.Match[str]) -> bool:
    """True where number words are a figure: before a magnitude or what is counted in figures, or a fraction by itself."""
    if match["mags"]:
        return True
    if match["num"].casefold() in _ARTICLES:
        return False
    unit = match["unit"] and match["unit"] not in _NO_WORD_BEFORE and _UNITS[match["unit"].casefold()][0] in _COUNTED_IN_WORDS
    return bool(match["percent"] or match["currency"] or unit or _FRACTION_ALONE.match(match["num"]))


def _term(match: re.Match[str], folded: str) -> _Term:
    written = match["num"]
    number = Decimal(written.replace(",", "")) if written[0].isdigit() else in_words(written)
    start, signed = match.start(), bool(match.groupdict().get("sign"))
    if written[0].isdigit() and not signed and (lead := _LEAD_BEFORE.search(folded, max(0, start - _LONGEST_LEAD), start)):
        number, start = led(lead[1].casefold(), number), lead.start()
    words = [word.casefold() for word in _MAG_WORD.findall(match["mags"] or "")]
    magnitudes = tuple(MAGNITUDES[word] for word in words)
    number += Decimal("0.5") if match["half"] else 0
    extra = half_of(magnitudes) if match["more"] and magnitudes else Decimal(0)
    unit, factor = _unit(match)
    closed = bool(extra or (unit and not signed) or not SHORT_MAGNITUDES.isdisjoint(words))
    return _Term(number, magnitudes, extra, unit, factor, start, match.end(), signed, closed)


def _unit(match: re.Match[str]) -> tuple[Unit, Decimal]:
    sign = match.groupdict().get("sign")
    if sign or match["currency"]:
        return CURRENCIES[(sign or match["currency"]).casefold()], Decimal(1)
    if match["percent"]:
        return "percent", Decimal(1)
    return _UNITS[match["unit"].casefold()] if match["unit"] else ("", Decimal(1))
