"""A question as the reading of roles sees it: its words, its parties in their places, its verbs and nouns of sides."""

from dataclasses import dataclass

from assistant.schema import PartyTerm
from assistant.words import Cue, Word, said


@dataclass(frozen=True, slots=True)
class Nominal:
    """Coordinated parties that stand in one place of the sentence and so share their role and negation."""

    start: int
    end: int
    terms: tuple[PartyTerm, ...]
    ending: str = ""  # case ending of the last of them
    joiner: str = ""  # "and", "or", or nothing for a single one


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a question with its parties and the cues that may give them roles."""

    words: tuple[Word, ...]
    nominals: tuple[Nominal, ...]
    verbs: tuple[Cue, ...]
    agents: tuple[Cue, ...]
    bengali: bool
    shares: bool = False  # a stake or shares are asked about

    def word(self, place: int) -> str:
        """Return the word at a place, nothing outside the question."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def before(self, nominal: Nominal) -> str:
        """Return the word before the parties, articles aside."""
        place = nominal.start - 1
        while self.word(place) in said("aside"):
            place -= 1
        return self.word(place)


def is_noun(sentence: Sentence, verb: Cue) -> bool:
    """True for a noun that names a deal (investment, takeover), not the verb."""
    return sentence.word(verb.end - 1) in said("noun_verbs") and sentence.word(verb.start - 1) not in (
        "to",
        *said("auxiliaries"),
    )


def in_compound(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True for either company of "the Nvidia-SoftBank backstop", which does not say who gives it."""
    if not is_noun(sentence, verb) or nominal.ending in said("genitive"):
        return False
    pairs = [(one, two) for one in sentence.nominals for two in sentence.nominals if one.end == two.start and not one.ending]
    return any(nominal in pair and pair[1].end == verb.start for pair in pairs)
