import pytest

from tests.architecture.translations import OTHERS, untranslated


@pytest.mark.parametrize("language", OTHERS)
def test_everything_is_said_in_the_other_languages_too(language):
    assert untranslated(language) == []
