"""Answers from the articles: the sentences that define, reason or tell, quoted exactly; nothing where nothing answers."""

from datetime import date

import pytest

from assistant.chat import Assistant
from assistant.excerpts import defines, tells
from assistant.schema import Intent, Question
from assistant.understanding import make_understanding

DEFINED = (
    ("What is a warrant?", "en-amd-warrant"),
    ("what's a neocloud", "en-neoclouds"),
    ("What is a TPU?", "en-anthropic-google-tpus"),
    ("what does post-money mean?", "bn-what-is-a-valuation"),
    ("ব্যাকস্টপ কী?", "bn-what-is-a-backstop"),
    ("চক্রাকার চুক্তি কাকে বলে?", "bn-circular-deals-explained"),
    ("letter of intent bolte ki bujhay", "bn-what-is-a-letter-of-intent"),
)
REASONED = (
    ("Why was the Abilene extension dropped?", "en-abilene-campus"),
    ("Why did OpenAI choose Tata in India?", "en-india-data-centres"),
    ("টাকার বদলে গিগাওয়াটে চুক্তি মাপা হয় কেন?", "bn-what-is-a-gigawatt"),
    ("disney keno openai te invest korlo na?", "bn-deals-that-fell-through"),
)
UNTOLD = ("What does take-or-pay mean?", "Why is Jensen Huang famous for leather jackets?", "বাংলাদেশে বিদ্যুতের দাম কেন বাড়ে?")


@pytest.mark.parametrize(("question", "article"), (*DEFINED, *REASONED))
def test_the_article_that_answers_is_quoted_first(assistant: Assistant, question: str, article: str):
    """A definition or a reason comes from the article on it, in the language of the question where there is one."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.PASSAGE
    assert answer.citations[0].id == article


@pytest.mark.parametrize("question", UNTOLD)
def test_what_no_article_explains_is_refused(assistant: Assistant, question: str):
    """Passages that merely share words with a question are not offered for an answer."""
    assert assistant.ask(question).abstained


def test_an_english_question_that_only_a_bengali_article_answers_says_so(assistant: Assistant):
    """The quote stays in its own words, with a note of its language."""
    answer = assistant.ask("What is a convertible note?")
    assert "in Bengali" in answer.text
    assert {citation.language for citation in answer.citations} == {"bn"}


def test_a_sentence_defines_a_term_only_when_it_is_about_it(assistant: Assistant):
    """The opening words and "is", or a Bengali naming word, make a definition; a mere mention does not."""
    understanding = make_understanding(assistant.index.ledger)
    aspects = understanding.aspects(understanding.read(Question("What is a backstop?"), date(2026, 11, 24)))
    assert defines(aspects, "A backstop is a promise to pay if somebody else does not.")
    assert defines(aspects, "ব্যাকস্টপ মানে শেষ ভরসা।")
    assert not defines(aspects, "Google uses backstops to help Fluidstack, which is a neocloud.")


def test_a_number_or_a_name_must_stand_by_the_matter(assistant: Assistant):
    """A sum beside the word "employees" is not their number; a sentence on another company tells nothing of the one asked."""
    understanding = make_understanding(assistant.index.ledger)
    ledger = understanding.ledger
    aspects = understanding.aspects(understanding.read(Question("How many employees does Windsurf have?"), date(2026, 11, 24)))
    assert tells(aspects, "Cognition bought the remainder of Windsurf, including about 240 employees.", ledger)
    assert not tells(aspects, "Windsurf paid its employees $2 billion.", ledger)
    assert not tells(aspects, "Cognition has about 240 employees.", ledger)


def test_a_heading_that_asks_the_same_does_not_bring_sentences_that_tell_something_else(assistant: Assistant):
    """Of a matter beyond the records only the sentences that tell it are quoted, also below a heading that asks it."""
    answer = assistant.ask("How much revenue did CoreWeave report last quarter?")
    assert answer.abstained
    assert assistant.ask("How many employees came with the remainder of Windsurf?").text.count("[1]") == 1
