"""What the corpus cannot tell is refused and named, in three scripts; what sounds like it and is a deal is answered."""

import pytest

from assistant.chat import Assistant
from assistant.schema import Intent

MATTERS = (
    "What was Nvidia's revenue in 2025?",
    "How many people work at OpenAI?",
    "Where is the headquarters of Google?",
    "Is Oracle profitable?",
    "ওপেনএআইয়ের সিইও মাসে কত বেতন পান?",
    "এনভিডিয়ার বাজারমূল্য কত?",
    "anthropic ke protishtha koreche?",
    "microsoft e koto jon lok kaj kore?",
)
OTHER_SUBJECTS = (
    "What is the capital of France?",
    "who is the president of India",
    "Write a poem about Nvidia",
    "জাপানের জনসংখ্যা কত?",
    "argentina kobe world cup jitse?",
)
UNKNOWN = (
    ("does baidu buy chips from nvidia", "baidu"),
    ("tell me about deals between bytedance and oracle", "bytedance"),
    ("tesla r openai er deal ache?", "tesla"),
    ("databricks koto taka tulse", "databricks"),
    ("গ্রামীণফোন কি গুগলের সঙ্গে কোনো চুক্তি করেছে?", "গ্রামীণফোন"),
)
DEALS = (
    "How much did OpenAI's employees sell their shares for in 2025?",
    "মেটার পকেট থেকে স্কেল এআইয়ের জন্য কত গেল?",
    "দেখতে চাই ওপেনএআই আর এএমডির মধ্যে কী কী চুক্তি হয়েছে",
    "What is OpenAI's market value?",
    "loans with maturities over two years",
    "আমি বোকা মানুষ, সহজ করে বলেন: ওপেনএআই আর মাইক্রোসফটের মধ্যে কয়টা চুক্তি?",
)


@pytest.mark.parametrize("question", MATTERS)
def test_a_matter_that_is_no_field_of_a_deal_is_refused_and_the_companys_deals_are_named(assistant: Assistant, question: str):
    """Neither a sum of deals nor a list stands in for a salary, a revenue or a head office; the nearest records are shown."""
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.value is None
    assert answer.citations


@pytest.mark.parametrize("question", OTHER_SUBJECTS)
def test_another_subject_is_refused_though_it_names_a_country_of_the_corpus(assistant: Assistant, question: str):
    """A country, or a company in a task for a poet, makes no question on deals."""
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.intent == Intent.UNKNOWN
    assert not answer.citations


@pytest.mark.parametrize(("question", "name"), UNKNOWN)
def test_a_company_that_no_record_has_is_named_in_any_script_and_case(assistant: Assistant, question: str, name: str):
    """A word that is in no list and stands like a company is one that the corpus does not hold."""
    answer = assistant.ask(question)
    assert answer.abstained
    assert name in answer.text


@pytest.mark.parametrize("question", DEALS)
def test_deals_asked_for_in_everyday_words_are_not_refused(assistant: Assistant, question: str):
    """Chat around a question, a salary's or a founder's word inside one, is taken neither for a company nor for a matter."""
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.deals


def test_of_a_question_with_two_halves_the_deal_is_answered_and_the_other_half_is_owned_up_to(assistant: Assistant):
    """What the records cannot tell is said, not dropped."""
    answer = assistant.ask("How much did Google pay for Wiz, and how many employees does Wiz have?")
    assert answer.deals == ("2025-03-18-google-wiz",)
    assert "employees" in answer.text


def test_an_article_may_tell_what_no_record_does(assistant: Assistant):
    """The founder that an article names is quoted, with the article."""
    answer = assistant.ask("Who founded Thinking Machines Lab?")
    assert not answer.abstained
    assert "Mira Murati" in answer.text


@pytest.mark.parametrize("question", ["who made you?", "what's your name?", "তোমার নাম কী?", "tomar nam ki?"])
def test_it_says_what_it_is(assistant: Assistant, question: str):
    """A question on the assistant itself gets an answer, no refusal."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.SMALLTALK
    assert "Chukti" in answer.text or "চুক্তি" in answer.text
