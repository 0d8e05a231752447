"""`template check | fields | new | preview`. None of them loads a model."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from digest import outfile
from digest.errors import UsageError
from digest.word import comments, render, template
from digest.word.sample import sample_brief
from digest.word.starter import starter, starter_settings
from digest.word.vocabulary import listing


def run(arguments: Sequence[str]) -> int:
    """Run one of the four and return its exit code: 0 done, 2 when `check` found problems.

    Raises UsageError and OutputError, whose messages say what to do.
    """
    options = _parser().parse_args(arguments)
    code: int = options.do(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make_brief.py template", description="Check, make and try templates.")
    kinds = parser.add_subparsers(required=True, metavar="check|fields|new|preview")

    check = kinds.add_parser("check", help="tell every problem, and mark it in a copy")
    check.add_argument("template", metavar="NAME|FILE", help="a name in templates/, or a Word file")
    check.add_argument("--json", action="store_true", help="report as JSON")
    check.add_argument("--out", type=Path, metavar="DIR", help="where the copy with comments goes (default: beside it)")
    check.set_defaults(do=_check)

    fields = kinds.add_parser("fields", help="list all that a template can print, each with an example")
    fields.add_argument("--json", action="store_true", help="as JSON")
    fields.set_defaults(do=_fields)

    new = kinds.add_parser("new", help="write a commented template to begin with")
    new.add_argument("name", metavar="NAME", help="what it is to be called: NAME.docx and NAME.toml")
    new.add_argument("--out", type=Path, default=Path("templates"), metavar="DIR", help="default: templates")
    new.set_defaults(do=_new)

    preview = kinds.add_parser("preview", help="a brief with invented contents, to look at a template")
    preview.add_argument("--template", default="standard", metavar="NAME|FILE", help="default: standard")
    preview.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="default: briefs")
    preview.set_defaults(do=_preview)
    return parser


def _check(options: argparse.Namespace) -> int:
    path = template.resolve(options.template, template.folders())
    report = template.inspect(path)
    copy = _commented(path, report, options.out) if report.problems and report.readable else None
    if options.json:
        told = {
            "file": str(path),
            "usable": not report.problems,
            "problems": [{"place": problem.place, "message": problem.text} for problem in report.problems],
            "remarks": list(report.remarks),
            "copy": str(copy) if copy else None,
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 2 if report.problems else 0
    count = len(report.problems)
    print(f"{path}: " + ("in order." if not count else f"{count} problem{'s' if count > 1 else ''}."))
    for number, problem in enumerate(report.problems, 1):
        print(f"  {number}. {problem}")
    if report.remarks:
        print("Good to know:")
    for remark in report.remarks:
        print(f"  - {remark}")
    if copy:
        print(f"A copy with a comment at each problem: {copy}")
    return 2 if count else 0


def _commented(path: Path, report: template.Report, out: Path | None) -> Path:
    folder = out or path.parent
    outfile.make_folder(folder)
    return outfile.write_bytes(
        folder / f"{path.stem}-check.docx", comments.commented(path, report.problems), overwrite=True
    )


def _fields(options: argparse.Namespace) -> int:
    records = listing(sample_brief())
    if options.json:
        told = [
            {"marker": row.marker, "kind": row.kind, "meaning": row.meaning, "example": row.example, "within": within}
            for within, rows in records
            for row in rows
        ]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for within, rows in records:
        print(f"\n{within}")
        width = max(len(row.marker) for row in rows)
        for row in rows:
            example = f"   e.g. {row.example}" if row.example else ""
            print(f"  {row.marker:<{width}}  {row.meaning}{example}")
    return 0


def _new(options: argparse.Namespace) -> int:
    name = Path(options.name)
    stem = name.stem if name.suffix.lower() in (".docx", ".dotx") else name.name
    if len(name.parts) != 1 or not stem:
        raise UsageError(f"'{options.name}' is not a name. Give one such as house, and a folder with --out.")
    target = options.out / f"{stem}.docx"
    if target.exists() or target.with_suffix(".toml").exists():
        raise UsageError(f"{target} or its .toml is there already. Choose another name, or move it away.")
    outfile.make_folder(options.out)
    print(outfile.write_bytes(target, starter(), overwrite=False))
    settings = starter_settings().encode("utf-8")
    print(outfile.write_bytes(target.with_suffix(".toml"), settings, overwrite=False))
    print(f"Open it in Word and change it as you like; then: make_brief.py template check {stem}")
    return 0


def _preview(options: argparse.Namespace) -> int:
    path = template.resolve(options.template, template.folders())
    data = render.render(sample_brief(), path)
    outfile.make_folder(options.out)
    print(outfile.write_bytes(options.out / f"preview-{path.stem}.docx", data, overwrite=True))
    return 0
