"""The lexicons of ``prompts/`` read into tries over stemmed words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.phonetics import sound_key
from index.text import BENGALI, bengali_ending, normalise, stem, words

FOLDER = Path(__file__).parent.parent / "prompts"
_LONG_ENOUGH = 6  # letters of the sounds of a phrase that tell it from others
# A verb with its denial joined, and the same in two words: হয়নি, হয় নাই.
_NOT_DONE = tuple(
    (normalise(joined), normalise(apart))
    for joined, apart in (
        ("য়নি", "য় নাই"),
        ("েনি", "ে নাই"),
        ("oyni", "oy nai"),
        ("oyni", "oy ni"),
        ("reni", "re nai"),
        ("reni", "re ni"),
    )
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the lexicon found in a question: words ``start`` to ``end`` (not included) mean ``kind``/``value``."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: as normalised, its stem, the ending that the stem lost, and its place in the text."""

    text: str
    stem: str
    start: int
    end: int
    raw: str = ""

    @property
    def ending(self) -> str:
        """What stemming took off, a case ending in Bengali."""
        if BENGALI.match(self.text):
            return bengali_ending(self.text) if self.text != self.stem else ""
        return self.text[len(self.stem) :] if self.text.startswith(self.stem) else ""

    def lies_in(self, spans: Iterable[tuple[int, int]]) -> bool:
        """True when the word shares a character with one of these stretches of the text."""
        return any(self.start < end and self.end > start for start, end in spans)


class Lexicon:
    """Phrases by their stemmed words; one phrase may carry several meanings."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self._trie: dict[str, Any] = {}
        self._rows = rows
        self._endings: dict[str, list[str]] = {script: str(text).split() for script, text in rows.get("endings", {}).items()}
        self.known: set[str] = {stem(word) for word in words(str(rows.get("stop", "")))}
        self.stop: frozenset[str] = frozenset(self.known)
        self.forms: set[str] = set(words(str(rows.get("stop", ""))))  # every word as written
        self._add_groups(rows)
        for kind, table in rows.items():
            if kind in ("stop", "endings", "words", "group_nouns", "group_words"):
                continue
            for value, phrases in table.items() if isinstance(table, dict) else ((kind, table),):
                for phrase in _spread(_phrases(phrases), rows.get("words", {})):
                    for form in self._inflected(phrase):
                        self._add(form, kind, str(value), exact=phrase.endswith("~"))

    def _add_groups(self, rows: dict[str, Any]) -> None:
        """Add every noun that deals are grouped by in every wording: "by year", "for each year", বছর অনুযায়ী."""
        for value, nouns in rows.get("group_nouns", {}).items():
            for noun in _phrases(nouns):
                for wording in _phrases(rows["group_words"]):
                    if bool(BENGALI.search(noun)) == bool(BENGALI.search(wording)):
                        self._add(wording.replace("*", noun), "group", str(value), exact=False)

    def endings(self, script: str) -> tuple[str, ...]:
        """Return what verbs end in, in a script: bengali or banglish."""
        return tuple(self._endings[script])

    def _inflected(self, phrase: str) -> list[str]:
        """Return a phrase that ends in "~" (a verb's root) with every ending of verbs in its script."""
        if not phrase.endswith("~"):
            return [phrase, *(phrase.removesuffix(joined) + apart for joined, apart in _NOT_DONE if phrase.endswith(joined))]
        root = phrase[:-1]
        return [root + ending for ending in self._endings["bengali" if BENGALI.search(root) else "banglish"]]

    def _add(self, phrase: str, kind: str, value: str, exact: bool) -> None:
        written = [part.startswith("=") for part in phrase.split()]  # "=terms" is matched as written, not by its stem
        forms = words(phrase)
        path = tuple(map(stem, forms))
        if not path:
            return
        self.known.update(path)
        self.forms.update(forms)
        node = self._trie
        # A verb's form is matched as written: its stem may be another word (কেনে "buys", কেন "why").
        fixed = {place for place, as_written in enumerate(written) if as_written} | ({len(path) - 1} if exact else set())
        for step in (f"={forms[place]}" if place in fixed else path[place] for place in range(len(path))):
            node = node.setdefault(step, {})
        node.setdefault("", {})[kind] = value
        if len(forms) > 1 and all(map(BENGALI.match, forms)):
            self._add_sounds(forms, kind, value)

    def _add_sounds(self, forms: list[str], kind: str, value: str) -> None:
        """Add a Bengali phrase of several words by the sound of each, for Banglish; one word alone sounds like too much."""
        heard = [sound_key(form) for form in forms]
        if sum(map(len, heard)) < _LONG_ENOUGH or not all(heard):
            return
        node = self._trie
        for sound in heard:
            node = node.setdefault(f"~{sound}", {})
        node.setdefault("", {}).setdefault(kind, value)

    def phrases(self, kind: str, value: str) -> tuple[str, ...]:
        """Return every phrase of a meaning in all three scripts, roots with all their endings; empty for an unknown one."""
        table = self._rows.get(kind, {})
        text = table.get(value, "") if isinstance(table, dict) else table if value == kind else ""
        return tuple(form for phrase in _phrases(text) for form in self._inflected(phrase.replace("=", "")) if form)

    def find(self, question: tuple[Word, ...], sounded: bool = False) -> Iterator[Cue]:
        """Yield the meanings of the longest phrase at each place; words inside a found phrase begin no other.

        With ``sounded`` Latin words also match the words of Bengali phrases by how they sound ("sobar sheshe": সবার শেষে).
        """
        place = 0
        while place < len(question):
            best, meanings = self._longest(question, place, self._trie, sounded)
            for kind, value in meanings.items():
                yield Cue(kind, value, place, best)
            place = max(best, place + 1)

    def _longest(
        self, question: tuple[Word, ...], place: int, node: dict[str, Any], sounded: bool
    ) -> tuple[int, dict[str, str]]:
        """Return where the longest phrase ends that goes on from here, and its meanings."""
        found: tuple[int, dict[str, str]] = (place, node.get("", {}))
        if place == len(question):
            return found
        word = question[place]
        heard = (f"~{sound_key(word.text)}",) if sounded and word.text.isascii() else ()
        for step in (f"={word.text}", *_stems(word), *heard):
            if step in node:
                end, meanings = self._longest(question, place + 1, node[step], sounded)
                if meanings and end > found[0]:
                    found = end, meanings
        return found


def _spread(phrases: list[str], table: dict[str, str]) -> list[str]:
    """Return the phrases with each of the words that ``{company}`` and the like stand for, in the script of the phrase."""
    for name, row in table.items():
        mark = f"{{{name}}}"
        phrases = [
            phrase.replace(mark, word)
            for phrase in phrases
            for word in (_phrases(row) if mark in phrase else [""])
            if not word or bool(BENGALI.search(word)) == bool(BENGALI.search(phrase))
        ]
    return phrases


def _phrases(row: Any) -> list[str]:  # noqa: ANN401  (a cell of the YAML file)
    return [phrase.strip() for phrase in str(row).split("|")]


_CASES = ("গুলোর", "গুলির", "গুলো", "গুলি", "টির", "টার", "টা", "টি", "ের", "তে", "কে", "রা", "ে", "র", "য়", "ই", "ও")


def _stems(word: Word) -> tuple[str, ...]:
    """Return what a word may be without its ending: its stem, or with a shorter ending taken off (ভারতে: ভারত)."""
    if not BENGALI.match(word.text):
        return (word.stem,)
    cut = (word.text[: -len(case)] for case in _CASES if word.text.endswith(case) and len(word.text) > len(case) + 1)
    return tuple(dict.fromkeys((word.stem, *cut)))


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of questions."""
    return Lexicon(read("lexicon.yaml"))


@cache
def read(name: str) -> Any:  # noqa: ANN401  (whatever the file holds)
    """Return a file of ``prompts/`` as data."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)


@cache
def said(name: str) -> frozenset[str]:
    """Return the function words of a name in ``prompts/grammar.yaml``."""
    return frozenset(normalise(word) for word in str(read("grammar.yaml")[name]).split())
