from collections.abc import Mapping
from typing import Any

from flask import current_app

from marketplace.foundation.clock import now
from marketplace.stewardship.links.services.checking import ask_links, gather_links


def gather(_payload: Mapping[str, Any]) -> None:
    """Looks once a day to which addresses there are links."""
    gather_links(at=now())


def ask(_payload: Mapping[str, Any]) -> None:
    """Asks some of them, every five minutes; whoever is asked reads by whom.

    The invented addresses of a demonstration lead nowhere, so nobody is asked there.
    """
    if current_app.config["DEMO"]:
        return
    base = current_app.config["BASE_URL"]
    agent = f"MINT-Boerse-Mitteldeutschland Linkpruefung (+{base}/seiten)"
    ask_links(agent, at=now())
