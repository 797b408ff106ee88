"""What lies outside the records is refused though a company of theirs is named; what only looks odd is answered."""

import pytest

from assistant.chat import Assistant
from assistant.schema import Intent

REMARKS = (
    ("I run a bakery and cannot follow this. What's Google paying for Wiz?", "What's Google paying for Wiz?"),
    ("আমি ছাত্র, কাল পরীক্ষা। গুগল কত দিয়ে উইজ কিনছে?", "গুগল কত দিয়ে উইজ কিনছে?"),
    ("mafi chai, ami notun. meta scale ai er koto percent nilo?", "meta scale ai er koto percent nilo?"),
    ("Good evening! Please list everything TPG is part of. Many thanks.", "list everything TPG is part of"),
)
ELSEWHERE = (
    "who poured money into sparkling kitchen labs",
    "Which law firm looked after Wiz in the sale to Google?",
    "Does the Nokia handset come with a torch?",
    "What do you make of Anthropic as a place to work?",
    "how many yachts does Oracle own",
    "Will Nebius be bigger in 2029?",
    "ইন্টেলের প্রসেসর কেমন চলে?",
    "ডেলের মনিটরের দাম কত?",
    "chatgpt diye ki rochona lekhano jay",
    "2029 sale nvidia ki aro boro hobe?",
    "grok diye ki golpo lekha jay",
    "Is Nebius about to go bankrupt?",
    "which is better to work for, Dell or Cisco?",
)
OWNED = (
    ("SoftBank owns Ampere now, right?", True),
    ("does Amazon own Adept?", False),
    ("মানুস কি এখন মেটার মালিকানায়?", False),
    ("google ki wiz er malik?", True),
    ("Am I right in thinking OpenAI bought Windsurf?", False),
    ("openai windsurf kinei felsilo, na?", False),
    ("উইজ কি গুগল কিনেছে?", True),
)
KINDS = (
    ("I hear of acquihires every day and only nod. What is it?", "en-acquihires-and-licences"),
    ("My aunt asked what a neocloud is. Any idea?", "en-neoclouds"),
    ("Does a backstop count as money invested?", "en-backstops-and-guarantees"),
    ("যৌথ উদ্যোগ আর অংশীদারত্ব কি এক জিনিস?", "bn-what-is-a-joint-venture"),
    ("চায়ের আড্ডায় সবাই বলে, সার্বভৌম তহবিল কী বস্তু কেউ জানে না", "bn-what-is-a-sovereign-fund"),
    ("lease nile company r labh ta ki?", "bn-what-is-a-lease-deal"),
)


@pytest.mark.parametrize(("whole", "alone"), REMARKS)
def test_a_question_among_remarks_is_answered_as_it_is_alone(assistant: Assistant, whole: str, alone: str):
    """Greetings, excuses and the speaker's affairs are no conditions."""
    told, bare = assistant.ask(whole), assistant.ask(alone)
    assert bare.deals
    assert (told.intent, told.deals, told.value) == (bare.intent, bare.deals, bare.value)


def test_a_company_of_a_remark_is_meant_where_the_question_points_to_it(assistant: Assistant):
    """The word "there" stands for the company that the speaker has just named."""
    answer = assistant.ask("My cousin works at Nokia, lucky him. How many shares did Nvidia get there?")
    assert answer.deals == ("2025-10-28-nvidia-nokia",)


@pytest.mark.parametrize("question", ELSEWHERE)
def test_what_is_no_deal_is_refused_though_a_company_or_a_verb_of_deals_stands_in_it(assistant: Assistant, question: str):
    """Goods, opinions, forecasts and unknown companies get neither a list of all deals nor a yes."""
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.verdict is None


def test_an_unknown_company_in_small_letters_is_named(assistant: Assistant):
    """What stands where a verb of deals takes its object is a name that the corpus does not hold."""
    assert "sparkling kitchen" in assistant.ask("who invested in sparkling kitchen lately").text


@pytest.mark.parametrize(("question", "verdict"), OWNED)
def test_a_company_is_anothers_only_by_a_firm_purchase(assistant: Assistant, question: str, verdict: bool):
    """A licence with its staff, a lapsed or a cancelled purchase make no owner."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.YESNO
    assert answer.verdict is verdict


@pytest.mark.parametrize(("question", "article"), KINDS)
def test_a_question_on_a_kind_of_deal_is_answered_by_the_article_on_it(assistant: Assistant, question: str, article: str):
    """However it is wrapped, what a term means, is worth or differs by is no question for a list of deals."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.PASSAGE
    assert article in {citation.id for citation in answer.citations}


def test_a_company_whose_shares_are_pledged_is_no_party_of_the_loan(assistant: Assistant):
    """The loan is found by what secures it."""
    answer = assistant.ask("What became of SoftBank's loan against its OpenAI shares?")
    assert answer.deals == ("2026-04-softbank-openai-margin-loan",)


def test_a_company_of_a_country_needs_nobody_else_from_there(assistant: Assistant):
    """The words "of Norway" only say which company it is."""
    assert assistant.ask("list the deals of Aker of Norway").deals == assistant.ask("list the deals of Aker").deals


def test_a_view_that_is_asked_for_beside_a_deal_refuses_nothing(assistant: Assistant):
    """The words "do you think" before a question for the largest deal is only a manner of asking."""
    asked, bare = (
        assistant.ask("what do you think is Meta's largest cloud deal?"),
        assistant.ask("what is Meta's largest cloud deal?"),
    )
    assert bare.deals == asked.deals


@pytest.mark.parametrize(
    ("question", "name"),
    [("apple to zorblax kine felse, na?", "zorblax"), ("zorblax labs e ke ke taka khataise", "zorblax")],
)
def test_an_unknown_company_before_a_verb_is_named(assistant: Assistant, question: str, name: str):
    """In Banglish the object stands before its verb; neither a no nor a list of all investments answers."""
    answer = assistant.ask(question)
    assert answer.abstained
    assert name in answer.text
