"""The composer: from a finding and passages to the sentences of an answer, in English or Bengali, without a model."""

from collections.abc import Callable

from assistant.composing.desk import Desk
from assistant.composing.following import follow_ups
from assistant.composing.links import write_circular, write_path
from assistant.composing.lists import write_count, write_list, write_timeline
from assistant.composing.lookup import is_silent, write_lookup
from assistant.composing.money import left_out, write_rank, write_sum
from assistant.composing.passages import choose, write_passage
from assistant.composing.quoting import Quotes
from assistant.composing.tables import write_compare, write_group
from assistant.composing.talk import notes, unknown_names, write_talk, write_unknown
from assistant.composing.verdicts import write_nothing, write_profile, write_yesno
from assistant.phrases import phrases
from assistant.schema import Draft, Evidence, Finding, Intent, Sentence
from index.ledger import Ledger

Writer = Callable[[Desk], list[Sentence]]
_WRITERS: dict[Intent, Writer] = {
    Intent.LIST: write_list,
    Intent.LOOKUP: write_lookup,
    Intent.COUNT: write_count,
    Intent.SUM: write_sum,
    Intent.RANK: write_rank,
    Intent.COMPARE: write_compare,
    Intent.GROUP: write_group,
    Intent.TIMELINE: write_timeline,
    Intent.PATH: write_path,
    Intent.CIRCULAR: write_circular,
    Intent.YESNO: write_yesno,
    Intent.PROFILE: write_profile,
    Intent.PASSAGE: write_passage,
    Intent.SMALLTALK: write_talk,
    Intent.UNKNOWN: write_unknown,
}
# Intents that can answer without a deal: by a verdict, a passage, a figure of nothing or plain talk.
_WITHOUT_DEALS = frozenset(
    {Intent.YESNO, Intent.PASSAGE, Intent.SMALLTALK, Intent.UNKNOWN, Intent.PATH, Intent.CIRCULAR, Intent.PROFILE}
)


class Composer:
    """Writes answers from records and passages."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._quotes = Quotes(ledger)

    def compose(self, finding: Finding, passages: tuple[Evidence, ...] = ()) -> Draft:
        """Return the answer to a finding: the sentence that answers, the evidence, notes, and what to ask next."""
        desk = Desk(self._ledger, self._quotes, phrases(finding.query.language), finding, passages)
        written, abstained = _answer(desk)
        lead = next((place for place, said in enumerate(written) if said.block != "line"), len(written))
        written = written[:lead] + self._besides(finding, written) + written[lead:]
        return Draft(tuple(written + notes(desk)), abstained, follow_ups(desk))

    def _besides(self, finding: Finding, written: list[Sentence]) -> list[Sentence]:
        """Return the sentences that answer what else the question asks, where the records tell it."""
        found = []
        for other in finding.also:
            desk = Desk(self._ledger, self._quotes, phrases(other.query.language), other, ())
            said, abstained = _answer(desk)
            left = left_out(desk, "sum") if other.query.intent is Intent.SUM else []
            found += [] if abstained or not written else [*said[:1], *left]
        return found


def _answer(desk: Desk) -> tuple[list[Sentence], bool]:
    """Return the sentences, and whether they say that the corpus does not know."""
    query, finding = desk.query, desk.finding
    intent = query.intent
    if intent is Intent.SMALLTALK:
        return write_talk(desk), False
    if intent is Intent.UNKNOWN or query.out_of_scope or (query.unknown_names and not finding.deals):
        return _unknown(desk)
    written = [] if intent in _NEEDS_DEALS and _empty(finding) else _WRITERS[intent](desk)
    abstained = _abstains(desk)
    if not written and desk.passages and not query.filters.parties and not finding.nearest:
        return write_passage(desk), False
    if not written:
        written, abstained = write_nothing(desk), intent is not Intent.COUNT
    if query.unknown_names:
        written.insert(1, unknown_names(desk))
    return written, abstained


_NEEDS_DEALS = frozenset(Intent) - _WITHOUT_DEALS


def _empty(finding: Finding) -> bool:
    return not (finding.deals or finding.ceilings or finding.left_out)


def _unknown(desk: Desk) -> tuple[list[Sentence], bool]:
    """Abstain; where the question names nothing unknown, passages may still answer it."""
    query = desk.query
    if query.intent is Intent.UNKNOWN and not query.out_of_scope and not query.unknown_names and choose(desk):
        return write_passage(desk), False
    return write_unknown(desk), True


def _abstains(desk: Desk) -> bool:
    """True when the answer is that the corpus does not say."""
    finding, intent = desk.finding, desk.query.intent
    silent: dict[Intent, Callable[[], bool]] = {
        Intent.LOOKUP: lambda: is_silent(desk),
        Intent.PASSAGE: lambda: not choose(desk),
        Intent.PATH: lambda: not finding.paths,
        Intent.SUM: lambda: finding.value is None,
        Intent.RANK: lambda: not finding.deals,
        Intent.PROFILE: lambda: not finding.deals,
    }
    return silent[intent]() if intent in silent else False
