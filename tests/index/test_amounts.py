"""Sums in steps, numbers in words and dates in any order are each one figure, in English, Bengali and Banglish."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import Figure, day, read_figures
from index.numerals import CARDINALS, in_words
from index.text import bengali_digits

PLACES_BN = (("কোটি", 10**7, 10**5), ("লাখ", 10**5, 100), ("হাজার", 1000, 100))
PLACES_LATIN = (("koti", 10**7, 10**5), ("lakh", 10**5, 100), ("hajar", 1000, 100))
PLACES_EN = (("trillion", 10**12, 1000), ("billion", 10**9, 1000), ("million", 10**6, 1000), ("thousand", 1000, 1000))
ENGLISH = {value: word for word, value in CARDINALS.items() if word.isascii() and word in (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety").split()}  # fmt: skip
BENGALI = {value: word for word, value in CARDINALS.items() if not word.isascii() and word not in ("দু", "বার")}
FRAMES = st.sampled_from(["{}", "It is {}.", "মোট {}।", "({})", "{}, and more", "ওপেনএআই {} দেবে", "koto? {} dollar na"])


def only(text: str) -> Figure:
    """Return the one figure of a text."""
    found = read_figures(text)
    assert len(found) == 1, f"{text!r}: {found}"
    return found[0]


def in_steps(value: int, places: tuple[tuple[str, int, int], ...]) -> str:
    """Write a whole number place by place: ৭ কোটি ৩০ লাখ ৫০০."""
    parts = []
    for word, size, _ in places:
        if value >= size:
            parts.append(f"{value // size} {word}")
            value %= size
    return " ".join([*parts, str(value)] if value else parts)


@given(st.integers(1000, 10**9 - 1), st.sampled_from(["bn", "banglish"]), FRAMES)
def test_a_south_asian_sum_is_read_back(value: int, script: str, frame: str) -> None:
    """Crores, lakhs, thousands and the rest, written one after the other, are one figure, whatever stands around."""
    places = PLACES_BN if script == "bn" else PLACES_LATIN
    if value % 1000 and not value // 1000 % 100:
        value = value // 1000 * 1000 + 1000  # a bare rest follows thousands only: "২ কোটি ৫০০" may be two figures
    text = in_steps(value, places)
    figure = only(frame.format(bengali_digits(text) if script == "bn" else text))
    assert figure.value == value


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([(0, 1), (1, 2), (0, 2)]), st.booleans())
def test_an_english_sum_in_steps_is_read_back(high: int, low: int, places: tuple[int, int], signed: bool) -> None:
    """1 billion 200 million" is one sum of money, with its sign before or its dollars after."""
    (one, size, _), (other, smaller, _) = PLACES_EN[places[0]], PLACES_EN[places[1]]
    figure = only(f"${high} {one} {low} {other}" if signed else f"{high} {one} {low} {other} dollars")
    assert (figure.value, figure.unit) == (high * size + low * smaller, "USD")


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from([("লাখ", 10**5), ("হাজার", 1000)]))
def test_steps_before_a_larger_place_are_multiplied_together(high: int, low: int, place: tuple[str, int]) -> None:
    """১ লাখ ২০ হাজার কোটি" and "২ হাজার ৫০০ কোটি" count crores by the whole of what stands before."""
    size = place[1]
    text, value = (f"{high} লাখ {low} হাজার কোটি", high * 10**5 + low * 1000) if size > 1000 else (
        f"{high} হাজার {low} কোটি", high * 1000 + low
    )  # fmt: skip
    assert only(f"{bengali_digits(text)} টাকা").value == Decimal(value) * 10**7


@given(st.sampled_from(sorted(ENGLISH)), st.sampled_from(["million", "billion", "trillion"]), st.booleans())
def test_english_number_words_are_read_back(number: Decimal, size: str, title: bool) -> None:
    """One to twenty and the tens, before a magnitude, in either case."""
    text = f"{ENGLISH[number]} {size} dollars"
    assert (
        only(text.title() if title else text).value == number * {"million": 10**6, "billion": 10**9, "trillion": 10**12}[size]
    )


@given(st.sampled_from(sorted(BENGALI)), st.sampled_from([("কোটি", 10**7), ("বিলিয়ন", 10**9), ("হাজার কোটি", 10**10)]))
def test_bengali_number_words_are_read_back(number: Decimal, size: tuple[str, int]) -> None:
    """Every number word up to a hundred, before a magnitude and with সাড়ে."""
    assert only(f"{BENGALI[number]} {size[0]} টাকার").value == number * size[1]
    assert only(f"সাড়ে {BENGALI[number]} {size[0]} টাকার").value == (number + Decimal("0.5")) * size[1]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("৭ কোটি ৩০ লাখ ডলার", 73_000_000, "USD"),
        ("7 koti 30 lakh dollar", 73_000_000, "USD"),
        ("১ লাখ ২০ হাজার কোটি", 1_200_000_000_000, ""),
        ("২ হাজার ৫০০ কোটি টাকা", 25_000_000_000, "BDT"),
        ("দেড় বিলিয়ন", 1_500_000_000, ""),
        ("der billion", 1_500_000_000, ""),
        ("আড়াই হাজার কোটি", 25_000_000_000, ""),
        ("arai billion", 2_500_000_000, ""),
        ("সাড়ে তিন বিলিয়ন", 3_500_000_000, ""),
        ("সাড়ে ৩ বিলিয়ন ডলারের", 3_500_000_000, "USD"),
        ("share tin billion", 3_500_000_000, ""),
        ("পৌনে দুই", "1.75", ""),
        ("পৌনে দুই বিলিয়ন", 1_750_000_000, ""),
        ("সওয়া কোটি", 12_500_000, ""),
        ("সওয়া দুই কোটি", 22_500_000, ""),
        ("সাড়ে তিনশ কোটি টাকা", 3_500_000_000, "BDT"),
        ("দেড়শ কোটি", 1_500_000_000, ""),
        ("দুই হাজার পাঁচশ", 2500, ""),
        ("এক হাজার দুইশ কোটি", 12_000_000_000, ""),
        ("two thousand five hundred", 2500, ""),
        ("five hundred million dollars", 500_000_000, "USD"),
        ("1 billion 200 million", 1_200_000_000, ""),
        ("a billion and a half", 1_500_000_000, ""),
        ("one and a half billion", 1_500_000_000, ""),
        ("2 and a half billion dollars", 2_500_000_000, "USD"),
        ("half a billion", 500_000_000, ""),
        ("a billion-dollar deal", 1_000_000_000, "USD"),
        ("ten billion", 10**10, ""),
        ("twenty-five billion dollars", 25 * 10**9, "USD"),
        ("দশ বিলিয়ন", 10**10, ""),
        ("dosh billion", 10**10, ""),
        ("দশ লাখ কোটি টাকা", 10**13, "BDT"),
        ("পঁচিশ শতাংশ", 25, "percent"),
        ("five per cent", 5, "percent"),
        ("আড়াই গিগাওয়াট", "2.5", "GW"),
    ],
)
def test_a_sum_as_people_say_it_is_one_figure(text: str, value: object, unit: str) -> None:
    """Steps, fractions and words come to one value with its unit, and the figure is the whole text."""
    figure = only(text)
    assert (figure.value, figure.unit) == (Decimal(str(value)), unit)
    assert figure.start == 0
    assert only(f"মোট {text}").value == figure.value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5 billion 200 people", [5 * 10**9, 200]),
        ("$5 billion, 200 million shares", [5 * 10**9, 200 * 10**6]),
        ("৩ কোটি, ২০ লাখ", [3 * 10**7, 20 * 10**5]),
        ("$2bn 500 million", [2 * 10**9, 500 * 10**6]),
        ("10 billion dollars 5 million", [10**10, 5 * 10**6]),
        ("5 million 20 billion", [5 * 10**6, 20 * 10**9]),
        ("1 billion $200 million", [10**9, 200 * 10**6]),
        ("between 1 and 3 billion", [1, 3 * 10**9]),
        ("their share three billion", [3 * 10**9]),
    ],
)
def test_figures_beside_each_other_stay_apart(text: str, values: list[int]) -> None:
    """A comma, a unit, a sign, a short magnitude or a larger place ends a figure."""
    assert [figure.value for figure in read_figures(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "one of them",
        "a deal",
        "দুই ভাগে",
        "half of it",
        "সাত দিন",
        "two companies",
        "at billions",
        "কোটি টাকা",
        "no share of ten",
        "one dollar",
        "কয়েক দশ বিলিয়ন ডলার",
    ],
)
def test_a_word_that_counts_nothing_is_no_figure(text: str) -> None:
    """Number words are figures before a magnitude, money, power and percent only."""
    assert read_figures(text) == ()


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2059, 12, 31)))
def test_a_date_in_any_order_is_read_back(when: date) -> None:
    """The year first or last, its end cut off, ordinals and the word for day: the same day."""
    iso = when.isoformat()
    bengali = day(iso, "day", "bn").split()
    english = day(iso, "day", "en").split()
    year = str(when.year)
    for text in (
        f"{bengali[2]} সালের {bengali[0]} {bengali[1]}",
        f"{bengali[0]}শে {bengali[1]} {bengali[2]}",
        f"{bengali[0]} শে {bengali[1]}, {bengali[2]}",
        f"{bengali[2]} সালের {bengali[1]}র {bengali[0]} তারিখ",
        f"{english[0]} {english[1][:3]} '{year[2:]}",
        f"{english[0]}-{english[1][:3]}-{year}",
        f"{english[1]} {english[0]}, {year}",
        f"{year} saler {english[0]} {english[1].lower()}",
    ):
        assert only(text).day == iso, text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("৫ অক্টোবর ২০২৫, ৬ নভেম্বর ২০২৫", ["2025-10-05", "2025-11-06"]),
        ("২০২৫ সালে ২৭ ফেব্রুয়ারি", ["2025", "____-02-27"]),
        ("Feb '26", ["2026-02"]),
        ("27 Feb '98", ["1998-02-27"]),
        ("ফেব্রুয়ারিতে ২৭টি চুক্তি", []),
    ],
)
def test_dates_keep_to_their_own_parts(text: str, days: list[str]) -> None:
    """A year belongs to the date beside it, a count to what is counted."""
    assert [figure.day for figure in read_figures(text) if figure.unit == "date"] == days


@given(st.sampled_from(sorted(CARDINALS)))
def test_every_number_word_is_worth_what_the_table_says(word: str) -> None:
    """A word alone is its value, and a hundred times that with শ joined."""
    assert in_words(word) == CARDINALS[word]
    if not word.isascii():
        assert in_words(word + "শ") == CARDINALS[word] * 100


def test_reading_takes_microseconds() -> None:
    """Sentences are verified by the thousand: one is read in well under a millisecond, with figures or without."""
    texts = ["ওপেনএআই ২০২৬ সালের ২৭ ফেব্রুয়ারি ৭ কোটি ৩০ লাখ ডলার দেবে।", "In 2025 it paid $10 billion for 5%.", "No figure here."]
    started = time.perf_counter()
    for _ in range(200):
        for text in texts:
            read_figures(text)
    assert (time.perf_counter() - started) / 600 < 0.001
