"""Themes to choose: the four signs, then the topics, with what was chosen ticked."""

import pytest
from werkzeug.datastructures import MultiDict

from marketplace.foundation.language import lazy
from marketplace.region.topics.enums import Sign, Topic
from marketplace.region.topics.forms import ThemeField, Tick
from marketplace.web.forms import Filters


class ThemeFilters(Filters):
    thema = ThemeField(lazy("Thema"))


@pytest.fixture
def page(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("page")
def test_each_theme_has_a_tick_in_its_order():
    ticks = ThemeFilters(MultiDict()).thema.ticks

    assert [tick.value for tick in ticks] == [*Sign, *Topic]
    assert [tick.id for tick in ticks][:2] == ["thema-0", "thema-1"]
    assert not any(tick.is_checked for tick in ticks)


@pytest.mark.usefixtures("page")
def test_what_was_chosen_is_ticked():
    field = ThemeFilters(MultiDict([("thema", "i"), ("thema", "robotics")])).thema

    assert [tick for tick in field.signs if tick.is_checked] == [
        Tick("thema-1", "i", "Informatik", is_checked=True)
    ]
    assert [tick.value for tick in field.single_topics if tick.is_checked] == [
        Topic.ROBOTICS
    ]
