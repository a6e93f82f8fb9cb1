"""The measures of the house: `python -m tests.architecture.measures` prints them."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import grimp

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "marketplace"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted(path for path in (TOP / "templates").rglob("*") if path.is_file())

MODULE_LINES, FUNCTION_LINES, VIEW_LINES, RULE_LINES, TEMPLATE_LINES = (
    350,
    45,
    30,
    8,
    140,
)
CLOCK = PACKAGE / "foundation" / "clock.py"
DATABASE = PACKAGE / "foundation" / "database.py"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(module):
    return str(module.relative_to(PACKAGE))


def room_of(module):
    """Gives `views` for views.py and for views/pupil.py alike."""
    rooms = {"views", "rules"}
    return next(
        (part for part in (module.stem, module.parent.name) if part in rooms), ""
    )


def lines_of(file):
    return len(file.read_text().splitlines())


def functions_of(module):
    return [node for node in ast.walk(parse(module)) if isinstance(node, FUNCTIONS)]


def body_length(function):
    """Counts the lines of a function without its head and its docstring."""
    start = function.body[0]
    if ast.get_docstring(function):
        start = function.body[1] if len(function.body) > 1 else start
    return function.end_lineno - start.lineno + 1


def longest_allowed(module):
    return {"views": VIEW_LINES, "rules": RULE_LINES}.get(
        room_of(module), FUNCTION_LINES
    )


def inner_imports(module):
    """Gives the lines on which a function imports."""
    return [
        node.lineno
        for function in functions_of(module)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def commits(module):
    return module.read_text().count(".commit(")


def asks_for_the_time(module):
    text = module.read_text()
    return any(f".{word}(" in text for word in ("now", "today", "utcnow"))


def modules_in_cycles():
    """Gives the modules from which imports lead back to themselves."""
    graph = grimp.build_graph("marketplace", cache_dir=None)
    return sorted(
        module
        for module in graph.modules
        if any(
            graph.chain_exists(importer=imported, imported=module)
            for imported in graph.find_modules_directly_imported_by(module)
        )
    )


def parse(module):
    return ast.parse(module.read_text())


@dataclass(frozen=True)
class Measure:
    """Lengths with the place of each; none may be above the limit."""

    name: str
    lengths: list[tuple[int, str]]
    limit: int

    @property
    def too_long(self):
        return [place for length, place in self.lengths if length > self.limit]

    @property
    def is_kept(self):
        return not self.too_long

    def __str__(self):
        lengths = [length for length, _ in self.lengths]
        figures = (median(lengths), quantiles(lengths, n=10)[-1], max(lengths))
        columns = "".join(f"{figure:8.0f}" for figure in (*figures, self.limit))
        return f"{self.name:28}{columns}  {' '.join(self.too_long)}".rstrip()


@dataclass(frozen=True)
class Count:
    """What there should be none of, by name."""

    name: str
    found: list[str]

    @property
    def is_kept(self):
        return not self.found

    def __str__(self):
        return (
            f"{self.name:44}{len(self.found):8}{0:8}  {' '.join(self.found)}".rstrip()
        )


def measures():
    """Takes all measures; views and rules are counted among the functions too."""
    functions = [
        (module, body_length(function), f"{name_of(module)}:{function.name}")
        for module in MODULES
        for function in functions_of(module)
    ]

    def in_room(*rooms):
        return [
            (n, place) for module, n, place in functions if room_of(module) in rooms
        ]

    return [
        Measure(
            "module, lines",
            [(lines_of(module), name_of(module)) for module in MODULES],
            MODULE_LINES,
        ),
        Measure("function, lines", in_room("", "views", "rules"), FUNCTION_LINES),
        Measure("function of views, lines", in_room("views"), VIEW_LINES),
        Measure("function of rules, lines", in_room("rules"), RULE_LINES),
        Measure(
            "template, lines",
            [(lines_of(file), str(file.relative_to(TOP))) for file in TEMPLATES],
            TEMPLATE_LINES,
        ),
        Count("modules in import cycles", modules_in_cycles()),
        Count("imports inside functions", names_of(inner_imports)),
        Count(
            "commits outside foundation.database",
            names_of(lambda module: module != DATABASE and commits(module)),
        ),
    ]


def names_of(fault):
    return [name_of(module) for module in MODULES if fault(module)]


def main():
    taken = measures()
    head = f"{'':28}{'median':>8}{'90 %':>8}{'most':>8}{'limit':>8}"
    sys.stdout.write("\n".join([head, *map(str, taken), ""]))
    sys.exit(not all(measure.is_kept for measure in taken))


if __name__ == "__main__":
    main()
