"""A question taken apart: names, marks of the lexicon, dates and amounts, each token in one of them at most."""

from dataclasses import dataclass
from datetime import date

from assistant.reading.amounts import Amounts, Figures
from assistant.reading.dates import Dates, When
from assistant.reading.lexicon import Lexicon, Mark
from assistant.reading.names import Name, Names
from assistant.reading.tokens import Token, bare_ending, plain, tokenise
from assistant.schema import Script
from index.ledger import Ledger
from index.records import Language

_ENDING_GAP = 1  # characters between a name and an ending that stands apart


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a question is made of, in order of place."""

    text: str
    tokens: tuple[Token, ...]
    script: Script
    language: Language
    sounds: bool  # Banglish spellings count
    names: tuple[Name, ...]
    marks: tuple[Mark, ...]
    when: When
    amounts: Amounts
    covered: frozenset[int]

    def has(self, kind: str, *values: str) -> bool:
        """True when a mark may mean this kind, and one of the values where any are named."""
        return any(mark.has(kind, *values) for mark in self.marks)

    def values(self, kind: str) -> tuple[str, ...]:
        """Return the values of a kind in order of place, each once."""
        return tuple(dict.fromkeys(value for mark in self.marks for value in mark.senses.get(kind, ())))

    def of(self, kind: str, *values: str) -> tuple[Mark, ...]:
        """Return the marks that may mean this kind, and one of the values where any are named."""
        return tuple(mark for mark in self.marks if mark.has(kind, *values))

    def mark_at(self, place: int) -> Mark | None:
        """Return the mark that holds a token."""
        return next((mark for mark in self.marks if mark.start <= place < mark.end), None)

    def word(self, place: int) -> str:
        """Return the word at a place, "" beyond the ends."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""


class Reader:
    """Takes questions apart with the names of one ledger."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = Names(ledger, lexicon)
        newest = max((deal.span.last for deal in ledger.deals), default=date.max)
        self._dates = Dates(lexicon, newest)
        self._figures = Figures(lexicon)

    def take_apart(self, question: str, today: date) -> Sentence:
        """Read a question into its parts."""
        text = plain(question)
        tokens = tokenise(text)
        script, language, sounds = self._script(tokens)
        when = self._dates.read(tokens, today, sounds)
        valuation = any(
            self.lexicon.at(tokens, place, sounds, frozenset({"measure"})) is not None
            and "valuation"
            in (self.lexicon.at(tokens, place, sounds, frozenset({"measure"})) or _NONE).senses.get("measure", ())
            for place in range(len(tokens))
        )
        amounts = self._figures.read(text, tokens, when.places, valuation, sounds)
        taken = when.places | amounts.places
        names, marks = self._scan(text, tokens, taken, sounds)
        covered = set(taken) | {place for place, token in enumerate(tokens) if token.number}
        covered |= {place for name in names for place in range(name.start, name.end)}
        covered |= {place for mark in marks for place in range(mark.start, mark.end)}
        return Sentence(text, tokens, script, language, sounds, names, marks, when, amounts, frozenset(covered))

    def _scan(
        self, text: str, tokens: tuple[Token, ...], taken: frozenset[int], sounds: bool
    ) -> tuple[tuple[Name, ...], tuple[Mark, ...]]:
        titled = any(token.capital for token in tokens[1:])
        names: list[Name] = []
        marks: list[Mark] = []
        place = 0
        while place < len(tokens):
            if place in taken:
                place += 1
                continue
            limit = next((other for other in range(place, len(tokens)) if other in taken), len(tokens))
            span = tokens[:limit]
            name, mark = self.names.at(span, place, titled), self.lexicon.at(span, place, sounds)
            if name is None and mark is None:
                name = self.names.alike(span, place)
            if name is not None and (mark is None or name.end >= mark.end or not mark.exact):
                name = _with_ending(name, tokens, text, sounds)
                names.append(name)
                place = name.end
            elif mark is not None:
                marks.append(mark)
                place = mark.end
            else:
                place += 1
        return tuple(names), tuple(marks)

    def _script(self, tokens: tuple[Token, ...]) -> tuple[Script, Language, bool]:
        """Return the script typed, the language to answer in, and whether Latin words are read as Banglish."""
        bengali = sum(token.bengali for token in tokens)
        english = sum(token.word in self.lexicon.english for token in tokens)
        banglish = sum(token.word in self.lexicon.banglish for token in tokens)
        if not bengali:
            typed = bool(banglish) and banglish >= english
            return ("banglish", "bn", True) if typed else ("english", "en", False)
        spoken = sum(token.bengali and self._known(token) for token in tokens)
        latin = any(token.latin and not self._is_name(tokens, place) for place, token in enumerate(tokens))
        language: Language = "en" if english > spoken + banglish else "bn"
        return ("mixed" if latin else "bengali"), language, bool(banglish) and language == "bn"

    def _known(self, token: Token) -> bool:
        return any(form.word in self.lexicon.words for form in token.forms) or bare_ending(token) is not None

    def _is_name(self, tokens: tuple[Token, ...], place: int) -> bool:
        return self.names.at(tokens, place, True) is not None or (
            place > 0 and self.names.at(tokens, place - 1, True) is not None
        )


_NONE = Mark(0, 0, {})


def _with_ending(name: Name, tokens: tuple[Token, ...], text: str, sounds: bool) -> Name:
    """Take in a case ending that stands apart from its name ("OpenAI-এর", "openai er"); কে apart by a space asks "who"."""
    if name.case or name.end >= len(tokens):
        return name
    token, last = tokens[name.end], tokens[name.end - 1]
    case = bare_ending(token)
    gap = text[last.end : token.start]
    if case is None or len(gap) > _ENDING_GAP or not (token.bengali or sounds or gap == "-"):
        return name
    if gap == " " and token.word in _ASKING:
        return name
    return Name(name.entity, name.start, name.end + 1, name.text, case, name.how, name.others, name.thing)


_ASKING = frozenset("কে ke ই i ও o a এ".split())
