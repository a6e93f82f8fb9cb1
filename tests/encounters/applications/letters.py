"""Which letters each step of an application writes, as the table of its life says."""

from marketplace.encounters.applications.enums import ApplicationState, Side

S = ApplicationState
# Letters of the clock, and of single days: no step stands behind them.
BESIDE = {
    *("application_reminder", "posting_paused"),
    *("placement_noted", "placement_missed_guardian"),
    *("placement_eve", "placement_eve_guardian", "placement_eve_company"),
}
GONE = (S.CANCELLED_BY_PUPIL, S.CANCELLED_BY_COMPANY)
# What each step writes, whoever took it. Those to home go to each guardian, those to
# the school where it has confirmed.
LETTERS = {
    (S.DRAFT, S.WAITING): ["application_receipt", "approval_asked"],
    (S.WAITING, S.OPEN): ["application_new", "application_approved"],
    (S.WAITING, S.WAITLISTED): [
        *("application_new", "application_approved", "application_waitlisted")
    ],
    (S.WAITING, S.REFUSED): [],
    (S.REFUSED, S.WAITING): ["application_lifted", "approval_asked"],
    (S.WAITING, S.UNAPPROVED): ["application_unapproved"],
    (S.OPEN, S.OFFERED): ["application_offered", "application_offered_guardian"],
    (S.OPEN, S.WAITLISTED): ["application_waitlisted"],
    (S.OPEN, S.DECLINED): ["application_declined"],
    (S.WAITLISTED, S.DECLINED): ["application_declined"],
    (S.OPEN, S.UNANSWERED): [
        *("application_unanswered", "application_unanswered_office")
    ],
    (S.WAITLISTED, S.OFFERED): ["application_offered"],
    (S.OFFERED, S.MISSED): ["application_missed", "application_missed_company"],
    (S.OFFERED, S.CONFIRMED): [
        *("application_confirmed", "application_confirmed_company"),
        *("application_confirmed_guardian", "application_confirmed_school"),
    ],
    (S.OPEN, S.WITHDRAWN): ["application_withdrawn"],
    (S.WAITLISTED, S.WITHDRAWN): ["application_withdrawn"],
    (S.OFFERED, S.WITHDRAWN): ["application_withdrawn"],
    **{
        (held, gone): ["application_cancelled_school"]
        for held in (S.OFFERED, S.CONFIRMED)
        for gone in GONE
    },
    (S.RUNNING, S.BROKEN_OFF): ["placement_broken_off_school"],
    **{
        (S.RUNNING, end): ["placement_ended"]
        for end in (S.ATTENDED, S.PARTLY, S.EXCUSED, S.NO_SHOW)
    },
}
# What it writes beside, as whose step: all are told but who took it.
BY_SIDE = {
    (S.REFUSED, Side.GUARDIAN): ["application_refused"],
    (S.REFUSED, Side.COORDINATION): [
        *("application_stopped", "application_stopped_guardian")
    ],
    (S.OPEN, Side.COORDINATION): ["application_released_guardian"],
    (S.WAITLISTED, Side.COORDINATION): ["application_released_guardian"],
    (S.CANCELLED_BY_PUPIL, Side.PUPIL): [
        *("application_cancelled_company", "application_given_back_guardian")
    ],
    (S.CANCELLED_BY_PUPIL, Side.GUARDIAN): [
        *("application_cancelled_company", "application_given_back")
    ],
    (S.CANCELLED_BY_COMPANY, Side.COMPANY): [
        *("application_cancelled", "application_cancelled_guardian")
    ],
    (S.BROKEN_OFF, Side.PUPIL): [
        *("placement_broken_off_company", "placement_broken_off_guardian")
    ],
    (S.BROKEN_OFF, Side.GUARDIAN): [
        *("placement_broken_off_company", "placement_broken_off")
    ],
    (S.BROKEN_OFF, Side.COMPANY): [
        *("placement_broken_off", "placement_broken_off_guardian")
    ],
}
