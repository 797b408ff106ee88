"""Commands about the corpus: deals, add, remove, sources, build, eval."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli_chat import AS_JSON, reach, show_progress, show_status

if TYPE_CHECKING:
    from assistant.settings import Settings


@click.command("deals")
@click.option("--party", multiple=True, help="An organisation by name or id; repeat for deals with all of them.")
@click.option("--sector", multiple=True, help="A party's sector, such as chipmaker; repeat for alternatives.")
@click.option("--type", "types", multiple=True, help="Such as cloud_contract; repeat for alternatives.")
@click.option("--status", multiple=True, help="Such as signed; repeat for alternatives.")
@click.option("--since", metavar="DATE", help="Announced on or after: 2025-10-06, 2025-10 or 2025.")
@click.option("--until", metavar="DATE", help="Announced on or before.")
@click.option("--min-usd", metavar="AMOUNT", help="At least this many dollars: 1000000000, 1e9 or 1bn.")
@click.option("--max-usd", metavar="AMOUNT", help="At most this many dollars.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for spreadsheets.")
@AS_JSON
def deals_command(types: tuple[str, ...], as_csv: bool, as_json: bool, **filters: Any) -> None:  # noqa: ANN401
    """List deal records by plain filters."""
    from assistant.cli_output import deals_text
    from assistant.listing import DealFilters, deals_csv
    from index.errors import UsageError

    if as_csv and as_json:
        raise UsageError("Both --csv and --json are given; choose one.")
    with reach() as service:
        rows = service.deals(DealFilters(type=types, **filters))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo(deals_csv(rows) if as_csv else deals_text(rows), nl=not as_csv)


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@AS_JSON
def add_command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Add articles (txt, md, html, pdf, docx) or deal records (csv, jsonl, xlsx): files or folders, by their PATHS."""
    from assistant.cli_output import added_text
    from index.errors import ChuktiError

    added: list[dict[str, Any]] = []
    failed: list[dict[str, str]] = []
    with reach() as service:
        for path in _files(paths):
            try:
                added.append(service.add(path))
            except ChuktiError as error:
                failed.append({"path": str(path), "error": str(error)})
                if len(paths) == 1 and path == paths[0]:
                    raise
    if as_json:
        click.echo(json.dumps({"added": added, "failed": failed}, ensure_ascii=False, indent=2))
    else:
        for row in added:
            click.echo(added_text(row))
    if failed:
        raise ChuktiError(f"{len(failed)} of {len(failed) + len(added)} files were not added: {failed[0]['error']}")


def _files(paths: tuple[Path, ...]) -> list[Path]:
    from index.errors import UsageError
    from index.loaders import RECORD_SUFFIXES, suffixes

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            known = (*suffixes(), *RECORD_SUFFIXES)
            inside = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in known)
            if not inside:
                raise UsageError(
                    f"The folder {str(path)!r} holds nothing that can be added; Chukti reads {', '.join(sorted(known))}."
                )
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(f"There is no file {str(path)!r}; check the path.")
    return found


@click.command("remove")
@click.argument("name", metavar="ID")
def remove_command(name: str) -> None:
    """Remove one of your own articles, deals, or files of deals by its ID; `chukti sources` and `chukti deals` list them."""
    with reach() as service:
        service.remove(name)
    click.echo(f"Removed {name}.")


@click.command("sources")
@AS_JSON
def sources_command(as_json: bool) -> None:
    """List the articles of the corpus and your files of deals."""
    from assistant.cli_output import sources_text

    with reach() as service:
        rows = service.sources()
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else sources_text(rows))


@click.command("build")
@AS_JSON
def build_command(as_json: bool) -> None:
    """Bring the index up to date with the files of the corpus and say what was done."""
    from assistant.settings import keep_quiet, load_settings
    from index.lock import owner_of

    settings = load_settings()
    keep_quiet(settings)
    owner = owner_of(settings.home)
    if owner and owner.address:
        with reach() as server:
            report = server.build()
    else:
        report = _build_here(settings)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    parts = ", ".join(f"{report[name]} {name}" for name in ("added", "updated", "skipped", "deleted"))
    click.echo(f"{parts}, {len(report['failed'])} failed in {report['seconds']:.1f} s.")
    for name, sentence in report["failed"]:
        click.echo(f"Not indexed: {name}: {sentence}", err=True)


def _build_here(settings: "Settings") -> dict[str, Any]:
    """Build with this process; the assistant is not opened, since opening would build without a report."""
    from dataclasses import asdict

    from assistant.opening import owned
    from index.embeddings import load_embedder
    from index.search import open_index

    with owned(settings):
        index = open_index(settings.home, settings.corpus, lambda: load_embedder(settings.embedding))
        report = index.rebuild(show_progress)
    show_status("")
    return asdict(report)


@click.command("eval")
@click.argument("cases", required=False, type=click.Path(path_type=Path))
def eval_command(cases: Path | None) -> None:
    """Score the assistant on CASES, a JSON-lines file."""
    from importlib import import_module
    from importlib.util import find_spec

    from index.errors import ChuktiError

    if find_spec("assistant.evaluation") is None:
        raise ChuktiError("This release carries no evaluation; install a newer one.")
    with reach() as service:
        import_module("assistant.evaluation").run(service, cases)
