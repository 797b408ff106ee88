"""Banglish questions in other people's spelling are read as what they ask."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.schema import Intent, Query, Question, Turn
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities
from index.records import AmountKind, Role

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"


@pytest.fixture(scope="module", name="reader")
def make_reader() -> Understanding:
    """Return a reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


def roles(query: Query) -> dict[str, frozenset[Role]]:
    """Return the roles of each company of a query."""
    return {entity: term.roles for term in query.filters.parties for entity in term.entities}


@pytest.mark.parametrize(
    ("text", "intent", "measure"),
    [
        ("mcrosft r nebius er dil kto dlr er", Intent.LOOKUP, "amount"),
        ("nvidia synopsys er ta kbe hoise", Intent.LOOKUP, "announced"),
        ("xai r shbcheye bro funding konta", Intent.RANK, "amount"),
        ("Mistral kato dollar dhar niyechhe", Intent.LOOKUP, "amount"),
        ("acquihire er moddhe shobcheye beshi taka gese kontay", Intent.RANK, "amount"),
        ("crwv core scientific kinte parse ni?", Intent.YESNO, None),
        ("Meta ar CoreWeave-er duto contract-er tulona koro", Intent.COMPARE, "amount"),
        ("meta ar nebius er lgo koyda dil hoise", Intent.COUNT, None),
        ("Anthropic je Azure commitment diyeche tar dollar figure ta ki", Intent.SUM, "amount"),
        ("backstop ki", Intent.PASSAGE, None),
    ],
)
def test_what_is_asked_in_any_spelling(reader: Understanding, text: str, intent: Intent, measure: str | None):
    """Dropped vowels, dialect and loans spelled by ear change nothing of the intent."""
    query = reader.read(Question(text), TODAY)
    assert query.intent == intent
    assert measure is None or query.measure == measure


def test_roles_in_other_spellings(reader: Understanding):
    """A noun for the company takes its case; who takes a service over is served; the buyers of a firm bought it."""
    invested = roles(reader.read(Question("Wayve namer protisthane kara biniyog korechen?"), TODAY))
    assert invested["wayve"] == {Role.INVESTEE}
    served = roles(reader.read(Question("Amazon ki OpenAI ke cloud seba diben?"), TODAY))
    assert Role.SELLER in served["amazon"]
    assert Role.BUYER in served["openai"]
    bought = roles(reader.read(Question("Aligned Data Centers-er kretara kara chhilo?"), TODAY))
    assert bought["aligned"] == {Role.TARGET}
    held = roles(reader.read(Question("scale ai er 49 shotangsho kar hate geche"), TODAY))
    assert Role.INVESTEE in held["scale_ai"]


def test_short_names_and_tickers(reader: Understanding):
    """Names without their vowels, tickers in lower case and names with a dialect's ending are found."""
    query = reader.read(Question("apl ki opnai te taka dise?"), TODAY)
    assert set(roles(query)) == {"apple", "openai"}
    assert set(roles(reader.read(Question("crusor shb theika bro dil konta"), TODAY))) == {"crusoe"}
    assert set(roles(reader.read(Question("msft awsre koto dise"), TODAY))) == {"microsoft", "amazon"}


def test_plans_are_added_up_as_programmes(reader: Understanding):
    """The sum of plans is one of programmes, not of what is spent."""
    query = reader.read(Question("Adani ar Reliance er AI porikolponar jogfol koto dollar?"), TODAY)
    assert query.filters.amount_kinds == {AmountKind.PROGRAMME}


def test_a_follow_up_points_back_in_haste(reader: Understanding):
    """A genitive at the head ("er moddhe") means what was shown, and the turns are read in the usual spelling."""
    turns = (Turn("user", "nebius er deal gula den"), Turn("assistant", "Nebius er deal gula."))
    query = reader.read(Question("er moddhe meta r sathe kon gula?", turns), TODAY)
    assert set(roles(query)) == {"nebius", "meta"}
