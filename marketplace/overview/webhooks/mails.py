from marketplace.foundation.language import in_german as _
from marketplace.overview.webhooks.models import Subscription
from marketplace.upkeep.mail.models import Letter


def subscription_paused(subscription: Subscription) -> Letter:
    """Tells who manages an organisation that its program does not answer."""
    name = subscription.organisation.name
    subject = _("Ihr Programm antwortet nicht: %(name)s", name=name)
    words = {"name": name, "address": subscription.address}
    return Letter("subscription_paused", subject, words)
