"""The register of personal data as people read it (Art. 30 DSGVO)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from marketplace.stewardship.privacy.enums import BASES, Kept, Purpose
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.stewardship.privacy.tables import Record, register

# Of an unused account its person is told first, by a rule that has its words.
NOTICES = {"pupils": "pupils_told", "others": "others_told"}
# What says nothing of a person to everybody.
INNER = frozenset({*NOTICES.values(), "digests", "deletions", "check_codes"})


@dataclass(frozen=True)
class Period:
    """How long a record stays."""

    record: LazyString | str
    words: LazyString | str


@dataclass(frozen=True)
class Chapter:
    """All that is stored for one purpose."""

    purpose: Purpose
    basis: LazyString
    records: Sequence[tuple[Record, Sequence[Period]]]


def chapters() -> Sequence[Chapter]:
    """The whole register, by purpose."""
    return [
        Chapter(
            purpose,
            BASES[purpose],
            [(one, _periods(one)) for one in _of(purpose)],
        )
        for purpose in Purpose
    ]


def public_periods() -> Sequence[Period]:
    """What stays how long, for everybody to read."""
    return [period for name, period in _rules().items() if name not in INNER]


def _of(purpose: Purpose) -> Sequence[Record]:
    found = [one for one in register().values() if one.purpose is purpose]
    return sorted(found, key=lambda one: one.words)


def _periods(record: Record) -> Sequence[Period]:
    """The rows of the table of retention that a record is under."""
    kept = {str(one.value): Period("", one.label) for one in Kept}
    known = kept | _rules()
    return [known[name] for name in record.kept]


def _rules() -> dict[str, Period]:
    """The rows of the table of retention by name."""
    words = {rule.name: rule.record for rule in RULES}
    return {
        rule.name: Period(words[NOTICES.get(rule.name, rule.name)], rule.term.words)
        for rule in RULES
    }
