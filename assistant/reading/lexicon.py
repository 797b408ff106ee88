"""The lexicons of ``prompts/lexicon``: phrases in three scripts and what each may mean."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.phonetics import romanise
from assistant.reading.tokens import Token, cut, plain

_FOLDER = Path(__file__).parent.parent.parent / "prompts" / "lexicon"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FILES = ("questions", "logic", "deals", "dates", "talk", "places", "names")
_LEAST_SOUND = 3  # sounds that a Banglish word has at least to be known by its sound
_GRAMMATICAL = frozenset({"stop", "ask", "case", "logic", "pronoun", "follow"})
_NAMING = frozenset({"country", "region", "product", "thing", "project", "known", "type", "sector", "role"})
_SHARED = frozenset({"ai", "deal", "company", "list", "er", "to", "o", "n", "s", "t"})  # typed alike in English and Banglish

Senses = dict[str, tuple[str, ...]]  # kind -> values


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase found: tokens ``start`` to ``end`` (not included) may mean any of ``senses``; ``case`` is its last ending."""

    start: int
    end: int
    senses: Senses = field(hash=False)
    case: str = ""
    exact: bool = True

    def has(self, kind: str, *values: str) -> bool:
        """True when the phrase may mean this kind, and one of the values where any are named."""
        found = self.senses.get(kind)
        return found is not None and (not values or any(value in found for value in values))


@dataclass(slots=True)
class _Entry:
    words: tuple[str, ...]
    senses: dict[str, list[str]]  # in English and Bengali
    typed: dict[str, list[str]]  # in Banglish, the others included


class Lexicon:
    """Phrases by their first word; loaded once."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], _Entry] = {}
        self._by_word: dict[str, list[_Entry]] = defaultdict(list)
        self.english: set[str] = set()  # words that only English questions have
        self.banglish: set[str] = set()  # words that only Banglish questions have
        self.words: set[str] = set()
        self.ordinary: set[str] = set()  # words of phrases that name nothing
        self._latin: set[str] = set()  # words of English phrases of any kind
        for name in _FILES:
            for kind, table in read(f"{name}.yaml").items():
                for value, scripts in table.items():
                    for script, phrases in scripts.items():
                        self._add(kind, value, script, phrases)
        self.grammar: dict[str, Any] = read("grammar.yaml")
        self.common_english = _listed("common_en.txt")
        self.common_bengali = _listed("common_bn.txt")
        self.banglish -= self._latin | self.common_english
        self.english -= _SHARED
        for entry in self._entries.values():
            self._by_word[entry.words[0]].append(entry)

    def _add(self, kind: str, value: str, script: str, phrases: str) -> None:
        for phrase in phrases.split(";"):
            for form in _inflected(phrase.strip()) if script == "en" else (phrase.strip(),):
                words = _phrase_words(form)
                if not words:
                    continue
                entry = self._entries.setdefault(words, _Entry(words, {}, {}))
                for senses in (entry.typed,) if script == "bl" else (entry.senses, entry.typed):
                    values = senses.setdefault(kind, [])
                    if value not in values:
                        values.append(value)
                self.words.update(words)
                if name_free(kind):
                    self.ordinary.update(words)
                if script == "en":
                    self._latin.update(words)
                    if kind in _GRAMMATICAL:
                        self.english.update(words)
                elif script == "bl" and kind not in _NAMING:
                    self.banglish.update(word for word in words if word.isalpha())

    def at(
        self, tokens: tuple[Token, ...], place: int, sounds: bool, kinds: frozenset[str] | None = None, end: int | None = None
    ) -> Mark | None:
        """Return the longest phrase that begins at a token, exact words before cut ones; None without any.

        ``sounds`` reads Banglish: its spellings, and Latin words that sound like Bengali ones. ``kinds`` limits the meanings,
        ``end`` the tokens.
        """
        last = len(tokens) if end is None else end
        best: tuple[int, int, int] = (0, 0, 0)
        found: Mark | None = None
        for entry, lost in self._candidates(tokens[place], sounds):
            meanings = entry.typed if sounds else entry.senses
            if not meanings or (kinds is not None and not kinds & meanings.keys()):
                continue
            length = len(entry.words)
            if length < best[0] or place + length > last:
                continue
            case, loss = _rest(entry.words, tokens, place, sounds)
            if loss < 0:
                continue
            score = (length, -loss - lost, 1)
            if score > best or found is None:
                best = score
                senses = {kind: tuple(values) for kind, values in meanings.items() if kinds is None or kind in kinds}
                found = Mark(place, place + length, senses, case, exact=loss + lost == 0)
            elif score == best and found is not None:
                merged = dict(found.senses)
                for kind, values in meanings.items():
                    if kinds is None or kind in kinds:
                        merged[kind] = tuple(dict.fromkeys((*merged.get(kind, ()), *values)))
                found = Mark(found.start, found.end, merged, found.case, found.exact)
        return found

    @cached_property
    def _by_sound(self) -> dict[str, list[_Entry]]:
        """The phrases by the sound of their first word; made at the first Banglish question."""
        found: dict[str, list[_Entry]] = defaultdict(list)
        for word, entries in self._by_word.items():
            sound = sound_key(word)
            if sound:
                found[sound] += entries
        return found

    def phrases(self, *kinds: str) -> Iterator[tuple[tuple[str, ...], Senses]]:
        """Yield the phrases of these kinds with what they mean."""
        for entry in self._entries.values():
            if any(kind in entry.typed for kind in kinds):
                yield entry.words, {kind: tuple(values) for kind, values in entry.typed.items()}

    def _candidates(self, token: Token, sounds: bool) -> Iterator[tuple[_Entry, int]]:
        for form in token.forms:
            if form.loose and not sounds:
                continue
            for entry in self._by_word.get(form.word, ()):
                yield entry, len(token.word) - len(form.word)
        if sounds and token.latin and token.word not in self.words:
            for form in token.forms:
                key = sound_key(form.word)
                if key:
                    for entry in self._by_sound.get(key, ()):
                        yield entry, len(token.word) - len(form.word) + 1


def _rest(words: tuple[str, ...], tokens: tuple[Token, ...], place: int, sounds: bool) -> tuple[str, int]:
    """Return (case of the last word, letters cut off); (.., -1) when the following words do not fit."""
    loss = 0
    case = ""
    for offset, word in enumerate(words):
        token = tokens[place + offset]
        for form in token.forms:
            if form.word == word and not (form.loose and not sounds):
                case = form.case
                loss += len(token.word) - len(form.word) if offset else 0
                break
        else:
            key = sound_key(word) if sounds and token.latin and token.word else ""
            fitting = next((form for form in token.forms if key and sound_key(form.word) == key), None)
            if fitting is None:
                return "", -1
            case = fitting.case
            loss += 1 if offset else 0
    return case, loss


@lru_cache(maxsize=32768)
def sound_key(word: str) -> str:
    """Return how a word sounds without its weak vowels; "" for a word too short to be told by its sound."""
    if word.isdigit():
        return ""
    key = re.sub("[ao]", "", romanise(word))
    return key if len(key) >= _LEAST_SOUND else ""


def _inflected(phrase: str) -> tuple[str, ...]:
    """Return the phrase, or for "+verb" its regular forms."""
    if not phrase.startswith("+"):
        return (phrase,)
    verb = phrase[1:]
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    return verb, f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s", f"{verb}ed", f"{verb}ing"


def name_free(kind: str) -> bool:
    """True for kinds whose phrases are ordinary words, not names of companies, products or places."""
    return kind not in ("product", "thing", "known", "project", "country", "region")


_LATIN_ONLY = re.compile(r"[a-z][a-z' ]*")


def _phrase_words(phrase: str) -> tuple[str, ...]:
    if _LATIN_ONLY.fullmatch(phrase):
        return tuple(phrase.split())
    return tuple(token[0] for token in cut(plain(phrase)))


def _listed(name: str) -> frozenset[str]:
    return frozenset((_FOLDER / name).read_text(encoding="utf-8").split())


@cache
def read(name: str) -> Any:  # noqa: ANN401  (whatever the file holds)
    """Return a file of ``prompts/lexicon`` as strings."""
    return yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of questions; about 0.1 s the first time."""
    return Lexicon()
