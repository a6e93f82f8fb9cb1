from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.foundation.refusals import found
from marketplace.stewardship.pages.tables import PAGES, WHAT, EasyPage
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("easy", __name__)

BY_NAME = {page.name: page for page in PAGES if page is not WHAT}
# What the sentences name as it is set now.
NAMED = (
    Setting.ANSWER_DAYS,
    Setting.APPROVAL_DAYS,
    Setting.CONFIRM_DAYS,
    Setting.EMERGENCY_NUMBERS,
)


@blueprint.get("/leichte-sprache")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    return _read(WHAT)


@blueprint.get("/leichte-sprache/<name>")
@open_to(EVERYONE)
def show(name: str) -> ResponseReturnValue:
    return _read(found(BY_NAME.get(name)))


def _read(page: EasyPage) -> str:
    others = [other for other in BY_NAME.values() if other is not page]
    return render_template(
        "stewardship/pages/easy.html", page=page, others=others, values=_values()
    )


def _values() -> Mapping[str, Any]:
    return {setting.value: value_of(setting) for setting in NAMED}
