"""Figures are written and read back as the same value and unit, in English and Bengali; codes are no figures."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import figures
from index.figures import Figure, read_figures
from index.records import Language
from index.text import bengali_digits

LANGUAGES = st.sampled_from(["en", "bn"])
AMOUNTS = st.decimals(min_value=1, max_value=10**14, places=2)
SMALL = st.decimals(min_value="0.001", max_value=5000, places=3)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
FRAMES = st.sampled_from(["{}", "It is {}.", "মোট {}।", "({})", "{}, and more", "about {} in all", "ওপেনএআই {} দেবে"])


def only(text: str) -> Figure:
    """Return the one figure of a text."""
    found = read_figures(text)
    assert len(found) == 1, f"{text!r}: {found}"
    return found[0]


@given(AMOUNTS, LANGUAGES, FRAMES)
def test_money_is_read_back(amount: Decimal, language: Language, frame: str):
    """An exact sum of dollars survives writing and reading, to the cent."""
    figure = only(frame.format(figures.money(amount, language)))
    assert (figure.value, figure.unit) == (amount, "USD")


@given(SMALL, LANGUAGES, FRAMES)
def test_a_share_is_read_back(value: Decimal, language: Language, frame: str):
    """Percentages survive writing and reading."""
    figure = only(frame.format(figures.percent(value, language)))
    assert (figure.value, figure.unit) == (value, "percent")


@given(SMALL, LANGUAGES, FRAMES)
def test_power_is_read_back(value: Decimal, language: Language, frame: str):
    """Gigawatts and megawatts survive writing and reading, in gigawatts."""
    figure = only(frame.format(figures.gigawatts(value, language)))
    assert (figure.value, figure.unit) == (value, "GW")


@given(st.integers(1, 10**13).map(Decimal), LANGUAGES)
def test_a_number_of_things_is_read_back(value: Decimal, language: Language):
    """Counts survive writing and reading, by millions in English and by lakh and crore in Bengali."""
    word = "shares" if language == "en" else "শেয়ার"
    figure = only(f"{figures.count(value, language)} {word}")
    assert (figure.value, figure.unit) == (value, "shares")


@given(DAYS, LANGUAGES, FRAMES)
def test_a_day_is_read_back(day: date, language: Language, frame: str):
    """Dates survive writing and reading at the precision of a day."""
    assert only(frame.format(figures.day(day.isoformat(), "day", language))).day == day.isoformat()


@given(DAYS, LANGUAGES)
def test_a_month_and_a_year_are_read_back(day: date, language: Language):
    """Months and years survive writing and reading; a quarter is read as its year at least."""
    month = day.isoformat()[:7]
    assert only(figures.day(month, "month", language)).day == month
    assert only(figures.day(month[:4], "year", language)).day == month[:4]
    assert month[:4] in {figure.day for figure in read_figures(figures.day(month, "quarter", language))}


@given(AMOUNTS, LANGUAGES)
def test_the_unicode_form_of_a_text_does_not_matter(amount: Decimal, language: Language):
    """A text typed with one code for য় reads as one typed with two."""
    written = figures.money(amount, language)
    for form in (written.replace("\u09af\u09bc", "\u09df"), unicodedata.normalize("NFD", written)):
        figure = only(form)
        assert (figure.value, figure.unit, figure.start, figure.end) == (amount, "USD", 0, len(form))


@given(st.text(max_size=40) | st.text(alphabet="0123456789০১২., $%-bnকোটি\u200b\u09df", max_size=30))
def test_any_text_is_read_without_an_error(text: str):
    """Figures are in order, do not overlap in their digits, and lie within the text."""
    found = read_figures(text)
    assert [figure.start for figure in found] == sorted(figure.start for figure in found)
    assert all(0 <= figure.start < figure.end <= len(text) for figure in found)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$300bn", 300 * 10**9, "USD"),
        ("$300 billion", 300 * 10**9, "USD"),
        ("300 billion dollars", 300 * 10**9, "USD"),
        ("US$1.25 trillion", 1_250_000_000_000, "USD"),
        ("৩৮ বিলিয়ন ডলারের", 38 * 10**9, "USD"),
        ("১০ হাজার কোটি টাকা", 10**11, "BDT"),
        ("5 lakh taka", 500_000, "BDT"),
        ("২ লক্ষ কোটি রুপি", 2 * 10**12, "INR"),
        ("€1.7 billion", 1_700_000_000, "EUR"),
        ("£11bn", 11 * 10**9, "GBP"),
        ("¥3 trillion", 3 * 10**12, "JPY"),
        ("27%", 27, "percent"),
        ("২৭ শতাংশ", 27, "percent"),
        ("10 percent", 10, "percent"),
        ("750 megawatts", Decimal("0.75"), "GW"),
        ("৬ গিগাওয়াটের", 6, "GW"),
        ("160 million shares", 160 * 10**6, "shares"),
        ("7 years", 7, "years"),
        ("1,23,45,678 টাকা", 12_345_678, "BDT"),
        ("$2,025", 2025, "USD"),
        ("100k", 100_000, ""),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: object, unit: str):
    """Magnitudes are multiplied out, in both scripts and in the South Asian system."""
    figure = only(text)
    assert (figure.value, figure.unit) == (Decimal(str(value)), unit)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6 October 2025", "2025-10-06"),
        ("October 6, 2025", "2025-10-06"),
        ("6th of Oct 2025", "2025-10-06"),
        ("৬ অক্টোবর ২০২৫", "2025-10-06"),
        ("৬ই অক্টোবর, ২০২৫", "2025-10-06"),
        ("2025-10-06", "2025-10-06"),
        ("Oct 2025", "2025-10"),
        ("২০২৫ সালের অক্টোবরে", "2025-10"),
        ("6 October", "____-10-06"),
        ("২০২৫", "2025"),
        ("২৫ ফেব্রু\u09dfারি ২০২৫", "2025-02-25"),
    ],
)
def test_a_date_is_read_at_its_precision(text: str, day: str):
    """Days, months and years in the ways that people and papers write them; a missing year stays open."""
    assert only(text).day == day


@pytest.mark.parametrize("text", ["GB200", "H100", "GPT-4", "MI450", "no digits", "A-1", "v2"])
def test_digits_inside_a_code_are_no_figure(text: str):
    """Names of chips and models hold digits that nobody has to bear out."""
    assert read_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("In 2025 it paid $10 billion for 5%.", ["date", "USD", "percent"]),
        ("২০২৫ সালে ১০ বিলিয়ন ডলার, ৫ শতাংশ", ["date", "USD", "percent"]),
        ("2000 GW and 2000 shares", ["GW", "shares"]),
        ("between 5 and 10 billion dollars", ["", "USD"]),
    ],
)
def test_a_sentence_gives_its_figures_in_order(text: str, units: list[str]):
    """A year is a date only where no unit or magnitude claims it."""
    assert [figure.unit for figure in read_figures(text)] == units


def test_a_figure_knows_its_place_past_invisible_characters():
    """Offsets point into the text as given, also where reading leaves a character out."""
    text = "\u200bবিলি\u09dfন নয়: \u200b$5 billion"
    figure = only(text)
    assert text[figure.start : figure.end] == "$5 billion"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (figures.money(Decimal(1_250_000_000_000), "en"), "$1.25 trillion"),
        (figures.money(Decimal(350_000_000), "bn"), "৩৫০ মিলিয়ন ডলার"),
        (figures.count(Decimal(160_000_000), "bn"), "১৬ কোটি"),
        (figures.count(Decimal(23_000), "en"), "23,000"),
        (figures.gigawatts(Decimal("0.75"), "en"), "750 MW"),
        (figures.percent(Decimal(27), "bn"), "২৭ শতাংশ"),
        (figures.day("2025-10", "quarter", "en"), "Q4 2025"),
        (figures.day("2025-10-06", "day", "bn"), "৬ অক্টোবর ২০২৫"),
        (figures.plain(Decimal("1E+3")), "1000"),
        (figures.plain(Decimal("2.500")), "2.5"),
    ],
)
def test_a_figure_is_written_as_people_write_it(written: str, expected: str):
    """Scaled, grouped, in the digits of the language."""
    assert unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", expected)


@given(AMOUNTS)
def test_the_key_of_equal_figures_is_equal(amount: Decimal):
    """What is compared is the plain value, not how it was written."""
    one = Figure(amount, "USD", 0, 1)
    other = Figure(amount * Decimal("1.000"), "USD", 5, 9)
    assert one.key == other.key
    assert only(bengali_digits(figures.money(amount, "en"))).key == one.key
