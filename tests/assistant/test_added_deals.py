"""Deals that a person adds are asked about at once, by any spelling of a new organisation's name."""

from collections.abc import Iterator

import pytest

from assistant.chat import Assistant
from index.corpus import SHIPPED, Corpus
from index.search import open_index
from tests.index.building import HashEmbedder

BOOK = """title_en,type,parties,announced,status,amount_usd,source_url,source_publisher
Zyphora Labs buys chips from AMD,chip_supply,Zyphora Labs: buyer; AMD: seller,2026-03-09,signed,$1.5 billion,https://a.example/1,Wire
Nvidia invests in Zyphora Labs,equity_investment,Nvidia: investor; Zyphora Labs: investee,2026-04,announced,250000000,,
"""
CHIPS, MONEY = "2026-03-09-zyphora-labs-buys-chips-from-amd", "2026-04-nvidia-invests-in-zyphora-labs"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the shipped corpus that has been asked before the deals are added."""
    folder = tmp_path_factory.mktemp("added")
    index = open_index(folder / "home", Corpus(SHIPPED, folder / "home" / "corpus"), HashEmbedder)
    assistant = Assistant(index)
    assert assistant.ask("Which deals does Zyphora Labs have?").deals == ()
    (folder / "book.csv").write_text(BOOK, encoding="utf-8")
    index.add_records(folder / "book.csv")
    yield assistant
    index.close()


@pytest.mark.parametrize(
    "question",
    [
        "Which deals does Zyphora Labs have?",
        "Which deals does Zyphora have?",
        "zyfora r chukti gulo dekhao",
        "zaifora labs er chukti gulo dekhao",
        "জাইফোরার চুক্তিগুলো কী কী?",
        "জাইফোরা ল্যাবসের চুক্তি কয়টি?",
    ],
)
def test_a_new_organisation_is_found_by_any_spelling(assistant: Assistant, question: str) -> None:
    """Without any alias its English name, a misspelling, Banglish and Bengali spellings with their endings all find it."""
    assert set(assistant.ask(question).deals) == {CHIPS, MONEY}


@pytest.mark.parametrize(
    ("question", "deal", "amount"),
    [
        ("How much did Nvidia invest in Zyphora?", MONEY, "250000000"),
        ("জাইফোরায় এনভিডিয়া কত বিনিয়োগ করেছে?", MONEY, "250000000"),
        ("জাইফোরা ল্যাবস আর এএমডির চুক্তির অঙ্ক কত?", CHIPS, "1500000000"),
    ],
)
def test_figures_of_added_deals_are_told_with_their_record(assistant: Assistant, question: str, deal: str, amount: str) -> None:
    """A sum of an added deal is the value, cited to its record."""
    answer = assistant.ask(question)
    assert answer.value is not None
    assert answer.value.model_dump() == {"amount": amount, "unit": "USD"}
    assert deal in {citation.id for citation in answer.citations}


def test_no_shipped_name_sounds_like_the_new_one(assistant: Assistant) -> None:
    """The other organisations are found as before."""
    assert CHIPS not in assistant.ask("Which deals does Cerebras have?").deals
    assert CHIPS in assistant.ask("এএমডির চুক্তিগুলো কী কী?").deals
