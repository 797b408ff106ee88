"""Companies are found by name, case ending, sound and spelling, in three scripts."""

from pathlib import Path

import pytest

import index.ledger
from assistant.linking import Linker, read_words
from assistant.words import lexicon
from index.ledger import Ledger, read_deals, read_entities
from index.records import Entity

CORPUS = Path(index.ledger.__file__).parent / "corpus"


@pytest.fixture(scope="module")
def linker() -> Linker:
    """A linker over the shipped records."""
    return Linker(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")), lexicon())


@pytest.mark.parametrize(
    ("text", "entity", "ending"),
    [
        ("ওপেনএআইয়ের চুক্তি", "openai", "য়ের"),
        ("ওপেনএআইয়ে বিনিয়োগ", "openai", "য়ে"),
        ("এনভিডিয়ার চিপ", "nvidia", "র"),
        ("অ্যানথ্রপিকে বিনিয়োগ", "anthropic", "ে"),
        ("openai er deal", "openai", "er"),
        ("deals of Oracle", "oracle", ""),
    ],
)
def test_a_name_keeps_its_case_ending_apart(linker: Linker, text: str, entity: str, ending: str) -> None:
    """The ending is what the roles are read from."""
    mention = linker.link(read_words(text))[0]
    assert (mention.entity, mention.ending) == (entity, ending)


@pytest.mark.parametrize("text", ["maikrosoft", "Micrsoft", "enbidia", "Nvidea", "korwibh"])
def test_misspellings_are_heard(linker: Linker, text: str) -> None:
    """A spelling by ear or with a wrong letter still names the company."""
    assert [mention.entity for mention in linker.link(read_words(f"deals with {text}"))] in (
        ["microsoft"],
        ["nvidia"],
        ["coreweave"],
    )


@pytest.mark.parametrize("text", ["dise", "koto taka dise", "সে টাকা দিয়েছে", "the arm of a chair met on a table"])
def test_plain_words_are_no_tickers(linker: Linker, text: str) -> None:
    """A ticker counts only in capitals: DIS is Disney, "dise" is "gave"."""
    assert linker.link(read_words(text)) == ()


def test_a_cloud_narrows_its_company(linker: Linker) -> None:
    """Azure stands for Microsoft and says which of its deals."""
    mention = linker.link(read_words("the Azure contract"))[0]
    assert (mention.entity, mention.narrows) == ("microsoft", "azure")


def test_a_name_that_a_user_adds_is_heard_in_the_other_script() -> None:
    """No alias need be written for a transliterated name."""
    ledger = Ledger([Entity("pathfinder", "Pathfinder", "")], [])
    assert [one.entity for one in Linker(ledger, lexicon()).link(read_words("পাথফাইন্ডারের চুক্তি"))] == ["pathfinder"]
