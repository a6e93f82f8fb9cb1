"""Who may act for an organisation, as a refusal in words."""

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member, is_owner


def require_member(organisation: Organisation, actor: User) -> None:
    """Refuses whoever does not act for the organisation."""
    if not is_member(actor, organisation):
        raise Refusal(_("Das können nur Mitglieder der Organisation."))


def require_owner(organisation: Organisation, actor: User) -> None:
    """Refuses whoever does not decide on its places and members."""
    if not is_owner(actor, organisation):
        raise Refusal(
            _("Das entscheidet, wer die Organisation verwaltet.")
            + " "
            + _("Bitte wenden Sie sich an diese Person.")
        )
