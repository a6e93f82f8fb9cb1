"""What is asked of every page: valid, accessible, no wider than the screen."""

import json
import os
import re
import subprocess
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from devtools.frontend import MODULES, find_node
from marketplace.web.application import PublicConverter

NODE_MODULES = Path(os.environ.get("TEST_NODE_MODULES", MODULES))
AXE = (NODE_MODULES / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What alone depends on the colours of a page.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
HEIGHT, WIDE, NARROW = 900, 1280, 390
RUN_AXE = """
async (runOnly) => {
  const found = await axe.run(document, {
    runOnly, resultTypes: ["violations"], elementRef: false,
  });
  return found.violations.flatMap((fault) =>
    fault.nodes.map((node) => `${fault.id}: ${node.target} ${node.html}`));
}
"""
LINK = re.compile(r'<a\s[^>]*href="([^"]+)"')
# Of these every one leads on to pages of its own, though the first alone is looked at.
LEADING = {"applications.show", "papers.index", "rolemodels.show", "rounds.show"}
# What stands in the middle of a page, without what is new in each answer.
MIDDLE = re.compile(r"<main.*</main>", re.DOTALL)
SECRET = re.compile(r'value="[^"]{60,}"')


class Crawl:
    """One way through all pages that links lead to, one address for each pattern."""

    def __init__(self, visitor, seen):
        self.visitor = visitor
        self.seen = seen
        self.faults = []
        self.pages = {}
        self.known = set()
        self.followed = set()
        self.urls = visitor.site.app.url_map.bind("")

    def run(self, addresses):
        waiting, known = deque(addresses), self.known
        while waiting:
            address = urldefrag(waiting.popleft())[0]
            kind = self._kind_of(address)
            if kind is None or address in self.followed:
                continue
            if kind not in known:
                known.add(kind)
                waiting.extend(self._look_at(address))
            elif kind in LEADING:
                self.followed.add(address)
                waiting.extend(self._links_of(self._fetched(address)))
        return self

    def _kind_of(self, address):
        """The endpoint with what tells its pages apart; None for no page of ours."""
        parts = urlsplit(address)
        if parts.scheme == "mailto" or parts.netloc not in ("", self.visitor.site.host):
            return None
        try:
            rule, given = self.urls.match(parts.path, return_rule=True)
        except HTTPException:
            return parts.path
        if rule.endpoint == "static":
            return None
        told = sorted(
            f"{name}={value}"
            for name, value in given.items()
            if not isinstance(rule._converters[name], PublicConverter)
            and name not in {"token", "entry_id", "gap_id"}
        )
        return " ".join([rule.endpoint, *told])

    def _look_at(self, address):
        """Looks at a page unless its middle is known; gives where its links lead."""
        answer = self._fetched(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return []
        text = answer.text()
        middle = SECRET.sub("", MIDDLE.search(text)[0])
        if middle not in self.seen:
            self.seen.add(middle)
            self.pages[address] = text
            self.visitor.page.goto(address)
            self._note(address, faults_at_both_widths(self.visitor.page))
        return self._links_of(answer)

    def _fetched(self, address):
        answer = self.visitor.context.request.get(address)
        if answer.status != 200:
            self._note(address, [f"answers {answer.status}"])
        return answer

    def _links_of(self, answer):
        links = LINK.findall(answer.text())
        return [urljoin(answer.url, unescape(link)) for link in links]

    def _note(self, address, faults):
        self.faults += [f"{urlsplit(address).path}: {fault}" for fault in faults]


def too_wide(page):
    """Says by how much a page is wider than the screen."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def axe(page):
    """What axe says of a page, and of its colours in the dark."""
    page.evaluate(AXE)
    found = []
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        # Without motion: a colour that is on its way to another has no contrast yet.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += page.evaluate(RUN_AXE, rules)
    return found


def faults_at_both_widths(page):
    """What is wrong with a page on a wide screen, then on a narrow one."""
    faults = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += [f"{width}: {fault}" for fault in too_wide(page) + axe(page)]
    return faults


def faults_of_html(pages, folder):
    """What html-validate says of pages, given by their address."""
    for number, text in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(text)
    program = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    config = Path(__file__).with_name("htmlvalidate.json")
    report = folder / "report.json"
    with report.open("w") as told:  # into a pipe it tells only the beginning
        subprocess.run(
            [*find_node().node, program, "--config", config, "-f", "json", folder],
            check=False,  # it fails where there are faults
            stdout=told,
        )
    addresses = [urlsplit(address).path for address in pages]
    return [
        f"{addresses[int(Path(result['filePath']).stem)]}:{fault['line']} "
        f"{fault['ruleId']}: {fault['message']}"
        for result in json.loads(report.read_text())
        for fault in result["messages"]
    ]
