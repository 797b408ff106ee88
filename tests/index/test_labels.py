"""Every member of a closed set has words in both languages, and no two of a set share them."""

import pytest

from index.labels import label, qualified
from index.records import AmountKind, DealType, FlowKind, Qualifier, Role, Sector, Status
from index.text import has_bengali

SETS = [AmountKind, DealType, FlowKind, Role, Sector, Status]


@pytest.mark.parametrize("kind", SETS, ids=lambda kind: kind.__name__)
def test_every_word_of_a_closed_set_is_labelled_in_both_languages(kind: type):
    """English words hold no Bengali letter, Bengali ones hold one, and each means one member only."""
    for language in ("en", "bn"):
        found = [label(member, language) for member in kind]
        assert len(set(found)) == len(found)
        assert all(has_bengali(words) == (language == "bn") for words in found)
        assert all(words.strip() == words and "_" not in words for words in found)


def test_the_same_word_of_two_sets_keeps_its_own_label():
    """``investor`` the role and ``investor`` the sector are equal strings with labels of their own."""
    assert Role.INVESTOR == Sector.INVESTOR
    assert label(Role.INVESTOR, "bn") != label(Sector.INVESTOR, "bn")
    assert FlowKind.GUARANTEE == AmountKind.GUARANTEE
    assert label(FlowKind.GUARANTEE, "en") == "guarantees"
    assert label(AmountKind.GUARANTEE, "en") == "guarantee"


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_qualifier_stands_before_the_figure(language: str):
    """Ceilings, estimates and floors are said; exact and unknown figures stand alone."""
    said = {qualifier: qualified(qualifier, "$5", language) for qualifier in Qualifier}
    assert said[Qualifier.EXACT] == qualified(None, "$5", language) == "$5"
    assert all(text.endswith(" $5") for qualifier, text in said.items() if qualifier != Qualifier.EXACT)
    assert len(set(said.values())) == len(Qualifier)
