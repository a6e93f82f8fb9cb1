"""Pupils, guardians, a company, the office and the calendar do what comes to mind.

After each step the places are right, the company sees nothing without an approval, and
what was written is what happened. In the end nothing hangs.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from marketplace.encounters.applications.enums import (
    HOLDS_A_PLACE,
    MOVES,
    ApplicationState,
    ApprovalWay,
    CancelCode,
    DeclineCode,
    Side,
)
from marketplace.encounters.applications.jobs import keep_deadlines
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import applications_to
from marketplace.encounters.applications.services.answering import (
    accept,
    decline,
    put_on_list,
)
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
    refuse_approval,
    refuse_held,
    release_held,
)
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    confirm_place,
    send_application,
    withdraw,
)
from marketplace.encounters.attendances.jobs import follow_days
from marketplace.encounters.attendances.services.breaking import break_off
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.applications import (
    ANSWERS,
    KEY,
    PARENT,
    SCHOOL_WEEK,
    make_mia,
    make_place,
)
from tests.factories.people import make_company, make_coordinator, make_user
from tests.moments import NOON

S = ApplicationState
PUPILS, PLACES = 3, 1
ENDS = {state for state in S if not any(start is state for start, _act in MOVES)}
WORD = Signature(way=ApprovalWay.LETTER, name="Ute Muster", address=PARENT)
SIDES = st.sampled_from([Side.PUPIL, Side.GUARDIAN])
WHO = st.integers(0, PUPILS - 1)
# Letters that no step of the table stands behind.
BESIDE = {
    # A no from home, or one of the office.
    *("application_refused", "application_stopped", "application_stopped_guardian"),
    "application_released_guardian",
    *("approval_asked", "application_reminder", "application_unanswered_office"),
    *("placement_eve", "placement_eve_guardian", "placement_eve_company"),
    *("posting_paused", "application_given_back", "application_cancelled_school"),
    *("application_given_back_guardian", "application_confirmed_school"),
    *("placement_broken_off", "placement_broken_off_company"),
    *("placement_broken_off_guardian", "placement_broken_off_school"),
}
# What each step writes, whoever took it.
LETTERS = {
    (S.DRAFT, S.WAITING): ["application_receipt"],
    (S.WAITING, S.OPEN): ["application_new", "application_approved"],
    (S.WAITING, S.WAITLISTED): [
        *("application_new", "application_approved", "application_waitlisted")
    ],
    (S.WAITING, S.REFUSED): [],
    (S.REFUSED, S.WAITING): ["application_lifted"],
    (S.WAITING, S.UNAPPROVED): ["application_unapproved"],
    (S.OPEN, S.OFFERED): ["application_offered", "application_offered_guardian"],
    (S.OPEN, S.WAITLISTED): ["application_waitlisted"],
    (S.OPEN, S.DECLINED): ["application_declined"],
    (S.WAITLISTED, S.DECLINED): ["application_declined"],
    (S.OPEN, S.UNANSWERED): ["application_unanswered"],
    (S.WAITLISTED, S.OFFERED): ["application_offered"],
    (S.OFFERED, S.MISSED): ["application_missed", "application_missed_company"],
    (S.OFFERED, S.CONFIRMED): [
        *("application_confirmed", "application_confirmed_company"),
        "application_confirmed_guardian",
    ],
    (S.OPEN, S.WITHDRAWN): ["application_withdrawn"],
    (S.WAITLISTED, S.WITHDRAWN): ["application_withdrawn"],
    (S.OFFERED, S.WITHDRAWN): ["application_withdrawn"],
    (S.OFFERED, S.CANCELLED_BY_PUPIL): ["application_cancelled_company"],
    (S.CONFIRMED, S.CANCELLED_BY_PUPIL): ["application_cancelled_company"],
    (S.OFFERED, S.CANCELLED_BY_COMPANY): [
        *("application_cancelled", "application_cancelled_guardian")
    ],
    (S.CONFIRMED, S.CANCELLED_BY_COMPANY): [
        *("application_cancelled", "application_cancelled_guardian")
    ],
    (S.RUNNING, S.ATTENDED): ["placement_ended"],
}


class Lives(RuleBasedStateMachine):
    """One place for three pupils; `app` is set by who runs it."""

    app = None

    @initialize(basis=st.sampled_from(Basis))
    def begin(self, basis):
        self.at, self.basis = NOON, basis
        self.app.config["NOW"] = NOON
        self.boss, self.office = make_user(), make_coordinator()
        week = {"week": SCHOOL_WEEK} if basis is Basis.SCHOOL else {}
        self.company = make_company(founder=self.boss)
        self.place = make_place(organisation=self.company, place_count=PLACES, **week)
        self.period = self.place.periods[0]
        self.pupils = [make_mia() for _number in range(PUPILS)]
        self.read = set(self.letters())
        self.states = {}

    def letters(self):
        """Each letter by its own number; those of the table are used again."""
        query = db.select(OutboxEntry.message_id, OutboxEntry.letter)
        return dict(db.session.execute(query).all())

    def rows(self):
        mine = Application.period_id == self.period.id
        return db.session.scalars(db.select(Application).where(mine)).all()

    def of(self, who):
        own = [it for it in self.rows() if it.pupil_id == self.pupils[who].id]
        return max(own, key=lambda it: it.id, default=None)

    def do(self, who, deed):
        """Does something with the newest application of a pupil, if that may be."""
        application = self.of(who)
        if application is not None:
            with suppress(Refusal), transaction():
                deed(application)

    @rule(who=WHO)
    def send(self, who):
        pupil = self.pupils[who]
        with suppress(Refusal), transaction():
            wish = Wish(period=self.period, basis=self.basis, class_level=10)
            draft = begin_application(wish, actor=pupil, at=self.at)
            if draft.state is S.DRAFT:
                answer(draft, dict(ANSWERS), actor=pupil, at=self.at)
            send_application(
                draft, actor=pupil, sent_from="192.0.2.7", key=KEY, at=self.at
            )

    @rule(who=WHO)
    def approve(self, who):
        self.do(who, lambda it: grant_approval(it, WORD, at=self.at))

    @rule(who=WHO)
    def refuse(self, who):
        self.do(who, lambda it: refuse_approval(it, WORD, at=self.at))

    @rule(who=WHO)
    def lift(self, who):
        side, actor = Side.COORDINATION, self.office
        self.do(who, lambda it: lift_refusal(it, side=side, actor=actor, at=self.at))

    @rule(who=WHO, decide=st.sampled_from([release_held, refuse_held]))
    def look_into(self, who, decide):
        self.do(who, lambda it: decide(it, actor=self.office, at=self.at))

    @rule(who=WHO)
    def confirm_school(self, who):
        signed = {"signed_by": "Svea Tafelbild", "signed_on": day_of(self.at)}
        self.do(
            who,
            lambda it: confirm_for_school(it, **signed, actor=self.office, at=self.at),
        )

    @rule(who=WHO)
    def say_yes(self, who):
        self.do(who, lambda it: accept(it, actor=self.boss, at=self.at))

    @rule(who=WHO)
    def keep(self, who):
        self.do(who, lambda it: put_on_list(it, actor=self.boss, at=self.at))

    @rule(who=WHO, code=st.sampled_from(DeclineCode))
    def say_no(self, who, code):
        self.do(who, lambda it: decline(it, code, "Umbau", actor=self.boss, at=self.at))

    @rule(who=WHO)
    def confirm(self, who):
        self.do(who, lambda it: confirm_place(it, actor=it.pupil, at=self.at))

    @rule(who=WHO, side=SIDES)
    def take_back(self, who, side):
        self.do(who, lambda it: withdraw(it, side=side, actor=it.pupil, at=self.at))

    @rule(who=WHO, side=st.sampled_from([Side.PUPIL, Side.GUARDIAN, Side.COMPANY]))
    def cannot_come(self, who, side):
        code = CancelCode.RULE_BROKEN if side is Side.COMPANY else CancelCode.ILL
        end = {"side": side, "actor": self.boss, "at": self.at}
        self.do(who, lambda it: cancel(it, code, **end))
        self.do(who, lambda it: break_off(it, code, **end))

    @rule(days=st.sampled_from([1, 1, 3, 8]))
    def wait(self, days):
        for _day in range(days):
            self.pass_a_day()

    def pass_a_day(self):
        self.at += timedelta(days=1)
        self.app.config["NOW"] = self.at
        with transaction():
            keep_deadlines({})
            follow_days({})
        self.letters_are_those_of_the_steps()

    @invariant()
    def places_are_right(self):
        holding = sum(it.state in HOLDS_A_PLACE for it in self.rows())
        has_begun = self.period.starts_on <= day_of(self.at)

        assert 0 <= self.period.taken_count <= PLACES
        assert has_begun or self.period.taken_count == holding

    @invariant()
    def the_company_sees_nothing_without_a_yes(self):
        seen = db.session.scalars(applications_to([self.company])).unique().all()

        assert [it for it in seen if not any(a.is_granted for a in it.approvals)] == []

    @invariant()
    def somebody_or_the_clock_goes_on(self):
        hanging = (S.WAITING, S.OPEN, S.OFFERED)

        assert [it for it in self.rows() if it.state in hanging and not it.due_at] == []

    @invariant()
    def letters_are_those_of_the_steps(self):
        steps = [
            (before, it.state)
            for it in self.rows()
            if (before := self.states.get(it.id, S.DRAFT)) is not it.state
        ]
        due = Counter(letter for step in steps for letter in LETTERS.get(step, ()))
        entries = self.letters()
        fresh = [
            letter for number, letter in entries.items() if number not in self.read
        ]
        written = Counter(letter for letter in fresh if letter not in BESIDE)
        self.states = {it.id: it.state for it in self.rows()}
        self.read = set(entries)

        assert (steps, written) == (steps, due)

    def teardown(self):
        """Lets the time run out: then nothing is left that anybody waits for."""
        if not hasattr(self, "period"):
            return
        over = max(31, (self.period.ends_on - day_of(self.at)).days + 2)
        for days in (31, over - 31 + 1):
            self.at += timedelta(days=days)
            self.app.config["NOW"] = self.at
            with transaction():
                keep_deadlines({})
                follow_days({})
                follow_days({})
        for who in range(PUPILS):  # what the office holds, the office decides
            self.look_into(who, refuse_held)
        left = {it.state for it in self.rows()} - ENDS
        db.session.rollback()
        assert left <= {S.DRAFT, S.REFUSED}
