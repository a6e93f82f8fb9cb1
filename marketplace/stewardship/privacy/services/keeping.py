"""One step of one rule: a few records, and what it came to is noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from flask_babel.speaklater import LazyString
from sqlalchemy import Select, select

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.stewardship.privacy.models import RuleRun
from marketplace.stewardship.privacy.queries import count_of
from marketplace.stewardship.privacy.rules import Term

# So many records go in one transaction.
AT_ONCE = 200


@dataclass(frozen=True)
class Moment:
    """When the table is gone through, and where the files of the instance lie."""

    at: datetime
    instance: Path


class Work(Protocol):
    """What a rule does about what is older than a day."""

    def count(self, day: date, moment: Moment) -> int:
        """How many records are to go."""

    def take(self, day: date, moment: Moment) -> int:
        """Lets the next of them go, at most `AT_ONCE`, and says how many."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table: `due` finds their numbers, the service `act` lets them go."""

    due: Callable[[date], Select[Any]]
    act: Callable[[Sequence[int], datetime], None]

    def count(self, day: date, _moment: Moment) -> int:
        """How many rows are to go."""
        return count_of(self.due(day))

    def take(self, day: date, moment: Moment) -> int:
        """Lets the next rows go."""
        ids = db.session.scalars(self.due(day).limit(AT_ONCE)).all()
        if ids:
            self.act(ids, moment.at)
        return len(ids)


@dataclass(frozen=True)
class Files:
    """Files of the instance; those that `found` gives are deleted."""

    found: Callable[[Path, date], Sequence[Path]]

    def count(self, day: date, moment: Moment) -> int:
        """How many files are to go."""
        return len(self.found(moment.instance, day))

    def take(self, day: date, moment: Moment) -> int:
        """Deletes the next files; one that is gone already is no error."""
        files = self.found(moment.instance, day)[:AT_ONCE]
        for file in files:
            file.unlink(missing_ok=True)
        return len(files)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table: a record, how long, since when, and what then."""

    name: str
    record: LazyString
    term: Term
    since: LazyString
    then: LazyString
    # The paragraph that asks for it; empty where the figure is ours.
    law: str = ""
    work: Work

    def count(self, moment: Moment) -> int:
        """How many records this rule would let go now."""
        return self.work.count(self.term.cut(day_of(moment.at)), moment)


def keep_rule(rule: Rule, moment: Moment) -> int:
    """Lets the next records of a rule go and says how many; `AT_ONCE` is not the end.

    Done twice it finds nothing more to do.
    """
    count = keep_again(rule, moment)
    _note(rule, count, at=moment.at)
    return count


def keep_again(rule: Rule, moment: Moment) -> int:
    """Likewise, without a note: after a restore, of what had gone before."""
    return rule.work.take(rule.term.cut(day_of(moment.at)), moment)


def _note(rule: Rule, count: int, *, at: datetime) -> None:
    run = db.session.scalar(select(RuleRun).where(RuleRun.rule == rule.name))
    if run is None:
        run = RuleRun(rule=rule.name, day_count=0, total_count=0, ran_at=at)
        db.session.add(run)
    is_same_day = day_of(run.ran_at) == day_of(at)
    run.day_count = run.day_count + count if is_same_day else count
    run.total_count += count
    run.ran_at = at
