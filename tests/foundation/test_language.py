from flask_babel import force_locale

from marketplace.foundation.language import _, speak


def test_words_follow_the_language_within_one_request(app):
    with app.test_request_context("/"):
        assert _("Themen") == "Themen"
        with force_locale("en_GB"):
            assert _("Themen") == "Topics"
        assert _("Themen") == "Themen"
        speak("en")
        assert _("Themen") == "Topics"
