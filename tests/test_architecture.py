"""The house keeps its shape: imports run one way, heavy libraries stay behind one door, files and functions stay small."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "index", "prompts")
_FOUND = (path for part in (*PACKAGES, "bench", "tests") for path in (ROOT / part).rglob("*.py"))
SOURCES = [ROOT / "app.py", *sorted(path for path in _FOUND if "__pycache__" not in path.parts)]
PRODUCT = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in (*PACKAGES, "app.py")]

# From the doors down to the ground; a module may import its own layer and those below it. The first match counts.
LAYERS = (
    (
        "doors",
        r"app|assistant\.(cli\w*|api|server|service|remote|opening|gate|page_mount|mcp_server|widget|ui)(\..*)?",
    ),
    ("conductor", r"assistant\.(chat|evaluation)(\..*)?"),
    (
        "words",
        r"assistant\.(schema|settings|language|months|words|phrases|phonetics|bengali|markdown|prompts)(\..*)?|prompts|assistant",
    ),
    ("steps", r"assistant\..*"),
    ("training", r"index\.(training|validation)(\..*)?"),
    ("index", r"index\.(search|build)"),
    ("ground", r"index\.(records|errors|text)|index"),
    ("stores", r"index\..*"),
)
ORDER = ("doors", "conductor", "steps", "words", "training", "index", "stores", "ground")

HEAVY = ("chromadb", "torch", "sentence_transformers", "gradio", "fastapi", "uvicorn", "tantivy", "networkx", "langchain")

# Files over 300 lines and functions over 50, each with the reason why it is one piece.
LONG_FILES = {
    "index/records.py": "the whole data model in one place, most of it closed lists of words",
    "assistant/schema.py": "the words that the steps share: types only, no code",
}
LONG_FUNCTIONS: dict[str, str] = {}
FILE_LINES, FUNCTION_LINES = 300, 50
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    """Return the module name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer(module: str) -> str:
    """Return the layer of a module of ours."""
    return next(name for name, pattern in LAYERS if re.fullmatch(pattern, module))


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST, lazy: bool, typing: bool) -> Iterator[str]:
    """Yield what is imported; ``lazy`` also inside functions, ``typing`` also for type checkers only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert not child.level, "imports are absolute"
            yield str(child.module)
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            if typing:
                yield from imports(child, lazy, typing)
        elif lazy or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports(child, lazy, typing)


def links(typing: bool) -> dict[str, set[str]]:
    """Return for each module of the product the modules of the product that it imports, lazily or not."""
    modules = {name_of(path): path for path in PRODUCT}
    found = {}
    for name, path in modules.items():
        seen = {target for target in imports(tree(path), lazy=True, typing=typing) if target in modules}
        # "from assistant.cli import main" names the module; "from assistant import cli" names the package as well.
        found[name] = {target for target in seen if not any(other.startswith(f"{target}.") for other in seen)} - {name}
    return found


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every function of the repository with its address."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, FUNCTION):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.name}", node


def test_imports_run_one_way():
    """Doors import the conductor, it the steps, they the words, those the index, that the ground; never upward."""
    upward = [
        f"{name} ({layer(name)}) imports {target} ({layer(target)})"
        for name, targets in links(typing=False).items()
        for target in sorted(targets)
        if ORDER.index(layer(target)) < ORDER.index(layer(name))
    ]
    assert upward == []


def test_the_index_knows_nothing_of_questions():
    """No module of ``index`` imports ``assistant``, not even for its types."""
    assert [
        name
        for name, targets in links(typing=True).items()
        if name.startswith("index")
        for t in targets
        if t.startswith("assist")
    ] == []


def test_no_two_modules_import_each_other():
    """The imports have no circle, however long."""
    left = {name: set(targets) for name, targets in links(typing=False).items()}
    while free := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in free}
    assert left == {}


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_is_imported_by_one_file_at_most(library: str):
    """Elsewhere it is imported where it is first needed, inside a function; training is never imported at run time."""
    users = [
        name_of(path)
        for path in PRODUCT
        if layer(name_of(path)) != "training"
        and any(re.match(rf"{library}\w*(\.|$)", target) for target in imports(tree(path), lazy=False, typing=False))
    ]
    assert len(users) <= 1, users


def test_a_question_can_be_read_without_any_heavy_library():
    """Importing the records, the steps and the terminal's door loads none of them: that is the quick start."""
    code = (
        "import sys, index.ledger, assistant.aggregate, assistant.composer, assistant.citations\n"
        "import assistant.cli, assistant.settings, assistant.chat, assistant.understanding\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.strip() == "[]"


def test_training_is_never_imported_at_run_time():
    """How the weights were made is no part of the running product."""
    users = [
        name
        for name, targets in links(typing=False).items()
        if layer(name) != "training" and any(target.startswith("index.training") for target in targets)
    ]
    assert users == []


def test_files_are_short_or_named_with_a_reason():
    """No file is over 300 lines, tests and all, but those named above; a name that is no longer needed goes."""
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name for name, count in lines.items() if count > FILE_LINES} == set(LONG_FILES)


def test_functions_are_short_or_named_with_a_reason():
    """No function is over 50 lines, its docstring aside, but those named above."""
    long = set()
    for address, node in functions():
        start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
        if (node.end_lineno or 0) - start + 1 > FUNCTION_LINES:
            long.add(address)
    assert long == set(LONG_FUNCTIONS)


def test_everything_public_says_what_it_does():
    """Every public module, class and function of the product has a docstring that is a sentence."""
    silent = []
    for path in PRODUCT:
        nodes = [tree(path), *(node for node in ast.walk(tree(path)) if isinstance(node, (ast.ClassDef, *FUNCTION)))]
        inner = {child for node in nodes if isinstance(node, FUNCTION) for child in ast.walk(node) if child is not node}
        for node in nodes:
            name = getattr(node, "name", "")
            if name.startswith("_") or node in inner:
                continue
            text = ast.get_docstring(node) or ""
            if not re.search(r"[.?!:;\"`)।]$", text.strip()):
                silent.append(f"{path.relative_to(ROOT).as_posix()}:{name}")
    assert silent == []


def tracked() -> list[Path]:
    """Return the text files of the repository as git knows them, or as they lie where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, timeout=60, check=False).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name] or [
        path for path in ROOT.rglob("*") if ".venv" not in path.parts
    ]
    kinds = {
        ".py",
        ".md",
        ".toml",
        ".yaml",
        ".yml",
        ".json",
        ".jsonl",
        ".js",
        ".css",
        ".html",
        ".txt",
        ".tsv",
        ".sh",
        ".cfg",
        "",
    }
    return [path for path in paths if path.is_file() and path.suffix in kinds and path.stat().st_size < 2_000_000]


def test_no_tracked_file_names_a_machine_or_a_registry():
    """Paths of somebody's machine and hosts of package registries have no place in the repository."""
    machine = r"/(?:home|Users|work|root|mnt|srv)/[A-Za-z_][\w.-]*/|/tmp/\w|[A-Z]:\\\\Users"
    registry = r"(?:pypi|pythonhosted|npmjs|anaconda|jfrog|artifactory|nexus)\.(?:org|com|io|net)|index-url|registry\.npm"
    found = []
    for path in tracked():
        if path == Path(__file__) or "corpus" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT).as_posix()}: {hit.group()}" for hit in re.finditer(f"{machine}|{registry}", text)]
    assert found == []
