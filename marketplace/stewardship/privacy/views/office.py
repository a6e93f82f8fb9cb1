from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.people.accounts.enums import Role
from marketplace.stewardship.privacy.models import RuleRun
from marketplace.stewardship.privacy.queries import runs_by_rule
from marketplace.stewardship.privacy.services.keeping import Rule
from marketplace.stewardship.privacy.services.registering import (
    chapters,
    public_periods,
)
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.web.access import open_to

blueprint = Blueprint("privacy", __name__, url_prefix="/koordination/aufbewahrung")


@dataclass(frozen=True)
class Row:
    """A rule and its last run; none before the first night."""

    rule: Rule
    run: RuleRun | None


@blueprint.get("")
@open_to(Role.COORDINATOR, Role.ADMIN)
def index() -> ResponseReturnValue:
    rows = list(_rows())

    last = max((row.run.ran_at for row in rows if row.run), default=None)
    return render_template(
        "stewardship/privacy/index.html", rows=rows, last_ran_at=last
    )


@blueprint.get("/verzeichnis")
@open_to(Role.COORDINATOR, Role.ADMIN)
def register() -> ResponseReturnValue:
    return render_template("stewardship/privacy/register.html", chapters=chapters())


blueprint.add_app_template_global(public_periods)


def _rows() -> Iterator[Row]:
    runs = runs_by_rule()
    return (Row(rule, runs.get(rule.name)) for rule in RULES)
