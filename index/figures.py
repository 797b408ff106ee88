"""Figures in text, in English and Bengali: read them with their unit and place, and write them.

One reader serves questions, documents and the verifier, so what one of them understands the others understand.
Money is read in its own currency; magnitudes are multiplied out; power is in gigawatts.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from index.records import Language, Precision
from index.text import bengali_digits, fold_digits

Unit = Literal["USD", "EUR", "GBP", "INR", "JPY", "BDT", "percent", "GW", "shares", "years", "date", ""]

MAGNITUDES: dict[str, Decimal] = {
    word: Decimal(value)
    for value, forms in {
        10**3: "thousand k হাজার hajar hazar",
        10**5: "lakh lac lakhs লাখ লক্ষ lokkho",
        10**6: "million millions mn m mln মিলিয়ন মিলিয়ন miliyon",
        10**7: "crore crores cr কোটি koti kuti",
        10**9: "billion billions bn b bln বিলিয়ন বিলিয়ন biliyon",
        10**12: "trillion trillions tn t trn ট্রিলিয়ন ট্রিলিয়ন triliyon",
    }.items()
    for word in forms.split()
}
_SHORT = {"k", "m", "b", "t", "cr", "mn", "bn", "tn"}  # a magnitude only directly after the digits or a currency

CURRENCIES: dict[str, Unit] = {
    **dict.fromkeys(("$", "us$", "usd", "dollar", "dollars", "ডলার", "মার্কিন ডলার", "dolar"), "USD"),
    **dict.fromkeys(("€", "eur", "euro", "euros", "ইউরো"), "EUR"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "পাউন্ড"), "GBP"),
    **dict.fromkeys(("₹", "inr", "rs", "rs.", "rupee", "rupees", "রুপি"), "INR"),
    **dict.fromkeys(("¥", "jpy", "yen", "ইয়েন", "ইয়েন"), "JPY"),
    **dict.fromkeys(("৳", "bdt", "tk", "taka", "টাকা"), "BDT"),
}
_UNITS: dict[str, tuple[Unit, Decimal]] = {
    **dict.fromkeys(("%", "percent", "per cent", "শতাংশ", "ভাগ"), ("percent", Decimal(1))),
    **dict.fromkeys(("gw", "gigawatt", "gigawatts", "গিগাওয়াট", "গিগাওয়াট", "gigawat"), ("GW", Decimal(1))),
    **dict.fromkeys(("mw", "megawatt", "megawatts", "মেগাওয়াট", "মেগাওয়াট"), ("GW", Decimal("0.001"))),
    **dict.fromkeys(("shares", "share", "শেয়ার", "শেয়ার"), ("shares", Decimal(1))),
    **dict.fromkeys(("years", "year", "বছর", "bochor"), ("years", Decimal(1))),
    **dict.fromkeys(("year", "-year"), ("years", Decimal(1))),
}
MONTHS_EN = (
    "January February March April May June July August September October November December".split()
)
MONTHS_BN = "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর".split()
_MONTH = {
    **{name.casefold(): number for number, name in enumerate(MONTHS_EN, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS_EN, 1)},
    "sept": 9,
    **{name: number for number, name in enumerate(MONTHS_BN, 1)},
    # Older and variant spellings seen in the Bengali press, and nukta-less forms.
    **{"জানুয়ারী": 1, "জানুয়ারী": 1, "জানুয়ারি": 1, "ফেব্রুয়ারী": 2, "ফেব্রুয়ারী": 2, "ফেব্রুয়ারি": 2, "অগাস্ট": 8, "আগষ্ট": 8},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as read at ``text[start:end]``; a date keeps its ISO form in ``day``."""

    value: Decimal
    unit: Unit
    start: int
    end: int
    day: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is compared: the ISO date, or the plain value, with the unit."""
        return (self.day or format(self.value.normalize(), "f"), self.unit)


def _alternatives(words: list[str] | set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_END = r"(?![^\W_])"  # no letter or digit may follow; Bengali case endings begin with a sign or are allowed below
_BN_TAIL = r"(?:ের|েরও|ে|র|এর|-এর|টি|কে|য়|ও)?"  # endings that a unit may carry (ডলারের, শতাংশের)
_NUM = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MAG_LONG = _alternatives({word for word in MAGNITUDES if word not in _SHORT})
_MAG_SHORT = _alternatives(_SHORT)
_CUR_SIGN = r"us\$|[$€£₹¥৳]"
_CUR_WORD = _alternatives({word for word in CURRENCIES if word[0].isalpha()})
_UNIT_WORD = _alternatives(set(_UNITS))
_MONTH_WORD = _alternatives(set(_MONTH))
_AMOUNT = re.compile(
    rf"(?P<sign>{_CUR_SIGN})?\s?(?P<num>(?<![\d.,]){_NUM})"
    rf"(?P<mags>(?:[\s-]?(?:{_MAG_LONG})(?:{_BN_TAIL}){_END}|(?:{_MAG_SHORT}){_END})*)"
    rf"(?:[\s-]?(?:(?P<unit>{_UNIT_WORD})|(?:us |u\.s\. |মার্কিন )?(?P<cur>{_CUR_WORD})){_BN_TAIL}{_END}|(?P<percent>\s?%))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|ই|লা|রা|শে|ঠা)?\s+(?:of\s+)?({_MONTH_WORD}){_BN_TAIL}{_END}[,\s]*(\d{{4}})?(?!\d)", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b({_MONTH_WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(\d{{4}}))?(?!\d)", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_])({_MONTH_WORD}),?\s+(?:of\s+)?(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(?<!\d)(\d{{4}})\s+(?:সালের|এর)\s+({_MONTH_WORD})", re.IGNORECASE)
