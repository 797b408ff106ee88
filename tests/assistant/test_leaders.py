"""Who has the most, and who stands on two sides: read from words, answered from the records, against brute force."""

from collections import Counter

import pytest

from assistant.chat import Assistant
from assistant.schema import Question
from index.records import Role


@pytest.mark.parametrize(
    "text",
    [
        "Which company has Microsoft signed the most deals with?",
        "মাইক্রোসফটের সবচেয়ে বেশি চুক্তি কার সঙ্গে?",
        "microsoft er sobcheye beshi deal kar sathe",
    ],
)
def test_the_company_with_the_most_deals(assistant: Assistant, text: str):
    """The answer presents exactly the deals of the leader, and their number."""
    ledger = assistant.index.ledger
    others = Counter(other for deal in ledger.of_party("microsoft") for other in deal.entities if other != "microsoft")
    most = max(others.values())
    leaders = {other for other, number in others.items() if number == most}
    wanted = {deal.id for deal in ledger.of_party("microsoft") if leaders & set(deal.entities)}
    answer = assistant.ask(Question(text))
    assert set(answer.deals) == wanted
    assert answer.value is not None
    assert answer.value.model_dump() == {"amount": str(most), "unit": "deals"}


@pytest.mark.parametrize("text", ["In which year were the most deals announced?", "কোন বছরে সবচেয়ে বেশি চুক্তি হয়েছে?"])
def test_the_year_with_the_most_deals(assistant: Assistant, text: str):
    """The noun after "which" says what is grouped."""
    years = Counter(deal.announced[:4] for deal in assistant.index.ledger.deals)
    year, number = years.most_common(1)[0]
    answer = assistant.ask(Question(text))
    assert len(answer.deals) == number
    assert all(assistant.index.ledger.deal(name).announced.startswith(year) for name in answer.deals)


@pytest.mark.parametrize(
    "text",
    [
        "Which investors backed both Anthropic and OpenAI?",
        "ওপেনএআই আর অ্যানথ্রপিক দুটোতেই বিনিয়োগ করেছে কারা?",
        "openai ar anthropic dutotei invest korse kara",
    ],
)
def test_investors_of_two_companies(assistant: Assistant, text: str):
    """Every company named invests in both, by a deal that the answer presents, and none is missing."""
    ledger = assistant.index.ledger

    def investors(company: str) -> set[str]:
        deals = [deal for deal in ledger.of_party(company) if Role.INVESTEE in deal.roles(company)]
        return {party.entity for deal in deals for party in deal.parties if party.role == Role.INVESTOR}

    common = investors("openai") & investors("anthropic")
    answer = assistant.ask(Question(text))
    shown = {party.entity for name in answer.deals for party in ledger.deal(name).parties if party.role == Role.INVESTOR}
    assert common <= shown
    for name in answer.deals:
        assert common & {party.entity for party in ledger.deal(name).parties if party.role == Role.INVESTOR}


def test_money_is_no_number_of_deals(assistant: Assistant):
    """A question for the most money is a rank of sums, not of companies by their deals."""
    assert assistant.ask(Question("Which deal brought OpenAI the most money?")).intent == "rank"
