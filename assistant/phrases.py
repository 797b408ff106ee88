"""The composer's sentences as data: templates of ``prompts/phrases``, chosen among variants and filled in.

A slot may carry a form: ``{company:genitive}`` in Bengali, ``{company:possessive}`` in English; ``{n:deal|deals}``
writes a number with its noun, ``{n:=is|are}`` the agreeing word alone; ``{n:টি}`` puts the classifier after a Bengali number.
"""

import string
import zlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from assistant.bengali import Case, Plural, inflect, listed, people
from index.errors import CorpusError
from index.figures import number
from index.records import Language

FOLDER = Path(__file__).resolve().parent.parent / "prompts" / "phrases"
_CASES = frozenset(get_args(Case))


class Phrases(string.Formatter):
    """The sentences of one language."""

    def __init__(self, language: Language, templates: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self.templates = templates

    def say(self, key: str, seed: str = "", /, **slots: object) -> str:
        """Fill in the template ``key``; among variants the seed decides, the same each time."""
        variants = self.templates[key]
        chosen = variants[zlib.crc32(f"{key} {seed}".encode()) % len(variants)] if len(variants) > 1 else variants[0]
        return self.vformat(chosen, (), slots)

    def __contains__(self, key: object) -> bool:
        return key in self.templates

    def join(self, words: Iterable[str], either: bool = False) -> str:
        """Join names as a list: a, b and c; with ``either`` a, b or c."""
        if self.language == "bn":
            return listed(words, "বা" if either else "ও")
        items = list(words)
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {'or' if either else 'and'} {items[-1]}"

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one slot in the form that the template asks for."""
        if isinstance(value, int | Decimal):
            return self._count(Decimal(value), format_spec)
        text = str(value)
        if self.language == "bn":
            ending = people if isinstance(value, Plural) else inflect
            return ending(text, cast(Case, format_spec)) if format_spec in _CASES else text
        if format_spec == "possessive":
            return f"{text}'" if text.endswith("s") else f"{text}'s"
        if format_spec == "a":
            return f"{'an' if text[:1].lower() in 'aeiou' else 'a'} {text}"
        if format_spec == "cap":
            return text[:1].upper() + text[1:]
        return text

    def _count(self, value: Decimal, form: str) -> str:
        written = number(value, self.language)
        if "|" not in form:
            return f"{written}{form}"
        one, many = form.removeprefix("=").split("|", 1)
        word = one if value == 1 else many
        return word if form.startswith("=") else f"{written} {word}"


@lru_cache(maxsize=4)
def phrases(language: Language) -> Phrases:
    """Return the sentences of the language, read once; raises CorpusError for a malformed file."""
    path = FOLDER / f"{language}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, yaml.YAMLError) as error:
        raise CorpusError(f"The phrases {path.name!r} cannot be read: {error}; reinstall chukti or mend the file.") from error
    return Phrases(language, dict(_flat(raw, "")))


def _flat(node: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield ``section.key`` with its variants."""
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield name, tuple(str(variant) for variant in value)
        else:
            yield name, (str(value),)
