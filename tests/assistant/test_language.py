"""Language, dates and figures of questions in three scripts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dates import read_dates
from assistant.language import detect
from assistant.linking import read_words
from assistant.ranges import read_bounds
from assistant.schema import Range
from index.figures import read_figures

TODAY = date(2026, 11, 24)


def dates(text: str) -> tuple[date | None, date | None]:
    """Return the bounds on the date that a question sets."""
    return read_dates(text, TODAY)[0]


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("Which deals did Meta sign?", "en", "english"),
        ("মেটা কী কী চুক্তি করেছে?", "bn", "bengali"),
        ("meta kon kon deal koreche?", "bn", "banglish"),
        ("Meta-র latest deal কোনটা?", "bn", "mixed"),
    ],
)
def test_the_script_is_told_and_banglish_is_bengali(text: str, language: str, script: str) -> None:
    """Banglish and Bengali with English words are answered in Bengali."""
    found, typed = detect(text, read_words(text))
    assert found == language
    assert typed in (script, "bengali") if script == "mixed" else typed == script


@pytest.mark.parametrize(
    "text",
    [
        "in Q2 2026",
        "the second quarter of 2026",
        "২০২৬ সালের দ্বিতীয় প্রান্তিকে",
        "2026 er second quarter e",
        "এপ্রিল ২০২৬ থেকে জুন ২০২৬ পর্যন্ত",
    ],
)
def test_a_quarter_in_any_words(text: str) -> None:
    """Codes, ordinals and months name the same three months."""
    assert dates(text) == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize("text", ["last year", "গত বছর", "goto bochor", "gato bochor"])
def test_last_year_is_counted_from_today(text: str) -> None:
    """Relative periods lean on the day that is given."""
    assert dates(text) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "২০২৬ সালের ২৭ ফেব্রুয়ারি কী চুক্তি হয়েছে?",
        "২৭শে ফেব্রুয়ারি ২০২৬-এর চুক্তি",
        "২০২৬ সালের ফেব্রুয়ারি মাসের ২৭ তারিখে কী হয়েছে?",
        "deals of 27 Feb '26",
        "deals on 27-Feb-2026",
        "2026 saler 27 february te ki hoyeche?",
        "2026 saler 27 february r chukti",
    ],
)
def test_a_day_in_any_order(text: str) -> None:
    """The year may stand before the day or be cut short; the day is the same in three scripts."""
    assert dates(text) == (date(2026, 2, 27), date(2026, 2, 27))


def test_each_year_is_no_date() -> None:
    """Re bochore" (each year) holds no "this year"."""
    assert dates("google re bochore koto dey") == (None, None)


def ranges(text: str) -> tuple[Range, ...]:
    """Return the bounds on figures that a question sets."""
    figures = tuple(figure for figure in read_figures(text) if figure.unit != "date")
    return tuple(bound for bound, _, _ in read_bounds(text, figures))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("over five billion dollars", Range("amount", low=Decimal(5 * 10**9), strict=True)),
        ("between 1 and 3 billion dollars", Range("amount", Decimal(10**9), Decimal(3 * 10**9))),
        ("৫ গিগাওয়াট বা তার বেশি", Range("gigawatts", low=Decimal(5))),
        ("5 gw ba tar beshi", Range("gigawatts", low=Decimal(5))),
        ("over a billion dollars", Range("amount", low=Decimal(10**9), strict=True)),
        ("৭ কোটি ৩০ লাখ ডলারের বেশি", Range("amount", low=Decimal(73_000_000), strict=True)),
        ("share tin billion dollar er beshi", Range("amount", low=Decimal(3_500_000_000), strict=True)),
        ("half a billion dollars or more", Range("amount", low=Decimal(500_000_000))),
        ("এক বিলিয়ন ডলারের কম", Range("amount", high=Decimal(10**9), strict=True)),
        ("at a valuation of $10 billion", Range("valuation", Decimal(10**10), Decimal(10**10))),
        ("valued at what sum when it put in $2B", Range("amount", Decimal(2 * 10**9), Decimal(2 * 10**9))),
    ],
)
def test_bounds_in_words_and_digits(text: str, bound: Range) -> None:
    """A bound is read with its measure, its side and whether it counts itself."""
    assert ranges(text) == (bound,)


@given(st.integers(1, 999), st.sampled_from(["million", "billion"]), st.sampled_from(["en", "bn", "banglish"]))
def test_a_lower_bound_is_read_back(amount: int, size: str, script: str) -> None:
    """More than N" is the same bound in three scripts."""
    bengali = {"million": "মিলিয়ন", "billion": "বিলিয়ন"}[size]
    digits = "".join("০১২৩৪৫৬৭৮৯"[int(digit)] for digit in str(amount))
    text = {
        "en": f"deals over ${amount} {size}",
        "bn": f"{digits} {bengali} ডলারের বেশি চুক্তি",
        "banglish": f"{amount} {size} dollar er beshi deal",
    }[script]
    value = Decimal(amount) * {"million": 10**6, "billion": 10**9}[size]
    assert ranges(text) == (Range("amount", low=value, strict=True),)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("between September and November 2025", date(2025, 9, 1), date(2025, 11, 30)),
        ("২০২৬-এর মার্চ মাসে", date(2026, 3, 1), date(2026, 3, 31)),
        ("২০২৫-এর শেষ তিন মাসে", date(2025, 10, 1), date(2025, 12, 31)),
        ("the first two months of 2026", date(2026, 1, 1), date(2026, 2, 28)),
        ("last quarter of 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("২০২৫ সালের দ্বিতীয়ার্ধে", date(2025, 7, 1), date(2025, 12, 31)),
        ("দুই হাজার পঁচিশ সালের অক্টোবরে", date(2025, 10, 1), date(2025, 10, 31)),
        ("in twenty twenty-six", date(2026, 1, 1), date(2026, 12, 31)),
        ("in Oct '25", date(2025, 10, 1), date(2025, 10, 31)),
        ("Q3'25", date(2025, 7, 1), date(2025, 9, 30)),
        ("গত বছরের অক্টোবরে", date(2025, 10, 1), date(2025, 10, 31)),
        ("last October", date(2026, 10, 1), date(2026, 10, 31)),
        ("march theke may 2026", date(2026, 3, 1), date(2026, 5, 31)),
    ],
)
def test_months_and_parts_of_years(text: str, since: date, until: date) -> None:
    """A month takes the year that stands beside it; a year that only completes months is no date of its own."""
    assert dates(text) == (since, until)


@pytest.mark.parametrize("text", ["may I see the deals", "a march of progress", "they may sign"])
def test_words_that_are_also_months(text: str) -> None:
    """May and March are months only in the company of a preposition or another month."""
    assert dates(text) == (None, None)


@pytest.mark.parametrize("text", ["২০২৫ সালে বিনিয়োগকারীদের কাছ থেকে", "2025 sale kar kach theke taka niyeche"])
def test_from_somebody_is_not_since(text: str) -> None:
    """থেকে opens a period only right after a date."""
    assert dates(text) == (date(2025, 1, 1), date(2025, 12, 31))
