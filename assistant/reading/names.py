"""Which organisations a question names: exact names first, then by sound, then by spelling."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from assistant.phonetics import romanise, skeleton
from assistant.reading.lexicon import Lexicon
from assistant.reading.tokens import Token, cut, plain
from assistant.schema import Reading
from index.ledger import Ledger

_LONGEST = 6  # tokens of a name at most
_ALIKE = 0.80  # least likeness of two sounds with the same consonants
_ALIKE_SHORT = 0.87  # the same where the consonants are two, as in OpenAI
_LEAST_FUZZY = 5  # letters of a word that may be a misspelt name
_TWO_SLIPS = 8  # letters from which a word may have two slips
_LEAST_SOUND = 4  # letters of a word that may be a name by its sound
_SUFFIXES = frozenset(
    "inc corp ltd group company technologies technology ai labs lab holdings capital systems energy data centers".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation named by tokens ``start`` to ``end``; ``case`` is the ending that the last one carries."""

    entity: str
    start: int
    end: int
    text: str
    case: str = ""
    how: str = "name"  # name, sound, spelling, product
    others: tuple[str, ...] = ()
    thing: str = ""  # a product that the deals must mention as well

    @property
    def reading(self) -> Reading | None:
        """What the answer must own up to; None for a plain name."""
        if self.others:
            return Reading(self.text, self.entity, self.others, "ambiguous")
        return Reading(self.text, self.entity, (), "spelling") if self.how == "spelling" else None


class Names:
    """The written forms of a ledger's entities, ready to be found."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._tickers: dict[str, str] = {}
        self._things: dict[str, str] = {}
        self._sounds: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._spellings: dict[str, str] = {}
        for entity in ledger.entities.values():
            for name in entity.names:
                self._add(name, entity.id)
            if entity.ticker:
                self._tickers[entity.ticker.split(".")[0]] = entity.id
        self._add_products(lexicon, ledger)
        self._products = set(self._exact) - self._own(ledger)

    def _own(self, ledger: Ledger) -> set[str]:
        return {_joined(name) for entity in ledger.entities.values() for name in entity.names}

    def _add_products(self, lexicon: Lexicon, ledger: Ledger) -> None:
        for words, senses in lexicon.phrases("product", "thing"):
            for value in (*senses.get("product", ()), *(value.split()[0] for value in senses.get("thing", ()))):
                if value in ledger.entities and value not in self._exact["".join(words)]:
                    self._exact["".join(words)].append(value)
            for value in senses.get("thing", ()):
                self._things["".join(words)] = value.split()[1]

    def _add(self, name: str, entity: str) -> None:
        words = [word for word, _, _ in cut(plain(name))]
        joined = "".join(words)
        if not joined:
            return
        if entity not in self._exact[joined]:
            self._exact[joined].append(entity)
        heads = [joined]
        if len(words) == 2 and words[-1] in _SUFFIXES:
            heads.append(words[0])
        for head in heads:
            self._sounds[skeleton(head)].append((romanise(head), entity))
            self._spellings.setdefault(head, entity)

    def at(self, tokens: tuple[Token, ...], place: int, titled: bool) -> Name | None:
        """Return the longest name that begins at a token; ``titled`` tells that the typist uses capitals."""
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            span = tokens[place : place + length]
            if length > 1 and not _close(span):
                continue
            found = self._named(span, titled)
            if found:
                return Name(found[0], place, place + length, _text(span), found[1], found[2], found[3], found[4])
        return None

    def _named(self, span: tuple[Token, ...], titled: bool) -> tuple[str, str, str, tuple[str, ...], str] | None:
        head = "".join(token.word for token in span[:-1])
        if len(span) == 1 and span[0].raw.isupper() and span[0].raw in self._tickers:
            return self._tickers[span[0].raw], "", "name", (), ""
        for form in span[-1].forms:
            key = head + form.word
            entities = self._exact.get(key)
            if not entities or (form.loose and len(form.word) < 3):
                continue
            if len(span) == 1 and self._mere_word(span[0], form.word, titled):
                continue
            how = "product" if key in self._products else "name"
            return entities[0], form.case, how, tuple(entities[1:]), self._things.get(key, "")
        return None

    def _mere_word(self, token: Token, word: str, titled: bool) -> bool:
        """True for a name that is also an ordinary word, typed as such a word ("related", "io", "x")."""
        if token.bengali:
            return len(word) < 3
        if len(word) <= 2:
            return not token.raw[: len(word)].isupper()
        ordinary = word in self._lexicon.ordinary or (word in self._lexicon.common_english and word not in _WELL_KNOWN)
        return ordinary and not token.capital and (titled or word in self._lexicon.ordinary)

    def alike(self, tokens: tuple[Token, ...], place: int) -> Name | None:
        """Return the organisation that a token, or two, is a spelling of by sound or by slip; None for ordinary words."""
        for length in (2, 1):
            span = tokens[place : place + length]
            if len(span) < length or not _close(span) or any(token.number for token in span):
                continue
            if length == 2 and (any(self._ordinary(token) for token in span) or bool(span[1].bengali) != bool(span[0].bengali)):
                continue
            found = self._alike(span)
            if found:
                return Name(found[0], place, place + length, _text(span), found[1], found[2])
        return None

    def _ordinary(self, token: Token) -> bool:
        words = self._lexicon.common_bengali if token.bengali else self._lexicon.common_english
        return token.word in self._lexicon.words or any(
            form.word in words or form.word in self._lexicon.words for form in token.forms if not form.loose
        )

    def _alike(self, span: tuple[Token, ...]) -> tuple[str, str, str] | None:
        head = "".join(token.word for token in span[:-1])
        if len(span) == 1 and self._ordinary(span[0]):
            return None
        candidates = [(head + form.word, form.case) for form in span[-1].forms]
        for word, case in candidates:
            entity = self._by_sound(word)
            if entity:
                return entity, case, "sound"
        for word, case in candidates:
            entity = self._by_spelling(word)
            if entity:
                return entity, case, "spelling"
        return None

    def _by_sound(self, word: str) -> str:
        bones = skeleton(word)
        if len(bones) < 2 or len(word) < _LEAST_SOUND:
            return ""
        sound = romanise(word)
        best = max(
            ((fuzz.ratio(sound, other) / 100, entity) for other, entity in self._sounds.get(bones, ())), default=(0.0, "")
        )
        return best[1] if best[0] >= (_ALIKE_SHORT if len(bones) == 2 else _ALIKE) else ""

    def _by_spelling(self, word: str) -> str:
        if len(word) < _LEAST_FUZZY:
            return ""
        allowed = 1 if len(word) < _TWO_SLIPS else 2
        best, entity = allowed + 1, ""
        for name, candidate in self._spellings.items():
            if abs(len(name) - len(word)) > allowed or len(name) < _LEAST_FUZZY or (name[0] != word[0] and allowed == 1):
                continue
            distance = OSA.distance(word, name, score_cutoff=allowed)
            if distance < best:
                best, entity = distance, candidate
        return entity


_WELL_KNOWN = frozenset({"meta", "apple", "oracle", "amazon", "intel", "lambda", "dell", "cursor", "uber", "corning"})


def _joined(name: str) -> str:
    return "".join(word for word, _, _ in cut(plain(name)))


def _close(span: tuple[Token, ...]) -> bool:
    """True when at most two characters (a space, a hyphen, a dot and a space) part neighbouring tokens."""
    return all(second.start - first.end <= 2 for first, second in pairwise(span))


def _text(span: tuple[Token, ...]) -> str:
    return " ".join(token.raw for token in span)
