import gc

import pytest

from marketplace.foundation.garbage import OFTEN, settle, without_garbage


@pytest.fixture(autouse=True)
def as_before():
    was_on, threshold = gc.isenabled(), gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    if was_on:
        gc.enable()


def test_nothing_is_looked_through_while_much_is_read():
    with without_garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_looked_for_again_after_a_mistake():
    with pytest.raises(KeyError), without_garbage():
        raise KeyError
    assert gc.isenabled()


def test_who_never_looks_is_left_so():
    gc.disable()
    with without_garbage():
        pass
    assert not gc.isenabled()


def test_what_is_loaded_is_no_longer_looked_through():
    settle()

    assert gc.get_freeze_count() > 1000
    assert gc.get_threshold()[0] == OFTEN
