"""The ``kg`` command. Every subcommand is a thin wrapper: what it does stands in the module that it imports."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from kg import __version__
from kg.terminal import CONTROL

if TYPE_CHECKING:
    from kg.build import Progress
    from kg.evaluate import Document, Score
    from kg.lexicon import Lexicon
    from kg.model import Problem

# Modules are imported where they are used: `kg --help` should not wait for RDF, Parquet and the lexicon.

app = typer.Typer(
    name="kg",
    help="Turn Chinese official speeches into a knowledge graph whose every link shows the words it came from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AnswerFormat = Literal["table", "csv", "json", "ttl"]
ExportFormat = Literal["ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "csv", "parquet"]
BuildEngine = Literal["auto", "memory", "disk", "spark"]
Mentions = Literal["counts", "full"]
CandidateFormat = Literal["table", "tsv", "json"]


def main() -> None:
    """Run the command line: UTF-8 on every output whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        # A byte of a file name that is no character shows as an escape (and as valid JSON).
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()


def _existing(paths: list[str] | None) -> list[str]:
    for path in paths or ():
        if path != "-" and not Path(path).exists():
            raise typer.BadParameter(f"{path}: no such file or folder")
    return paths or []


def _existing_or_url(paths: list[str]) -> list[str]:
    _existing([path for path in paths if "://" not in path])
    return paths


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS...", help="Files, folders (searched through), or - for standard input.", callback=_existing
    ),
]
PathsAndUrls = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS...",
        help="Files, folders (searched through), - for standard input; with a cluster also URLs (s3://, gs://, abfs://).",
        callback=_existing_or_url,
    ),
]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="An output folder of kg build.", exists=True, file_okay=False)]
LexiconFiles = Annotated[
    list[Path],
    typer.Option("--lexicon", metavar="FILE", help="Your own lexicon file (YAML); may be given again."),
]
NoLexicon = Annotated[bool, typer.Option("--no-lexicon", help="Leave the built-in lexicon out.")]
Jobs = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Processes that extract; by default as many as pay.")
]
MinConfidence = Annotated[
    float,
    typer.Option(metavar="X", min=0.0, max=1.0, help="Leave out findings that are less sure than this (0 to 1)."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 if an input could not be read.")]


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.command(epilog="Example: kg build speeches/ -o out --lexicon our-county.yaml")
def build(
    paths: PathsAndUrls,
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="The folder to write, or to replace.")],
    lexicon: LexiconFiles = [],  # noqa: B006 - Typer reads the default and hands over a list of its own
    no_lexicon: NoLexicon = False,
    jobs: Jobs = None,
    min_confidence: MinConfidence = 0.0,
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="The beginning of all IRIs, such as your site.")
    ] = None,
    strict: Strict = False,
    page_max_nodes: Annotated[
        int, typer.Option(metavar="N", min=1, help="Entities on the page's opening view; the rest is one click away.")
    ] = 1500,
    page_title: Annotated[str | None, typer.Option(metavar="TEXT", help="The heading of the page.")] = None,
    no_texts: Annotated[
        bool,
        typer.Option("--no-texts", help="Leave the speeches' words out of the page, where they may not be shared."),
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make everything anew, whatever an earlier build in OUT could spare.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Where another build is writing to OUT, wait for its end.")
    ] = False,
    engine: Annotated[
        BuildEngine,
        typer.Option(
            metavar="auto|memory|disk|spark", help="Where the graph is built; auto: on disk if the corpus is large."
        ),
    ] = "auto",
    mentions: Annotated[
        Mentions,
        typer.Option(
            metavar="counts|full", help="On disk or spark: count mentions by speech, or give each in the N-Quads."
        ),
    ] = "counts",
    min_support: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="On disk or spark: leave out pairs that fewer than N speeches name together."
        ),
    ] = 3,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="On spark: the cluster, such as spark://host:7077 or yarn.")
    ] = None,
    spark_conf: Annotated[
        list[str], typer.Option(metavar="K=V", help="On spark: a setting of Spark's; may be given again.")
    ] = [],  # noqa: B006
) -> None:
    """Read speeches and write graph, triples, tables and a browser page into OUT.

    What OUT holds from an earlier build is used again where inputs, lexicon, program and options are the same (by their
    content, whatever the dates of the files); the result is the same as from scratch. OUT is replaced when all is
    written: a build that fails or is killed leaves the earlier output.
    """
    from kg.build import BuildError
    from kg.build import build as build_
    from kg.lexicon import LexiconError
    from kg.output import OutputError
    from kg.rdf.names import DEFAULT_BASE
    from kg.view import PageOptions

    try:
        with _progress() as progress:
            summary = build_(
                paths,
                out,
                lexicon_files=lexicon,
                use_lexicon=not no_lexicon,
                jobs=jobs,
                min_confidence=min_confidence,
                base=base or DEFAULT_BASE,
                strict=strict,
                page=PageOptions(_words(page_title) if page_title else None, page_max_nodes, not no_texts),
                fresh=fresh,
                wait=wait,
                engine=engine,
                mentions=mentions,
                min_support=min_support,
                master=master,
                spark_conf=dict(map(_parameter, spark_conf)),
                progress=progress,
            )
    except BuildError as error:
        _fail(error, error.status)
    except (OutputError, LexiconError) as error:
        _fail(error, 2)
    for problem in summary.errors:
        _say(f"kg: not read: {problem['path']}: {problem['reason']}")
    for line in summary.lines():
        _say(line, err=False)
    raise typer.Exit(summary.status)


@app.command(epilog="Example: kg extract speech.txt | jq -r '.entities[].name'")
def extract(
    paths: Paths,
    lexicon: LexiconFiles = [],  # noqa: B006
    no_lexicon: NoLexicon = False,
    jobs: Jobs = None,
    min_confidence: MinConfidence = 0.0,
    strict: Strict = False,
) -> None:
    """Print what each speech names, defines and relates: a JSON object a line, with offsets and rules."""
    with _pipe():
        failed = False
        for found in _documents(paths, lexicon, no_lexicon, jobs, min_confidence):
            if isinstance(found, dict):
                sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
            else:
                failed |= _not_read(found)
    raise typer.Exit(int(failed and strict))


@app.command(epilog="Example: kg query out --name slogan-members --param slogan=三个表率")
def query(
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="An output folder of kg build.", exists=True, file_okay=False)
    ] = None,
    sparql: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL text.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="A named query; leave all out for a list.")] = None,
    param: Annotated[list[str], typer.Option(metavar="K=V", help="A parameter of it; may be given again.")] = [],  # noqa: B006
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="A file with SPARQL text.")
    ] = None,
    format: Annotated[AnswerFormat, typer.Option(metavar="table|csv|json|ttl", help="How to print it.")] = "table",
    timeout: Annotated[float, typer.Option(metavar="S", min=0.001, help="Stop the query after S seconds.")] = 30.0,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Rows to give at most.")] = 100_000,
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
) -> None:
    """Ask the graph: one of the named queries, or SPARQL of your own."""
    from kg.answers import table, text_of
    from kg.rdf.endpoint import Endpoint, StoppedError
    from kg.rdf.guard import QueryError
    from kg.terminal import show

    if list_:
        with _pipe():
            for line in _named():
                typer.echo(line)
        return
    asked = [way for way in (sparql, name, file) if way is not None]
    if len(asked) != 1 or out is None:
        raise typer.BadParameter(
            "OUT and a question: give one of --name, --file and QUERY; named queries:\n" + "\n".join(_named())
        )
    if param and name is None:
        raise typer.BadParameter("--param is for --name")
    try:
        with Endpoint(_output(out), timeout=timeout, limit=limit) as graph:
            text = file.read_text("utf-8") if file else _words(str(sparql)) if name is None else name
            rows = graph.rows(text, dict(map(_parameter, param)))
            known = graph.prefixes
            shown = None if format == "table" else text_of(rows, format, known)
    except QueryError as error:
        _fail(error, 1 if isinstance(error, StoppedError) else 2)
    with _pipe():
        if shown is not None:
            sys.stdout.write(shown)
        else:
            show(table(rows, known))
    if rows.truncated:
        _say(f"kg: only the first {limit:,} rows; --limit allows more")


@app.command(epilog="Example: kg export out -o graph.trig.gz")
def export(
    out: Out,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file (.gz packs it) or folder to write.")
    ] = None,
    format: Annotated[
        ExportFormat | None,
        typer.Option(metavar="F", help="ttl nt nq trig jsonld rdf graphml gexf csv parquet; else as FILE ends."),
    ] = None,
) -> None:
    """Write the graph in another format, to FILE or to standard output."""
    from kg.export import ExportError
    from kg.export import export as export_

    try:
        with _pipe():
            export_(_output(out), target, format)
    except ExportError as error:
        _fail(error, 2)


@app.command(epilog="Example: kg show out 三个表率")
def show(
    out: Out,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, alias or form, an id (type|scope|key) or IRI.")],
    quotations: Annotated[int, typer.Option(metavar="N", min=0, help="Quotations on each card.")] = 5,
) -> None:
    """Show an entity on a card: type, members with the count check, issuers, quotations."""
    from rich.console import Console

    from kg.card import CardError, Cards, render

    try:
        cards = Cards(_output(out)).find(_words(name), quotations=quotations)
    except CardError as error:
        _fail(error, 1)
    with _pipe():
        console = Console(highlight=False)
        for card in cards:
            console.print(render(card))


@app.command(epilog="Example: kg validate out")
def validate(out: Out, jobs: Jobs = None) -> None:
    """Check the triples against the shapes (SHACL): status 1 if any is violated; warnings and notes do not count."""
    from collections import Counter

    from kg.rdf import validate as shacl
    from kg.rdf.guard import QueryError
    from kg.rdf.names import prefixes
    from kg.rdf.store import base_of, open_store
    from kg.terminal import show

    try:
        findings = shacl.validate(_output(out), jobs)
    except QueryError as error:
        _fail(error, 2)
    with _pipe():
        if findings:
            show(shacl.table(findings, prefixes(base_of(open_store(_output(out))))))
        n = Counter(f.severity for f in findings)
        verdict = "conforms" if shacl.conforms(findings) else "does not conform"
        typer.echo(f"{verdict}: {n['violation']:,} violations, {n['warning']:,} warnings, {n['info']:,} notes")
    raise typer.Exit(0 if shacl.conforms(findings) else 1)


@app.command(epilog="Example: kg evaluate seeds/gold seeds, or: kg evaluate seeds/gold --predictions answers.jsonl")
def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(help="Gold annotation: a JSON file a speech.", exists=True, file_okay=False)
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS...", help="The annotated speeches: files, folders.", callback=_existing),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Score another program's answers (JSON lines in the gold schema) instead of reading speeches.",
        ),
    ] = None,
    lexicon: LexiconFiles = [],  # noqa: B006
    no_lexicon: NoLexicon = False,
    jobs: Jobs = None,
    min_confidence: MinConfidence = 0.0,
    show: Annotated[int, typer.Option(metavar="N", min=0, help="List up to N misses of each kind.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the extraction of speeches against gold annotation: precision, recall and F1 a type."""
    from kg.evaluate import by_doc, compare, misses, read_gold, read_predictions, score

    if bool(paths) == bool(predictions):
        _fail(ValueError("give either the annotated speeches or --predictions FILE"), 2)
    try:
        golds = read_gold(gold_dir)
        documents = read_predictions(predictions) if predictions else []
    except ValueError as error:
        _fail(error, 2)
    for found in _documents(paths, lexicon, no_lexicon, jobs, min_confidence) if paths else ():
        if isinstance(found, dict):
            documents.append(found)
        else:
            _not_read(found)
    preds = by_doc(documents)
    if missing := sorted(set(golds) - set(preds)):
        _say(f"kg: no speech for the gold of: {', '.join(missing)}")
    figures = score(golds, preds)
    with _pipe():
        if as_json:
            rows = {k: {"p": s.p, "r": s.r, "f1": s.f1, **s._asdict()} for k, s in figures.items()}
            typer.echo(json.dumps(rows, ensure_ascii=False))
            return
        for line in _score_table(figures):
            typer.echo(line)
        for kind, names in misses(compare(golds, preds, "strict")).items() if show else ():
            typer.echo(f"\n{kind} ({len(names)}): {' · '.join(names[:show])}")


@app.command(epilog="Example: kg discover speeches/ --top 50 --format tsv > candidates.tsv")
def discover(
    paths: Paths,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="List up to N candidates.")] = 100,
    min_count: Annotated[int, typer.Option(metavar="N", min=2, help="Only phrases that occur N times.")] = 3,
    lexicon: LexiconFiles = [],  # noqa: B006
    no_lexicon: NoLexicon = False,
    format: Annotated[CandidateFormat, typer.Option(metavar="table|tsv|json", help="How to print them.")] = "table",
) -> None:
    """List phrases that could go into the lexicon, with the evidence: frequency, cohesion, boundaries, quotation marks."""
    from kg import corpus
    from kg.discover import discover as discover_
    from kg.discover import table, text_of
    from kg.model import Problem
    from kg.terminal import show

    known = _lexicon(lexicon, no_lexicon)
    speeches = []
    for found in corpus.read(paths):
        if isinstance(found, Problem):
            _not_read(found)
        else:
            speeches.append(found)
    candidates = discover_(speeches, known, top=top, min_count=min_count)
    with _pipe():
        if format == "table":
            show(table(candidates))
        else:
            sys.stdout.write(text_of(candidates, format))


def _score_table(figures: dict[str, Score]) -> Iterator[str]:
    from kg.evaluate import MEASURES

    yield f"{'':16} |{'strict P':>9}{'R':>8}{'F1':>8} |{'lenient P':>10}{'R':>8}{'F1':>8} |  gold"
    for measure in MEASURES:
        s, n = figures[f"strict {measure}"], figures[f"lenient {measure}"]
        yield f"{measure:16} |{s.p:9.3f}{s.r:8.3f}{s.f1:8.3f} |{n.p:10.3f}{n.r:8.3f}{n.f1:8.3f} | {s.tp + s.fn:5}"


def _named() -> Iterator[str]:
    """The named queries, each with its parameters and question."""
    from kg.rdf.queries import named

    for query in named().values():
        takes = "".join(f" {p.name}=…" if p.required else f" [{p.name}=…]" for p in query.parameters)
        yield f"  {query.name}{takes}  {query.zh} {query.en}"


def _parameter(given: str) -> tuple[str, str]:
    key, equals, value = _words(given).partition("=")
    if not equals:
        raise typer.BadParameter(f"{given}: write it as name=value")
    return key, value


def _documents(
    paths: list[str], files: list[Path], no_lexicon: bool, jobs: int | None, min_confidence: float
) -> Iterator[Document | Problem]:
    """The documents of ``kg extract``, and the problems, in order."""
    from kg import corpus
    from kg.evaluate import as_gold
    from kg.model import Problem
    from kg.pool import extract_all

    known = _lexicon(files, no_lexicon)
    inputs = list(corpus.paths_of(paths))
    for found in extract_all(
        inputs, known, lexicon_files=files, builtin=not no_lexicon, jobs=jobs, min_confidence=min_confidence
    ):
        yield found if isinstance(found, Problem) else as_gold(found)


def _lexicon(files: list[Path], no_lexicon: bool) -> Lexicon:
    from kg.lexicon import LexiconError, load

    try:
        return load(files, builtin=not no_lexicon)
    except LexiconError as error:
        _fail(error, 2)


def _words(argument: str) -> str:
    """An argument as UTF-8, whatever the locale made of it."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _output(folder: Path) -> Path:
    from kg.output import is_output

    if not is_output(folder):
        raise typer.BadParameter(f"{folder}: no output of kg; make one with: kg build PATHS... -o {folder}")
    return folder


def _not_read(problem: Problem) -> bool:
    """Report an input that was not read; True if it should have been."""
    if problem.kind == "error":
        _say(f"kg: not read: {problem.path}: {problem.reason}")
    return problem.kind == "error"


def _say(line: str, *, err: bool = True) -> None:
    typer.echo(line.translate(CONTROL), err=err)


def _fail(error: Exception, status: int) -> NoReturn:
    _say(f"kg: {error}")
    raise typer.Exit(status)


@contextmanager
def _pipe() -> Iterator[None]:
    """Write to standard output and end quietly when the reader (``| head``) has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress display on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("", done="", total=None)

        def progress(stage: str, done: int, total: int | None) -> None:
            of = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
            display.update(task, description=stage, done=of)

        yield progress


if __name__ == "__main__":
    main()
