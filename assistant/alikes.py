"""Names that a misspelt word is like: by their sound, whatever script they are typed in, or by their letters."""

from collections import defaultdict
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from assistant.everyday import everyday
from assistant.phonetics import romanise, skeleton
from index.text import BENGALI

How = Literal["name", "sound", "spelling", "product"]
Likeness = tuple[float, str, How, str]  # how like, whose name, by what, and the form that is like it
UNLIKE: Likeness = (-1.0, "", "sound", "")
SHORT_NAME = 3  # letters of the shortest name that is heard in another spelling (apl)
_ALIKE = 78  # of 100: least similarity of two sounds with the same consonants (3 or more of them)
_ALIKE_SHORT = 84  # the same for names of two consonants, such as OpenAI
_SHORTEST_FUZZY = 5  # letters of a Latin word that may be a misspelling
_LONG_FUZZY = 8  # letters from which two of them may be wrong


class Alikes:
    """The single words that name organisations, by sound and by letters."""

    def __init__(self) -> None:
        self._sounds: dict[str, list[tuple[str, str]]] = defaultdict(list)  # skeleton -> (sound, entity)
        self.spellings: dict[str, str] = {}

    def hear(self, name: str, entity: str) -> None:
        """Add a name by its sound."""
        self._sounds[skeleton(name)].append((romanise(name), entity))

    def likeness(self, form: str) -> Likeness:
        """Return the name that the form sounds or is spelled like; a sound counts for more than a spelling."""
        if len(form) < SHORT_NAME or (len(form) == SHORT_NAME and not form.isascii()):
            return UNLIKE
        alike, entity = self._by_sound(form)
        if entity and (len(form) > SHORT_NAME or alike > _ALIKE_SHORT):
            return alike, entity, "sound", form
        spelled = "" if BENGALI.search(form) else self._by_spelling(form)
        return (0.0, spelled, "spelling", form) if spelled else UNLIKE

    def _by_sound(self, form: str) -> tuple[float, str]:
        bones = skeleton(form)
        if len(bones) < 2:
            return 0.0, ""
        sound = romanise(form)
        best = max(((fuzz.ratio(sound, other), entity) for other, entity in self._sounds.get(bones, ())), default=(0.0, ""))
        least = _ALIKE_SHORT if len(bones) == 2 else _ALIKE - 6 * (len(bones) - 3)
        return best if best[0] >= least else (0.0, "")

    def _by_spelling(self, form: str) -> str:
        if len(form) < _SHORTEST_FUZZY or everyday().formed(form):
            return ""
        allowed = 1 if len(form) < _LONG_FUZZY else 2
        best = min(
            (
                (DamerauLevenshtein.distance(form, name, score_cutoff=allowed), name[0] != form[0], name)
                for name in self.spellings
                if abs(len(name) - len(form)) <= allowed and len(name) >= _SHORTEST_FUZZY - 1
            ),
            default=(allowed + 1, True, ""),
        )
        return self.spellings[best[2]] if best[0] <= allowed and not (best[1] and best[0] > 1) else ""
