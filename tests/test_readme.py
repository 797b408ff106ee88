"""The README tells the truth: what it names exists, with the defaults that it gives, and what exists is named."""

import ast
import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pytest

from assistant.cli import chukti
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = sorted(path for path in ROOT.glob("**/README.md") if not {".venv", "node_modules"} & set(path.parts))


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[list[str]]:
    """Return each `chukti` command line of the README as words, comments and separators taken off."""
    found = []
    for line in "\n".join(blocks("sh")).splitlines():
        for part in re.split(r"\s;\s|&&", line.partition(" #")[0]):
            words = shlex.split(part)
            if words and Path(words[0]).name == "chukti":
                found.append(words[1:])
    found += [shlex.split(code)[1:] for code in re.findall(r"`(chukti [^`]+)`", README)]
    return found


def settings_table() -> dict[str, str]:
    """Return each setting of the table with its default as written."""
    rows = re.findall(r"^\| (`CHUKTI_[^|]+) \| ([^|]+) \|", README, re.MULTILINE)
    found = {}
    for names, defaults in rows:
        listed = re.findall(r"`(CHUKTI_\w+)`", names)
        given = [value.strip() for value in defaults.split(",")] if len(listed) > 1 else [defaults.strip()]
        assert len(given) == len(listed), f"{names} | {defaults}"
        found.update(zip(listed, given, strict=True))
    return found


def command(name: str) -> click.Command:
    """Return a command of the door; fails where there is none."""
    found = chukti.get_command(click.Context(chukti), name)
    assert found is not None, f"`chukti {name}` does not exist"
    return found


def test_the_readme_shows_commands_at_all():
    """The checks below have something to check."""
    assert len(commands()) >= 8
    assert len(settings_table()) >= 6


def test_every_command_shown_exists_with_its_options():
    """Commands are those of the door, and each option written with one is an option of that command."""
    for words in commands():
        shown = command(words[0])
        options = {option for parameter in shown.params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options | {"--help"}, words


def test_every_command_that_exists_is_shown():
    """Nobody has to find a command by chance."""
    assert {words[0] for words in commands()} >= set(chukti.list_commands(click.Context(chukti)))


def test_the_settings_table_is_the_settings_model():
    """Each setting stands in the table once, and the table has no other."""
    assert set(settings_table()) == {f"CHUKTI_{name.upper()}" for name in Settings.model_fields}
    mentioned = set(re.findall(r"CHUKTI_[A-Z_]+", README))
    assert mentioned == set(settings_table())


def test_the_defaults_of_the_table_are_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A default written as code is the value that an empty environment gives; "off" is off; words stand for nothing set."""
    monkeypatch.delenv("CHUKTI_HOME")
    monkeypatch.chdir(tmp_path)
    plain = Settings()
    for name, written in settings_table().items():
        value = getattr(plain, name.removeprefix("CHUKTI_").lower())
        if written.startswith("`"):
            assert written == f"`{value}`"
        elif isinstance(value, bool):
            assert written == ("on" if value else "off")
        else:
            assert value is None or name == "CHUKTI_HOME", name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_readme_links_or_names_exists(path: Path):
    """Links and paths in code point to something in the repository."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    linked = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    named = re.findall(r"`((?:assistant|index|prompts|tests|bench)/[\w./-]*)`", text)
    missing = [target for target in linked if not (path.parent / target).exists()]
    missing += [target for target in named if not (ROOT / target).exists()]
    assert missing == []


def test_the_python_that_is_shown_uses_what_exists():
    """The blocks parse, and what they import is there, with the methods that they call."""
    shown = blocks("python")
    assert shown
    for block in shown:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom):
                module = import_module(str(node.module))
                assert all(hasattr(module, alias.name) for alias in node.names), ast.unparse(node)
    from assistant.chat import Assistant

    assert set(re.findall(r"assistant\.(\w+)\(", "".join(shown))) <= set(dir(Assistant))
    for dotted in re.findall(r"`((?:assistant|index)\.[\w.]+)\(", README):
        module, name = dotted.rsplit(".", 1)
        assert hasattr(import_module(module), name), dotted


def test_every_address_that_is_shown_is_served():
    """Paths of the HTTP table are routes of the application."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "assistant").rglob("*.py")))
    paths = set(re.findall(r"(?:GET|POST|DELETE)[^`\n]*? (/[\w/{}]*)", README))
    assert "/api/ask" in paths
    for path in paths:
        fixed = path.split("{")[0]
        assert re.search(rf'"(?:{re.escape(fixed)}|{re.escape(fixed.removeprefix("/api"))})[{{"]', source), path


def test_what_is_said_of_the_installation_is_what_the_package_says():
    """The Python version, the extra of the tests and the command are those of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in README
    assert "chukti" in project["scripts"]
    assert all(extra in project["optional-dependencies"] for extra in re.findall(r"'\.\[(\w+)\]'", README))
    assert "pytest" in README


def test_the_readme_names_no_other_ports_than_the_default():
    """An address in the README is that of the default settings."""
    assert set(re.findall(r"(?:127\.0\.0\.1|localhost):(\d+)", README)) <= {str(Settings.model_fields["port"].default)}
