"""The audit of a finished text: sound answers pass, and an answer with any of its numbers altered does not."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.audit import unverified
from assistant.chat import Assistant
from assistant.schema import Answer, Query, Question
from index.corpus import SHIPPED, Corpus
from index.figures import read_figures
from index.search import open_index
from tests.index.building import HashEmbedder

QUESTIONS = (
    "How much did Microsoft invest in G42?",
    "amazon anthropic e koto taka invest koreche?",
    "Total value of OpenAI's deals by year",
    "Compare Microsoft and Amazon",
    "ওপেনএআইয়ের বছরভিত্তিক মোট কত?",
    "What is the average price of SoftBank's acquisitions?",
    "Is the OpenAI-AMD deal circular?",
    "২০২৬ সালে সবচেয়ে বড় ৫টি চুক্তি",
    "Which deals did OpenAI make before 2024?",
    "চিপ নির্মাতাদের সাথে ওপেনএআইয়ের চুক্তি কোনগুলো?",
    "When did AMD and OpenAI sign, and for how many gigawatts?",
)
MARKERS = re.compile(r"\[\d+\]")
DIGITS = ("0123456789", "০১২৩৪৫৬৭৮৯")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the shipped records, whose answers need no search."""
    folder = tmp_path_factory.mktemp("audit")
    index = open_index(folder / "home", Corpus(SHIPPED, folder / "none"), HashEmbedder)
    yield Assistant(index, date(2026, 11, 24))
    index.close()


def told(assistant: Assistant, question: str, cache: dict[str, tuple[Answer, Query]] = {}) -> tuple[Answer, Query]:  # noqa: B006
    """Return the answer to a question and what it was read as; each is asked once."""
    if question not in cache:
        cache[question] = (assistant.ask(question), assistant.understand(Question(question)))
    return cache[question]


def places(text: str) -> list[int]:
    """Return where the digits of money, power, stakes, shares and full dates stand."""
    plain = MARKERS.sub(lambda match: " " * len(match.group()), text)
    figures = [one for one in read_figures(plain) if one.unit not in ("", "years", "date") or len(one.day) > 4]
    return [place for one in figures for place in range(one.start, one.end) if plain[place].isdigit()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sound_answer_has_no_unproved_figure(assistant: Assistant, question: str) -> None:
    """Sums, groups, averages, circles, periods and lists rest on their quotes, their records and the question."""
    answer, query = told(assistant, question)
    assert places(answer.text), "the answer states figures"
    assert unverified(answer, assistant.index.ledger, query) == ()


@given(st.data())
def test_an_altered_number_is_found(assistant: Assistant, data: st.DataObject) -> None:
    """One digit of one figure made larger by half of ten: the line that states it is named."""
    answer, query = told(assistant, data.draw(st.sampled_from(QUESTIONS[:5] + QUESTIONS[6:8])))
    sums = [one for one in read_figures(MARKERS.sub(lambda m: " " * len(m.group()), answer.text)) if one.unit in ("USD", "GW")]
    figure = data.draw(st.sampled_from(sums))
    place = next(place for place in range(figure.start, figure.end) if answer.text[place].isdigit())
    digits = next(row for row in DIGITS if answer.text[place] in row)
    other = digits[(digits.index(answer.text[place]) + 5) % 10]
    if other == digits[0]:
        other = digits[7]
    text = answer.text[:place] + other + answer.text[place + 1 :]
    changed = read_figures(text[figure.start : figure.end])[0].value
    stated = {one.value for citation in answer.citations for one in read_figures(citation.quote)}
    found = unverified(answer.model_copy(update={"text": text}), assistant.index.ledger, query)
    if changed not in stated:
        assert changed in {one.figure.value for one in found}


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How much did Microsoft invest in G42?", "$1.5 billion", "$1.6 billion"),
        ("How much did Microsoft invest in G42?", "2024", "2034"),
        ("Which deals did OpenAI make before 2024?", "31 December 2023", "30 December 2023"),
        ("What is the average price of SoftBank's acquisitions?", "$5.292 billion", "$5.392 billion"),
        ("When did AMD and OpenAI sign, and for how many gigawatts?", "6 October 2025", "46 October 2025"),
    ],
)
def test_wrong_money_dates_and_averages_are_named(assistant: Assistant, question: str, right: str, wrong: str) -> None:
    """A sum, a year, the bound of a period, an average and an impossible day are each found where they are altered."""
    answer, query = told(assistant, question)
    assert right in answer.text
    altered = answer.model_copy(update={"text": answer.text.replace(right, wrong)})
    assert all(wrong in one.line for one in unverified(altered, assistant.index.ledger, query))
    assert unverified(altered, assistant.index.ledger, query)


def test_a_figure_must_be_in_what_its_own_line_cites(assistant: Assistant) -> None:
    """A sum that another record states does not bear out the line of this one."""
    answer, query = told(assistant, "চিপ নির্মাতাদের সাথে ওপেনএআইয়ের চুক্তি কোনগুলো?")
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    sums = {one.value: line for line in lines for one in read_figures(line) if one.unit == "USD"}
    (one, first), *_, (_, second) = sums.items()
    assert first != second
    stated = next(figure for figure in read_figures(first) if figure.value == one)
    moved = second.replace(" (", f" ({first[stated.start : stated.end]}, ", 1)
    altered = answer.model_copy(update={"text": answer.text.replace(second, moved)})
    assert [found.figure.value for found in unverified(altered, assistant.index.ledger, query)] == [one]
