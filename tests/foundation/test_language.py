from flask_babel import force_locale

from marketplace.foundation.language import _, in_order, speak
from marketplace.region.topics.enums import Audience


def test_words_follow_the_language_within_one_request(app):
    with app.test_request_context("/"):
        assert _("Themen") == "Themen"
        with force_locale("en_GB"):
            assert _("Themen") == "Topics"
        assert _("Themen") == "Themen"
        speak("en")
        assert _("Themen") == "Topics"


def test_members_stand_in_the_order_of_their_kind():
    some = {Audience.CLASS_11_13, Audience.CLASS_9_10, Audience.CLASS_5_6}

    assert in_order(some) == [
        Audience.CLASS_5_6,
        Audience.CLASS_9_10,
        Audience.CLASS_11_13,
    ]
