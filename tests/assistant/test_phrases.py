"""The phrases: both languages complete, slots in the right form, Bengali endings by the last sound."""

import string
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from assistant.bengali import Plural, inflect, listed, ordinal, when
from assistant.phrases import phrases
from index.ledger import read_entities
from index.text import has_bengali

PROMPTS = Path(__file__).parents[2] / "prompts"
ENTITIES = tuple(read_entities(Path(__file__).parents[2] / "index" / "corpus" / "entities.jsonl"))


def slots(template: str) -> set[str]:
    """Return the names of the slots of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_sentences() -> None:
    """No answer can fail because one language lacks a sentence."""
    assert set(phrases("en").templates) == set(phrases("bn").templates)


def keys_said_twice(node: yaml.Node) -> list[str]:
    """Return the keys that stand twice in one mapping of a YAML file: the first would be lost without a word."""
    if isinstance(node, yaml.SequenceNode):
        return [key for item in node.value for key in keys_said_twice(item)]
    if not isinstance(node, yaml.MappingNode):
        return []
    here = Counter(key.value for key, _ in node.value)
    return [key for key, times in here.items() if times > 1] + [key for _, item in node.value for key in keys_said_twice(item)]


@pytest.mark.parametrize("path", sorted(PROMPTS.rglob("*.yaml")), ids=lambda path: path.relative_to(PROMPTS).as_posix())
def test_no_words_are_lost_under_a_repeated_key(path: Path) -> None:
    """Each key of a file of words stands once."""
    assert keys_said_twice(yaml.compose(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("language", ["en", "bn"])
def test_variants_take_the_same_slots(language) -> None:
    """Whichever variant is chosen, it says the same things (n may serve agreement alone)."""
    for key, variants in phrases(language).templates.items():
        assert len({frozenset(slots(variant) - {"n"}) for variant in variants}) == 1, key


def test_bengali_sentences_are_bengali() -> None:
    """Apart from names of slots, a Bengali template has no Latin letter and no ASCII digit."""
    for key, variants in phrases("bn").templates.items():
        for variant in variants:
            fixed = "".join(text for text, *_ in string.Formatter().parse(variant))
            assert not any(sign.isascii() and sign.isalnum() for sign in fixed), key


def test_variant_is_the_same_each_time() -> None:
    """The same records bring the same wording."""
    say = phrases("en").say
    assert len({say("list.found", "seed", scope="2 deals", n=2) for _ in range(5)}) == 1
    assert len({say("list.found", str(seed), scope="2 deals", n=2) for seed in range(40)}) == 2


def test_english_forms() -> None:
    """Numbers agree, possessives and articles are right."""
    english = phrases("en")
    assert english.format_field(1, "deal|deals") == "1 deal"
    assert english.format_field(1200, "deal|deals") == "1,200 deals"
    assert english.format_field(2, "=is|are") == "are"
    assert english.format_field("Cerebras", "possessive") == "Cerebras'"
    assert english.format_field("acquisition", "a") == "an acquisition"
    assert english.join(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("name", "genitive", "objective", "locative"),
    [
        ("ওপেনএআই", "ওপেনএআইয়ের", "ওপেনএআইকে", "ওপেনএআইয়ে"),
        ("এনভিডিয়া", "এনভিডিয়ার", "এনভিডিয়াকে", "এনভিডিয়ায়"),
        ("এএমডি", "এএমডির", "এএমডিকে", "এএমডিতে"),
        ("মাইক্রোসফট", "মাইক্রোসফটের", "মাইক্রোসফটকে", "মাইক্রোসফটে"),
        ("মেটা", "মেটার", "মেটাকে", "মেটায়"),
        ("কোরউইভ", "কোরউইভের", "কোরউইভকে", "কোরউইভে"),
        ("এসকে হাইনিক্স", "এসকে হাইনিক্সের", "এসকে হাইনিক্সকে", "এসকে হাইনিক্সে"),
        ("স্যামসাং", "স্যামসাংয়ের", "স্যামসাংকে", "স্যামসাংয়ে"),
        ("ক্রুসো", "ক্রুসোর", "ক্রুসোকে", "ক্রুসোতে"),
        ("আইও", "আইওর", "আইওকে", "আইওতে"),
        ("জি৪২", "জি৪২-এর", "জি৪২-কে", "জি৪২-এ"),
        ("ডি ই শ", "ডি ই শ-এর", "ডি ই শ-কে", "ডি ই শ-এ"),
        ("ওপেনএআইয়ের কর্মীরা", "ওপেনএআইয়ের কর্মীদের", "ওপেনএআইয়ের কর্মীদের", "ওপেনএআইয়ের কর্মীদের মধ্যে"),
        ("৩৮ বিলিয়ন ডলার", "৩৮ বিলিয়ন ডলারের", "৩৮ বিলিয়ন ডলারকে", "৩৮ বিলিয়ন ডলারে"),
        ("OpenAI", "OpenAI-এর", "OpenAI-কে", "OpenAI-এ"),
    ],
)
def test_bengali_cases(name, genitive, objective, locative) -> None:
    """Endings follow the last sound of the name, as the press writes them."""
    forms = tuple(phrases("bn").format_field(name, case) for case in ("genitive", "objective", "locative"))
    assert forms == tuple(inflect(form, "plain") for form in (genitive, objective, locative))


def test_every_name_of_the_corpus_inflects() -> None:
    """No name of the corpus gets two vowel signs in a row, or an ending that hangs loose."""
    signs = set("\u09be\u09bf\u09c0\u09c1\u09c2\u09c3\u09c7\u09c8\u09cb\u09cc")
    for entity in ENTITIES:
        for case in ("genitive", "objective", "locative"):
            form = inflect(entity.name_bn, case)
            assert has_bengali(form) and form != entity.name_bn, entity.id
            assert not any({one, two} <= signs for one, two in pairwise(form)), form


def test_animate_plurals_are_people() -> None:
    """চিপ নির্মাতারা becomes চিপ নির্মাতাদের, while ক্যামেরা stays a thing."""
    bengali = phrases("bn")
    assert bengali.format_field(Plural("চিপ নির্মাতারা"), "genitive") == "চিপ নির্মাতাদের"
    assert bengali.format_field(Plural("চিপ উৎপাদকেরা"), "genitive") == "চিপ উৎপাদকদের"
    assert bengali.format_field(Plural("ব্যাংকগুলো"), "genitive") == "ব্যাংকগুলোর"
    assert bengali.format_field("ক্যামেরা", "genitive") == "ক্যামেরার"


def test_lists_ordinals_and_dates() -> None:
    """Lists end with ও, ordinals and dates are written as in print."""
    assert listed(["ক", "খ", "গ"]) == "ক, খ ও গ"
    assert [ordinal(1), ordinal(6), ordinal(11)] == ["১ম", "৬ষ্ঠ", "১১তম"]
    assert when("2025-10-06", "day") == "২০২৫ সালের ৬ অক্টোবর"
    assert when("2025-10", "month") == "২০২৫ সালের অক্টোবরে"
    assert when("2025-05", "month") == "২০২৫ সালের মে মাসে"
    assert when("2025", "year") == "২০২৫ সালে"
