"""Pupils, guardians, a company, the office and the calendar do what comes to mind.

After each step the places are right, the company sees nothing without an approval, and
what was written is what happened. In the end nothing hangs.
"""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from functools import wraps
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
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
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    confirm_place,
    send_application,
    withdraw,
)
from marketplace.encounters.attendances.enums import Presence
from marketplace.encounters.attendances.jobs import follow_days
from marketplace.encounters.attendances.services.attending import note_presence
from marketplace.encounters.attendances.services.breaking import break_off
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.settings.enums import Setting
from tests.encounters.applications.letters import BESIDE, BY_SIDE, LETTERS
from tests.factories.applications import (
    ANSWERS,
    HOLIDAY_WEEK,
    KEY,
    SCHOOL_WEEK,
    make_mia,
    make_place,
)
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_school,
    make_staff,
    make_user,
)
from tests.factories.settings import set_to
from tests.moments import NOON

S = ApplicationState
PUPILS, PLACES = 3, 1
# What the office has to look into, as if it were a state.
HELD = "held"
ENDS = {state for state in S if not any(start is state for start, _act in MOVES)}
HOLDERS = (S.OFFERED, S.CONFIRMED, S.RUNNING)
SIDES = st.sampled_from([Side.PUPIL, Side.GUARDIAN])
NUMBERS = st.sampled_from([1, 2])
# Mostly somebody for whom it is time, now and then anybody.
WHO = st.integers(0, 4 * PUPILS - 1)
WEEKS = {
    (Basis.SCHOOL, False): SCHOOL_WEEK,
    (Basis.SCHOOL, True): {
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 11),
    },
    (Basis.VOLUNTARY, False): HOLIDAY_WEEK,
    (Basis.VOLUNTARY, True): {
        "starts_on": date(2026, 12, 28),
        "ends_on": date(2026, 12, 30),
    },
}
families = count(1)


def act(*states, **drawn):
    """A step of somebody, only while there is something in one of these states."""

    def as_rule(deed):
        @wraps(deed)
        def step(self, who, **told):
            self.timely = {*states}
            deed(self, who, **told)

        is_time = precondition(lambda self: self.are_there(states))
        return is_time(rule(who=WHO, **drawn)(step))

    return as_rule


def the_coordinator():
    """One for all lives: every one of the office gets its letters."""
    query = db.select(User).where(User.role == Role.COORDINATOR)
    return db.session.scalar(query) or make_coordinator()


def is_kept_back(application):
    return application.is_held and application.state is S.WAITING


class Lives(RuleBasedStateMachine):
    """One place for three pupils of one family; `app` is set by who runs it.

    The office asks one guardian or two (U15). A third child of the same address is a
    signal of a self-approval, so the office holds some of them.
    """

    app = None

    @initialize(
        basis=st.sampled_from(Basis),
        guardians=NUMBERS,
        is_near=st.booleans(),
        how_far=st.integers(0, 9),
    )
    def begin(self, basis, guardians, is_near, how_far):
        self.timely = set()
        self.at, self.basis, self.guardians = NOON, basis, guardians
        self.side, number = Side.PROGRAM, next(families)
        self.boxes = [f"{who}{number}@example.org" for who in ("mutter", "vater")]
        self.app.config["NOW"] = NOON
        self.boss, self.office = make_user(), the_coordinator()
        week = WEEKS[basis, is_near]
        self.company = make_company(founder=self.boss)
        self.place = make_place(
            organisation=self.company, place_count=PLACES, week=week
        )
        self.period = self.place.periods[0]
        school = make_school()
        make_staff(school)
        self.pupils = [make_mia(school_id=school.id) for _number in range(PUPILS)]
        set_to(Setting.GUARDIANS_REQUIRED, guardians)
        with transaction():  # those of earlier lives
            db.session.execute(db.delete(OutboxEntry))
        self.read = set()
        self.states, self.held, self.words = {}, {}, {}
        for step in self.usual_steps()[:how_far]:
            step()
            self.letters_are_those_of_the_steps()

    def usual_steps(self):
        """How it mostly goes; a life may begin behind any of them."""

        def of_all(step, **told):
            def taken():
                for who in range(PUPILS):
                    step(who=who, **told)
                    self.letters_are_those_of_the_steps()

            return taken

        return [
            of_all(self.send),
            of_all(self.approve, no=1),
            of_all(self.approve, no=2),
            of_all(self.look_into, decide=release_held),
            of_all(self.confirm_school),
            of_all(self.say_yes),
            of_all(self.keep),
            of_all(self.confirm),
            self.come_to_the_first_day,
        ]

    def come_to_the_first_day(self):
        self.at += self.period.starts_on - day_of(self.at) - timedelta(days=1)
        self.pass_a_day()

    def letters(self):
        """Each letter by its own number; those of the table are used again."""
        query = db.select(OutboxEntry.message_id, OutboxEntry.letter)
        return dict(db.session.execute(query).all())

    def rows(self):
        mine = Application.period_id == self.period.id
        return db.session.scalars(db.select(Application).where(mine)).all()

    def are_there(self, states):
        return bool({*self.states.values(), *self.held.values()} & {*states})

    def of(self, who):
        """An application for which it is time, else the newest one of somebody."""
        rows = self.rows()
        timely = [it for it in rows if {it.state, self.held.get(it.id)} & self.timely]
        if timely and who >= PUPILS:
            return timely[who % len(timely)]
        own = [it for it in rows if it.pupil_id == self.pupils[who % PUPILS].id]
        return max(own, key=lambda it: it.id, default=None)

    @property
    def answers(self):
        """What a pupil tells; of the second guardian only where two are asked."""
        told = ANSWERS | {"guardian_email": self.boxes[0]}
        if self.guardians == 1:
            return told
        second = {"second_guardian_name": "Uwe Muster"}
        return told | second | {"second_guardian_email": self.boxes[1]}

    def word(self, no):
        """What the first guardian says, or the second where there is one."""
        no = min(no, self.guardians)
        box = self.boxes[no - 1]
        way = ApprovalWay.LETTER
        return Signature(way=way, name="Muster", address=box, guardian_no=no)

    def do(self, who, deed, side):
        """Does something with an application, if that may be."""
        self.side = side
        application = self.of(who)
        if application is not None:
            with suppress(Refusal), transaction():
                deed(application)

    @rule(who=WHO)
    def send(self, who):
        self.side = Side.PUPIL
        pupil = self.pupils[who % PUPILS]
        with suppress(Refusal), transaction():
            wish = Wish(period=self.period, basis=self.basis, class_level=10)
            draft = begin_application(wish, actor=pupil, at=self.at)
            if draft.state is S.DRAFT:
                answer(draft, self.answers, actor=pupil, at=self.at)
            send_application(
                draft, actor=pupil, sent_from="192.0.2.7", key=KEY, at=self.at
            )

    @act(S.WAITING, no=NUMBERS)
    def approve(self, who, no):
        word = self.word(no)
        self.do(who, lambda it: grant_approval(it, word, at=self.at), Side.GUARDIAN)

    @act(S.WAITING, no=NUMBERS)
    def refuse(self, who, no):
        word = self.word(no)
        self.do(who, lambda it: refuse_approval(it, word, at=self.at), Side.GUARDIAN)

    @act(S.REFUSED, no=NUMBERS)
    def lift(self, who, no):
        end = {"side": Side.GUARDIAN, "actor": None, "address": self.word(no).address}
        self.do(who, lambda it: lift_refusal(it, **end, at=self.at), Side.GUARDIAN)

    @act(S.REFUSED)
    def lift_for_both(self, who):
        end = {"side": Side.COORDINATION, "actor": self.office, "at": self.at}
        self.do(who, lambda it: lift_refusal(it, **end), Side.COORDINATION)

    @act(HELD, decide=st.sampled_from([release_held, refuse_held]))
    def look_into(self, who, decide):
        end = {"actor": self.office, "at": self.at}
        self.do(who, lambda it: decide(it, **end), Side.COORDINATION)

    @act(S.OPEN, S.OFFERED)
    def confirm_school(self, who):
        signed = {"signed_by": "Svea Tafelbild", "signed_on": day_of(self.at)}
        end = signed | {"actor": self.office, "at": self.at}
        self.do(who, lambda it: confirm_for_school(it, **end), Side.SCHOOL)

    @act(S.OPEN)
    def say_yes(self, who):
        self.do(who, lambda it: accept(it, actor=self.boss, at=self.at), Side.COMPANY)

    @act(S.OPEN)
    def keep(self, who):
        end = {"actor": self.boss, "at": self.at}
        self.do(who, lambda it: put_on_list(it, **end), Side.COMPANY)

    @act(S.OPEN, S.WAITLISTED, code=st.sampled_from(DeclineCode))
    def say_no(self, who, code):
        end = {"actor": self.boss, "at": self.at}
        self.do(who, lambda it: decline(it, code, "Umbau", **end), Side.COMPANY)

    @act(S.OFFERED)
    def confirm(self, who):
        self.do(
            who, lambda it: confirm_place(it, actor=it.pupil, at=self.at), Side.PUPIL
        )

    @act(S.WAITING, S.OPEN, S.WAITLISTED, S.OFFERED, side=SIDES)
    def take_back(self, who, side):
        end = {"side": side, "at": self.at}
        self.do(who, lambda it: withdraw(it, actor=it.pupil, **end), side)

    @act(*HOLDERS, side=st.sampled_from([Side.PUPIL, Side.GUARDIAN, Side.COMPANY]))
    def cannot_come(self, who, side):
        code = CancelCode.RULE_BROKEN if side is Side.COMPANY else CancelCode.ILL
        end = {"side": side, "actor": self.boss, "at": self.at}
        self.do(who, lambda it: cancel(it, code, **end), side)
        self.do(who, lambda it: break_off(it, code, **end), side)

    @act(S.RUNNING, presence=st.sampled_from(Presence))
    def come(self, who, presence):
        """The company notes every day that is over."""
        end = {"actor": self.boss, "at": self.at}

        def note(it):
            for plan in worked_days(it, at=self.at):
                if plan.day <= day_of(self.at):
                    note_presence(it, plan.day, presence, **end)

        self.do(who, note, Side.COMPANY)

    @rule(days=st.sampled_from([1, 1, 2, 6]))
    def wait(self, days):
        for _day in range(days):
            self.pass_a_day()

    def pass_a_day(self):
        self.at += timedelta(days=1)
        self.side = Side.PROGRAM
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
        hanging = S.WAITING

        assert [it for it in self.rows() if it.state in hanging and not it.due_at] == []

    @invariant()
    def letters_are_those_of_the_steps(self):
        due, steps, rows = Counter(), [], self.rows()
        for it in rows:
            step = self.states.get(it.id, S.DRAFT), it.state
            if step[0] is not step[1]:
                steps.append((*step, self.side))
                due.update(self.letters_of(step, it))
            elif it.state is S.WAITING and self.is_half_approved(it):
                steps.append((*step, "half"))
                due["application_half_approved"] += 1
        entries = self.letters()
        fresh = [
            letter for number, letter in entries.items() if number not in self.read
        ]
        written = Counter(letter for letter in fresh if letter not in self.beside)
        self.states = {it.id: it.state for it in rows}
        self.held = {it.id: HELD for it in rows if it.is_held}
        self.words = {it.id: len(it.approvals) for it in rows}
        self.read = set(entries)

        assert (steps, written) == (steps, due)

    @property
    def beside(self):
        """The clock reminds guardians by the letter that asks them."""
        return BESIDE | ({"approval_asked"} if self.side is Side.PROGRAM else set())

    def letters_of(self, step, application):
        """What a step writes, each letter as often as people get it."""
        letters = [*LETTERS.get(step, ())]
        is_decided = step[0] is S.WAITING or self.side is not Side.COORDINATION
        letters += BY_SIDE.get((step[1], self.side), ()) if is_decided else ()
        home = self.guardians
        asked = self.guardians - self.yeses(application) or self.guardians
        school = int(application.school_confirmed_at is not None)
        counts = {"approval_asked": asked} | {
            letter: home if letter.endswith("_guardian") else school
            for letter in letters
            if letter.endswith(("_guardian", "_school"))
        }
        return Counter({it: counts.get(it, 1) for it in letters if counts.get(it, 1)})

    def yeses(self, application):
        """How many of those at home said yes last."""
        words = sorted(application.approvals, key=lambda word: word.id)
        last = {word.guardian_no: word.is_granted for word in words}
        return sum(last.values())

    def is_half_approved(self, application):
        """Says whether the first of two has just said yes."""
        is_new = len(application.approvals) > self.words.get(application.id, 0)
        return is_new and not application.is_held

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
        set_to(Setting.GUARDIANS_REQUIRED, 1)
        with transaction():  # what the office holds, the office decides
            for application in filter(is_kept_back, self.rows()):
                refuse_held(application, actor=self.office, at=self.at)
        left = {it.state for it in self.rows()} - ENDS
        db.session.rollback()
        assert left <= {S.DRAFT, S.REFUSED}
