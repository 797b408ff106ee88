"""The composer: what every writer of answers promises, and how each intent reads in both languages."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.aggregate import aggregate
from assistant.citations import render, verify
from assistant.composer import Composer
from assistant.schema import Draft, Evidence, Filters, Finding, Intent, PartyTerm, Query, Range, Reading
from index.documents import deal_text
from index.ledger import Ledger, read_deals, read_entities
from index.records import FIRM, DealType, Role, Sector, Status
from index.text import has_bengali

CORPUS = Path(__file__).parents[2] / "index" / "corpus"
LEDGER = Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl"))
AWS, AMD, LETTER = "2025-11-03-openai-aws", "2025-10-06-openai-amd", "2025-09-22-nvidia-openai-loi"
PASSAGE = "A warrant is a right to buy shares at a fixed price."


def party(*entities: str, roles: tuple[Role, ...] = (), sectors: tuple[Sector, ...] = (), negated: bool = False) -> PartyTerm:
    """Return a condition on one party."""
    return PartyTerm(frozenset(entities), frozenset(sectors), roles=frozenset(roles), negated=negated)


def about(*terms: PartyTerm, **conditions) -> Filters:
    """Return filters on parties and more."""
    return Filters(parties=terms, **conditions)


OPENAI, INVESTED = party("openai"), party("nvidia", roles=(Role.INVESTOR,))
QUERIES = {
    "list": Query(Intent.LIST, filters=about(OPENAI, party(sectors=(Sector.CHIPMAKER,)))),
    "list of one": Query(Intent.LIST, filters=Filters(deals=(LETTER,))),
    "list all": Query(Intent.LIST),
    "list by condition": Query(
        Intent.LIST,
        filters=about(
            party("microsoft"),
            party("nvidia", negated=True),
            since=date(2025, 1, 1),
            ranges=(Range("amount", low=10**9),),
            statuses=FIRM,
        ),
    ),
    "list nothing": Query(Intent.LIST, filters=about(party("apple"), statuses=frozenset({Status.CANCELLED}))),
    "count": Query(Intent.COUNT, filters=about(INVESTED, since=date(2025, 1, 1), until=date(2025, 12, 31))),
    "count nothing": Query(Intent.COUNT, filters=about(party("apple"), OPENAI)),
    "amount": Query(Intent.LOOKUP, filters=Filters(deals=(AWS,)), measure="amount"),
    "amounts": Query(Intent.LOOKUP, filters=about(OPENAI, party("amazon")), measure="amount"),
    "stake": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="stake"),
    "shares": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="shares"),
    "power": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="gigawatts"),
    "term": Query(Intent.LOOKUP, filters=Filters(deals=(AWS,)), measure="term"),
    "date": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="announced"),
    "status": Query(Intent.LOOKUP, filters=Filters(deals=(LETTER,)), measure="status"),
    "parties": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="parties"),
    "source": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="source"),
    "terms": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="terms"),
    "not stated": Query(Intent.LOOKUP, filters=Filters(deals=(AMD,)), measure="amount"),
    "sum": Query(Intent.SUM, filters=about(party("openai", roles=(Role.INVESTEE,)))),
    "sum of flows": Query(Intent.SUM, filters=about(INVESTED), flow_sum=True),
    "average": Query(Intent.SUM, filters=about(party("coreweave")), aggregate="average"),
    "sum of power": Query(Intent.SUM, filters=about(OPENAI), measure="gigawatts"),
    "largest": Query(Intent.RANK, filters=about(OPENAI), limit=1),
    "top five": Query(Intent.RANK, filters=about(party("nvidia")), limit=5),
    "latest": Query(Intent.RANK, filters=about(party("meta")), measure="announced", limit=1),
    "most power": Query(Intent.RANK, measure="gigawatts", limit=3),
    "compare": Query(Intent.COMPARE, compared=(party("amd"), party("broadcom"))),
    "compare money": Query(
        Intent.COMPARE, compared=(party("microsoft"), party("amazon")), measure="amount", filters=about(OPENAI)
    ),
    "by type": Query(Intent.GROUP, filters=about(OPENAI), group_by="type"),
    "by year": Query(Intent.GROUP, filters=about(party("coreweave")), group_by="year", measure="amount"),
    "by quarter": Query(Intent.GROUP, filters=about(party("meta")), group_by="quarter"),
    "by month": Query(Intent.GROUP, filters=about(party("meta")), group_by="month"),
    "by company": Query(Intent.GROUP, filters=about(OPENAI), group_by="party", limit=5),
    "by country": Query(Intent.GROUP, group_by="country", limit=4),
    "by sector": Query(Intent.GROUP, filters=about(OPENAI), group_by="sector"),
    "by status": Query(Intent.GROUP, filters=about(OPENAI), group_by="status"),
    "timeline": Query(Intent.TIMELINE, filters=about(OPENAI, party("microsoft"))),
    "path": Query(Intent.PATH, subject=("apple", "coreweave")),
    "direct path": Query(Intent.PATH, subject=("openai", "amd")),
    "circular": Query(Intent.CIRCULAR, subject=("amd",)),
    "no circle": Query(Intent.CIRCULAR, subject=("disney",)),
    "yes": Query(Intent.YESNO, filters=about(INVESTED, party("openai", roles=(Role.INVESTEE,)))),
    "no": Query(Intent.YESNO, filters=about(party("apple", roles=(Role.INVESTOR,)), OPENAI)),
    "not signed": Query(Intent.YESNO, filters=Filters(deals=(LETTER,))),
    "profile": Query(Intent.PROFILE, subject=("cerebras",), filters=about(party("cerebras"))),
    "profile by note": Query(Intent.PROFILE, subject=("adept",), filters=about(party("adept"))),
    "passage": Query(Intent.PASSAGE, search="what is a warrant"),
    "greeting": Query(Intent.SMALLTALK, smalltalk="greeting"),
    "abilities": Query(Intent.SMALLTALK, smalltalk="abilities"),
    "out of scope": Query(Intent.UNKNOWN, out_of_scope=True),
    "unknown company": Query(Intent.LIST, unknown_names=("Zebra Labs 9",)),
    "reading": Query(
        Intent.LIST, filters=about(party("groq")), readings=(Reading("grok", "groq", ("xai",)),), not_understood=("purple 17",)
    ),
}
PASSAGES = (Evidence("article", "warrants", "en", PASSAGE, 0, len(PASSAGE), "Warrants", 1.0),)


def answer(query: Query) -> tuple[Finding, Draft]:
    """Return what the records say and what the composer makes of it."""
    finding = aggregate(LEDGER, query)
    return finding, Composer(LEDGER).compose(finding, PASSAGES if query.intent is Intent.PASSAGE else ())


class AnswerContract:
    """What every writer of answers promises; a subclass says how it answers."""

    def write(self, query: Query) -> tuple[Finding, Draft]:
        raise NotImplementedError

    @pytest.fixture(params=["en", "bn"])
    def language(self, request) -> str:
        return request.param

    @pytest.fixture(params=QUERIES, ids=str)
    def written(self, request, language) -> tuple[Finding, Draft]:
        return self.write(replace(QUERIES[request.param], language=language))

    def test_no_figure_is_unproved(self, written) -> None:
        """Every figure and date is quoted from a record or a passage, or was computed."""
        for sentence in written[1].sentences:
            assert verify(sentence), sentence.text

    def test_quotes_are_exact(self, written) -> None:
        """Each citation's quote is the document between its offsets."""
        for citation in render(written[1], LEDGER)[1]:
            if citation.kind == "deal":
                text = deal_text(LEDGER.deal(citation.id), LEDGER, citation.language)
                assert text[citation.start : citation.end] == citation.quote

    def test_markers_and_citations_agree(self, written) -> None:
        """There is no [n] without its citation, and they count from 1 without a gap."""
        text, citations, _ = render(written[1], LEDGER)
        markers = {int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", text)}
        numbers = [citation.marker for citation in citations]
        assert numbers == list(range(1, len(numbers) + 1))
        assert markers <= set(numbers) and (not numbers or {1, numbers[-1]} <= markers)

    def test_every_deal_shown_is_cited(self, written) -> None:
        """The deals of the answer are those that its citations prove."""
        finding, draft = written
        cited = {citation.id for citation in render(draft, LEDGER)[1]}
        assert draft.abstained or set(finding.deals) <= cited

    def test_an_item_on_a_record_carries_evidence(self, written) -> None:
        """A list item that names a deal of the answer is cited."""
        finding, draft = written
        titles = {LEDGER.deal(name).title(finding.query.language).rstrip(".।") for name in finding.deals}
        for sentence in draft.sentences:
            if any(title in sentence.text for title in titles):
                assert sentence.evidence, sentence.text

    def test_first_sentence_is_short_and_there(self, written) -> None:
        """The answer opens with a line, not with a list or a heading."""
        first = written[1].sentences[0]
        assert first.text and first.block in ("line", "note", "quote")

    def test_bengali_digits_in_bengali(self, written) -> None:
        """A Bengali answer has no ASCII digit but in markers, codes, quotes and the question's own words."""
        finding, draft = written
        if finding.query.language == "en":
            return
        own = (
            {deal.amount_text or "" for deal in LEDGER.deals}
            | set(finding.query.not_understood)
            | set(finding.query.unknown_names)
        )
        for sentence in draft.sentences:
            text = sentence.text
            for words in sorted(own, key=len, reverse=True):
                text = text.replace(words.rstrip("."), "") if words else text
            if any(evidence.quote in text for evidence in sentence.evidence):
                continue
            assert not re.search(r"(?<![A-Za-z0-9.])\d", text.translate(str.maketrans("০১২৩৪৫৬৭৮৯", "ক" * 10))), text

    def test_follow_ups_are_in_the_language_of_the_answer(self, written) -> None:
        """Two or three questions to go on with, in the same language."""
        finding, draft = written
        assert 2 <= len(draft.follow_ups) <= 3
        assert all(has_bengali(question) is (finding.query.language == "bn") for question in draft.follow_ups)


class TestComposer(AnswerContract):
    """The composer keeps the contract."""

    def write(self, query: Query) -> tuple[Finding, Draft]:
        return answer(query)


def text_of(name: str, language="en") -> str:
    """Return the text of the answer to one of the queries."""
    return render(answer(replace(QUERIES[name], language=language))[1], LEDGER)[0]


def test_list_says_how_many_are_not_firm_and_groups_them() -> None:
    """Firm deals come first; each that is not signed says so."""
    text = text_of("list")
    assert text.startswith(("The corpus holds 17 deals between OpenAI and chipmakers", "There are 17 deals"))
    assert text.index("Firm (10)") < text.index("Not firm (7)") < text.index("not signed: letter of intent")
    assert "7 of them are not firm" in text


def test_bengali_list_reads_like_print() -> None:
    """Genitive, classifier and plural are right in the opening line."""
    assert "ওপেনএআই ও চিপ নির্মাতাদের মধ্যে ১৭টি চুক্তি" in text_of("list", "bn")


@pytest.mark.parametrize(
    ("name", "english", "bengali"),
    [
        ("amount", "The contract is worth $38 billion [1].", "চুক্তির মূল্য ৩৮ বিলিয়ন ডলার [1]।"),
        ("stake", "The stake is up to 10% [1].", "অংশীদারত্ব সর্বোচ্চ ১০ শতাংশ [1]।"),
        ("date", "It was made public on 6 October 2025 [1].", "খবরটি প্রকাশ পায় ২০২৫ সালের ৬ অক্টোবর [1]।"),
        ("term", "It runs for 7 years [1].", "মেয়াদ ৭ বছর [1]।"),
        ("power", "It covers 6 GW [1].", "সক্ষমতা ৬ গিগাওয়াট [1]।"),
        ("not stated", "The record does not state an amount [1].", "নথিতে অঙ্কের উল্লেখ নেই [1]।"),
    ],
)
def test_lookup_answers_first(name, english, bengali) -> None:
    """The first sentence is the field that was asked for, or that the record does not state it."""
    assert text_of(name).startswith(english)
    assert text_of(name, "bn").replace("য়", "য়").startswith(bengali.replace("য়", "য়"))


def test_sources_that_differ_are_shown() -> None:
    """A disagreement of sources on the field asked for stands in the answer."""
    assert "so nothing was owned at signing" in text_of("stake")


def test_sum_names_what_is_left_out_and_the_ceilings() -> None:
    """The figure comes first; talks, inner deals and ceilings are beside it."""
    text = text_of("sum")
    assert "$139.6 billion" in text.split("\n")[0]
    assert "part of a larger deal already counted" in text and "not firm" in text
    assert "Ceilings, beside the figure (1)" in text


def test_yes_no_and_not_signed() -> None:
    """Yes names the deal between just these two; a lapsed letter of intent is a no; nothing is said to be nothing."""
    assert text_of("yes").startswith("Yes: Nvidia invests $30B in OpenAI")
    assert text_of("not signed").startswith("No.") and "lapsed" in text_of("not signed").split("[1]")[0]
    assert text_of("no").startswith("No: there is no such deal")
    assert text_of("no", "bn").startswith("না, ")


def test_ranking_names_a_higher_ceiling() -> None:
    """The largest firm figure is the answer; a ceiling above it is named, not ranked."""
    text = text_of("largest")
    assert "about $300 billion" in text.split("\n")[0] and "up to $500 billion" in text


def test_comparison_is_a_table() -> None:
    """Two or more measures stand side by side."""
    assert "| AMD | 7 | 7 |" in text_of("compare")


def test_unknown_words_and_readings_are_owned_up_to() -> None:
    """What was not understood is named, and a reading taken offers the other."""
    text = text_of("reading")
    assert "“purple 17”" in text and "could also mean xAI" in text
    assert text_of("unknown company").startswith("“Zebra Labs 9” is not in the corpus.")


@pytest.mark.parametrize("name", ["not stated", "list nothing", "out of scope", "unknown company"])
def test_abstains_when_the_corpus_does_not_say(name) -> None:
    """What is missing is said, and the draft says that it abstains."""
    assert answer(QUERIES[name])[1].abstained


@pytest.mark.parametrize("name", ["count nothing", "no", "list", "greeting", "passage"])
def test_does_not_abstain_when_it_answers(name) -> None:
    """None, no and a quotation are answers."""
    assert not answer(QUERIES[name])[1].abstained


def test_passages_are_quoted_as_they_stand() -> None:
    """The sentence is shown in its own words; in the other language it is quoted with a note, never translated."""
    assert text_of("passage") == f"{PASSAGE} [1]"
    bengali = text_of("passage", "bn")
    assert "ইংরেজিতে" in bengali and f"> {PASSAGE} [1]" in bengali


def test_types_are_named_in_the_opening_line() -> None:
    """The opening line restates the conditions, so that a misreading is seen at once."""
    filters = about(OPENAI, types=frozenset({DealType.ACQUISITION}), since=date(2025, 1, 1), until=date(2025, 12, 31))
    text = render(Composer(LEDGER).compose(aggregate(LEDGER, Query(Intent.LIST, filters=filters))), LEDGER)[0]
    assert re.search(r"\d+ acquisitions? involving OpenAI in 2025", text)
