from collections.abc import Mapping
from typing import Any

from flask import current_app

from marketplace.foundation.clock import day_of, now
from marketplace.stewardship.privacy.services.keeping import (
    AT_ONCE,
    Moment,
    keep_rule,
)
from marketplace.stewardship.privacy.services.leaving import COPY
from marketplace.stewardship.privacy.services.noting import copy_list
from marketplace.stewardship.privacy.services.table import BY_NAME, RULES
from marketplace.upkeep.jobs.services import ask_for

STEP = "privacy.step"


def keep(_payload: Mapping[str, Any]) -> None:
    """Begins each rule of the table, once a day; each goes on by itself."""
    at = now()
    for rule in RULES:
        name = f"{STEP} {rule.name} {day_of(at).isoformat()}"
        ask_for(STEP, {"rule": rule.name}, name=name, due_at=at)


def step(payload: Mapping[str, Any]) -> None:
    """Lets the next records of one rule go; leaves a further step while there are more.

    The list of deletions is copied once they stand.
    """
    at = now()
    rule = BY_NAME.get(payload["rule"])
    if rule is None:  # taken out of the table since
        return
    count = keep_rule(rule, Moment(at, current_app.config["INSTANCE"]))
    if count >= AT_ONCE:
        ask_for(STEP, payload, due_at=at)
    if count:
        ask_for(COPY, due_at=at)


def copy(_payload: Mapping[str, Any]) -> None:
    """Copies the list of deletions to where a restore finds it."""
    copy_list(current_app.config["INSTANCE"])
