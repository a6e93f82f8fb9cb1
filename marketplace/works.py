"""What the worker does: when it is asked, once a day, every five minutes."""

from marketplace.doors.desk import jobs as desk_jobs
from marketplace.doors.feeds import jobs as feed_jobs
from marketplace.encounters.applications import jobs as application_jobs
from marketplace.encounters.attendances import jobs as attendance_jobs
from marketplace.encounters.breaches import jobs as breach_jobs
from marketplace.encounters.feedback import jobs as feedback_jobs
from marketplace.encounters.introductions import jobs as introduction_jobs
from marketplace.encounters.papers import jobs as paper_jobs
from marketplace.encounters.partnerships import jobs as partnership_jobs
from marketplace.matching.gaps import jobs as gap_jobs
from marketplace.matching.partners import jobs as partner_jobs
from marketplace.matching.quality import jobs as quality_jobs
from marketplace.matching.rounds import jobs as round_jobs
from marketplace.overview.alerts import jobs as alert_jobs
from marketplace.overview.webhooks import jobs as webhook_jobs
from marketplace.people.accounts import jobs as account_jobs
from marketplace.people.guardians import jobs as guardian_jobs
from marketplace.people.organisations import jobs as organisation_jobs
from marketplace.people.tokens import jobs as token_jobs
from marketplace.postings.events import jobs as event_jobs
from marketplace.postings.internships import jobs as internship_jobs
from marketplace.postings.offers import jobs as offer_jobs
from marketplace.postings.programmes import jobs as programme_jobs
from marketplace.postings.rolemodels import jobs as rolemodel_jobs
from marketplace.postings.sponsorships import jobs as sponsorship_jobs
from marketplace.stewardship.duplicates import jobs as duplicate_jobs
from marketplace.stewardship.imports import jobs as import_jobs
from marketplace.stewardship.links import jobs as link_jobs
from marketplace.stewardship.moderation import jobs as report_jobs
from marketplace.stewardship.privacy import jobs as privacy_jobs
from marketplace.stewardship.takeovers import jobs as takeover_jobs
from marketplace.upkeep.audit import jobs as audit_jobs
from marketplace.upkeep.files import jobs as file_jobs
from marketplace.upkeep.search import jobs as search_jobs
from marketplace.web.counting import forget_old_counts

# What the worker does when it is asked.
ASKED = {
    "applications.lapse": application_jobs.lapse,
    "applications.tell_of_change": application_jobs.tell_of_change,
    "applications.tell_of_organisation": application_jobs.tell_of_organisation,
    "files.drop": file_jobs.drop,
    "attendances.tell_late": attendance_jobs.tell_late,
    "breaches.judge": breach_jobs.judge,
    "papers.prepare": paper_jobs.prepare,
    "papers.renew": paper_jobs.renew,
    "partnerships.begin": partnership_jobs.begin,
    "imports.look": import_jobs.look,
    "imports.stage": import_jobs.stage,
    "imports.take": import_jobs.take,
    "moderation.sum_up": report_jobs.sum_up,
    "rounds.follow": round_jobs.follow,
    "rounds.hand_out": round_jobs.hand_out,
    "privacy.step": privacy_jobs.step,
    "privacy.copy": privacy_jobs.copy,
    "takeovers.take_laid": takeover_jobs.take_one,
    "takeovers.lay_aside": takeover_jobs.move_one,
    "takeovers.go_on": takeover_jobs.go_on,
    "takeovers.tell_of_failure": takeover_jobs.tell_of_failure,
    "webhooks.deliver": webhook_jobs.deliver,
    "webhooks.tell_of_owner": webhook_jobs.tell_of_owner,
}
# What it does once a day.
DAILY = {
    "accounts.forget": account_jobs.forget,
    "organisations.forget": organisation_jobs.forget,
    "applications.keep_deadlines": application_jobs.keep_deadlines,
    "attendances.follow_days": attendance_jobs.follow_days,
    "breaches.judge_all": breach_jobs.judge,
    "guardians.follow_birthdays": guardian_jobs.follow_birthdays,
    "introductions.keep_deadlines": introduction_jobs.keep_deadlines,
    "gaps.register": gap_jobs.register,
    "gaps.sum_up": gap_jobs.sum_up,
    "quality.measure": quality_jobs.measure,
    "papers.keep": paper_jobs.keep,
    "partners.send_monday_letters": partner_jobs.send_monday_letters,
    "partnerships.keep_deadlines": partnership_jobs.keep_deadlines,
    "rounds.follow_calendar": round_jobs.follow,
    "internships.follow_calendar": internship_jobs.follow_calendar,
    "offers.follow_calendar": offer_jobs.follow_calendar,
    "sponsorships.follow_calendar": sponsorship_jobs.follow_calendar,
    "feeds.sweep": feed_jobs.sweep,
    "events.follow_calendar": event_jobs.follow_calendar,
    "programmes.follow_calendar": programme_jobs.follow_calendar,
    "rolemodels.follow_calendar": rolemodel_jobs.follow_calendar,
    "desk.forget": desk_jobs.forget,
    "files.sweep": file_jobs.sweep,
    "imports.tidy": import_jobs.tidy,
    "duplicates.find": duplicate_jobs.find,
    "duplicates.forget": duplicate_jobs.forget,
    "links.gather": link_jobs.gather,
    "takeovers.tidy": takeover_jobs.tidy,
    "feedback.ask": feedback_jobs.ask,
    "alerts.look_after": alert_jobs.look_after,
    "throttle.forget": forget_old_counts,
    "search.count": search_jobs.count,
    "privacy.keep": privacy_jobs.keep,
    "tokens.forget": token_jobs.forget,
    "webhooks.forget": webhook_jobs.forget,
}
# And every five minutes.
OFTEN = {
    "links.ask": link_jobs.ask,
    "alerts.tell": alert_jobs.tell,
    "audit.seal": audit_jobs.seal,
    "webhooks.gather": webhook_jobs.gather,
    "search.gather": search_jobs.gather,
    "takeovers.watch": takeover_jobs.watch,
}
