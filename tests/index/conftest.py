"""What the tests of the index share: the tiny embedder and corpus of building.py."""

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def building() -> ModuleType:
    """The module with the tiny embedder, the tiny corpus and the builder that can be killed."""
    spec = spec_from_file_location("building", Path(__file__).with_name("building.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def corpus(building: ModuleType, tmp_path: Path) -> Iterator[object]:
    """A corpus of two organisations, one deal and two briefs."""
    yield building.make_corpus(tmp_path)


@pytest.fixture
def embedder(building: ModuleType) -> object:
    """A deterministic embedder of 32 dimensions."""
    return building.HashEmbedder()
