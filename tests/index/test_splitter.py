"""Sentences and chunks: exact spans, the right ends, bounded sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.splitter import CHUNK, LONGEST_SENTENCE, headings, sentences, split

TEXTS = st.text(
    st.sampled_from("aB1০ক্ি।?!. \n#\t\"'’,-$%…") | st.characters(exclude_categories=["Cs"]), max_size=400
) | st.lists(
    st.sampled_from(
        [
            "OpenAI signed it.",
            "## A heading",
            "\n\n",
            "\n",
            " ",
            "চুক্তি হলো।",
            "ড. রহমান",
            "U.S. Treasury",
            "$1.5 billion",
            "- item",
            "x" * 90,
        ]
    ),
    max_size=120,
).map(" ".join)


def cut(text: str) -> list[str]:
    """Return the sentences themselves."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI paid $1.5 billion. AMD did not.", ["OpenAI paid $1.5 billion.", "AMD did not."]),
        ("The U.S. Treasury agreed. It paid.", ["The U.S. Treasury agreed.", "It paid."]),
        ("It sells in the U.S. The buyer pays.", ["It sells in the U.S.", "The buyer pays."]),
        ("Tesla Inc. Chairman X left. He won.", ["Tesla Inc. Chairman X left.", "He won."]),
        ("It bought Foo Inc. The price is secret.", ["It bought Foo Inc.", "The price is secret."]),
        (
            "J. P. Morgan lent it. No. 2 paid. He said no. Then she left.",
            ["J. P. Morgan lent it.", "No. 2 paid.", "He said no.", "Then she left."],
        ),
        ("On Jan. 5 it closed. Yahoo! said so. e.g. this.", ["On Jan. 5 it closed.", "Yahoo! said so. e.g. this."]),
        ("It was signed. xAI agreed.", ["It was signed.", "xAI agreed."]),
        ("“We agreed.” He left!", ["“We agreed.”", "He left!"]),
        ("See https://a.org/?q=1. Then go...", ["See https://a.org/?q=1.", "Then go..."]),
        (
            "ড. রহমান ও মো. আলী ১.৫ কোটি টাকা দেন। এ. কে. খান রাজি? হ্যাঁ!",
            ["ড. রহমান ও মো. আলী ১.৫ কোটি টাকা দেন।", "এ. কে. খান রাজি?", "হ্যাঁ!"],
        ),
        ("চুক্তি হলো।এরপর কী হবে?", ["চুক্তি হলো।", "এরপর কী হবে?"]),
        ("‘রাজি।’ তিনি বলেন।", ["‘রাজি।’", "তিনি বলেন।"]),
        ("## Why?\n\nBecause.\n- one\n- two", ["## Why?", "Because.", "- one", "- two"]),
        ("1. First item. It is long.\n2. Second.", ["1. First item.", "It is long.", "2. Second."]),
        ("Amount: $38 billion\nType: cloud contract", ["Amount: $38 billion", "Type: cloud contract"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Full stops of short forms, initials and numbers end nothing; the sentence signs of both scripts do."""
    assert cut(text) == expected


@given(TEXTS)
def test_spans_are_exact_and_cover_the_text(text: str) -> None:
    """Sentences and chunks are trimmed slices in order, and nothing but white space lies between them."""
    for spans in (sentences(text), split(text)):
        place = 0
        for start, end in spans:
            assert start >= place and end > start
            assert not text[place:start].strip()
            assert text[start:end] == text[start:end].strip()
            place = end
        assert not text[place:].strip()


@given(TEXTS, st.integers(50, 900))
def test_chunks_are_unions_of_sentences(text: str, size: int) -> None:
    """A chunk begins where a sentence begins, ends where one ends, and is bounded even without punctuation."""
    spans = sentences(text)
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    longest = max((end - start for start, end in spans), default=0)
    heading = sum(len(words) + 12 for _, words in headings(text))
    for start, end in split(text, size):
        assert start in starts and end in ends
        assert end - start <= max(size, longest + heading + text.count("\n"))


def test_text_without_punctuation_is_bounded() -> None:
    """A wall of words is cut at spaces, a wall of letters anywhere but before a vowel sign."""
    words = "কি " * 3000
    assert all(end - start <= LONGEST_SENTENCE for start, end in split(words))
    assert all(words[start:end].split(maxsplit=1)[0] == "কি" for start, end in split(words))
    wall = "কি" * 3000
    assert all(wall[start] == "ক" for start, _ in sentences(wall))


def test_chunks_of_a_section_are_even() -> None:
    """Nineteen equal sentences of one section make chunks of about the same length, without a crumb at the end."""
    text = " ".join(["This sentence has exactly fifty characters, I think."] * 19)
    lengths = [end - start for start, end in split(text)]
    assert max(lengths) <= CHUNK
    assert min(lengths) > 0.6 * max(lengths)


def test_a_heading_opens_a_chunk_and_stands_with_its_text() -> None:
    """No chunk is a heading alone, and none runs from one section into the next."""
    text = "Intro sentence.\n\n# One\n## Two\n\nBody of two.\n\n# Three\n\nBody of three."
    chunks = [text[start:end] for start, end in split(text)]
    assert chunks == ["Intro sentence.", "# One\n## Two\n\nBody of two.", "# Three\n\nBody of three."]
    assert headings(text) == ((17, "One"), (23, "Two"), (45, "Three"))
