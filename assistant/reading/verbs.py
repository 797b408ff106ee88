"""The verb of a question that says what parties do: its frame in the lexicon's grammar."""

from dataclasses import dataclass
from typing import Any

from assistant.reading.lexicon import Mark
from assistant.reading.sentence import Sentence

STRONG = (
    "invest",
    "raise",
    "acquire",
    "lend",
    "borrow",
    "rent_out",
    "rent",
    "supply",
    "guarantee",
    "sell",
    "license",
    "issue",
    "buy",
)
_DONE = 4  # tokens between a noun and the verb "do" that makes it one ("বিনিয়োগ কত করেছে")
_WEAK = ("pay", "hold", "get", "partner", "build")  # give no roles, but tell what is asked


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb that gives roles: its frame's name and place."""

    frame: str
    start: int
    end: int


class Verbs:
    """Finds the verbs of sentences."""

    def __init__(self, grammar: dict[str, Any]) -> None:
        self._grammar = grammar

    def verb(self, sentence: Sentence) -> Verb | None:
        """Return the verb that gives roles, strong ones first; None when no verb does."""
        for mark in sentence.marks:
            if mark.has("type"):
                composed = self._composed(sentence, mark)
                if composed:
                    return composed
        found = [(frame, mark) for mark in sentence.of("frame") for frame in mark.senses["frame"]]
        for frame, mark in found:
            if frame == "buy" and self._buys_companies(sentence):
                return Verb("acquire", mark.start, mark.end)
            if frame in STRONG and not (frame == "buy" and len({name for name, _ in found} & set(STRONG)) > 1):
                shares = frame == "buy" and (
                    sentence.has("measure", "shares", "stake") or sentence.has("type", "equity_investment")
                )
                return Verb("invest" if shares else frame, mark.start, mark.end)
        for wanted in _WEAK:
            for frame, mark in found:
                if frame == wanted:
                    return Verb(frame, mark.start, mark.end)
        return None

    def _buys_companies(self, sentence: Sentence) -> bool:
        """True for "which companies did X buy", where a name acts and companies are bought."""
        nominative = any(not name.case for name in sentence.names)
        company = any(mark.has("noun", "company") for mark in sentence.marks)
        if sentence.language == "en":
            first = sentence.names[0].start if sentence.names else 0
            return (
                nominative
                and company
                and any(mark.has("noun", "company") and mark.end <= first for mark in sentence.marks)
                and sentence.has("ask")
            )
        return nominative and company and not sentence.has("case", "from", "near")

    def _composed(self, sentence: Sentence, noun: Mark) -> Verb | None:
        """Return the verb that a noun of deals makes with a light verb: "ঋণ কত নিয়েছে", "received how much investment"."""
        if noun.has("received"):
            return None
        for kind in noun.senses["type"]:
            table = self._grammar["composed"].get(kind)
            for mark in sentence.of("light") if table else ():
                if mark.start >= noun.end:
                    made = table.get(mark.senses["light"][0])
                    if made:
                        return Verb(made, mark.start, mark.end)
            if table and "do" in table and sentence.language == "bn" and self._done(sentence, noun):
                return Verb(table["do"], noun.start, noun.end)
        return None

    def _done(self, sentence: Sentence, noun: Mark) -> bool:
        reach = 1 if noun.has("type", "chip_supply") else _DONE
        return not noun.case and any(
            sentence.tokens[place].word.startswith(("কর", "kor"))
            for place in range(noun.end, min(len(sentence.tokens), noun.end + reach))
        )
