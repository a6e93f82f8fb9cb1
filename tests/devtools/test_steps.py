import sys

import pytest

from devtools.steps import CannotGoOn, Step, call, digest


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "one.css").write_text("a {}")
    return folder


@pytest.fixture
def acts():
    """What the step did, once a time."""
    return []


@pytest.fixture
def step(tmp_path, source, acts):
    stamp = tmp_path / "built" / ".stamp"
    return Step("Build", stamp, ["1.0", source], lambda: acts.append("built"))


def test_step_is_done_once(step, acts, capsys):
    step.do()
    step.do()

    assert acts == ["built"]
    assert capsys.readouterr().out == "Build … 0.0 s\nBuild … unchanged\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda source: (source / "one.css").write_text("b {}"),
        lambda source: (source / "two.css").touch(),
        lambda source: (source / "one.css").unlink(),
        lambda source: (source / "one.css").rename(source / "three.css"),
    ],
)
def test_step_is_done_again_after_a_change(step, acts, source, change):
    step.do()

    change(source)
    step.do()

    assert acts == ["built", "built"]


def test_step_is_done_again_after_it_was_cut_off(tmp_path, step, acts, source):
    def fail():
        raise KeyboardInterrupt

    step.do()
    (source / "one.css").write_text("b {}")
    with pytest.raises(KeyboardInterrupt):
        Step("Build", step.stamp, step.inputs, fail).do()
    (source / "one.css").write_text("a {}")

    step.do()

    assert acts == ["built", "built"]


def test_change_during_a_step_is_not_taken_for_done(step, source):
    def build():
        (source / "one.css").write_text("b {}")

    Step("Build", step.stamp, step.inputs, build).do()

    assert not step.is_done


def test_what_tools_leave_behind_is_no_change(source):
    before = digest([source])

    for folder in ("__pycache__", "node_modules", ".cache"):
        (source / folder).mkdir()
        (source / folder / "left").touch()

    assert digest([source]) == before


def test_call_gives_what_was_said():
    assert call([sys.executable, "-c", "print('Guten Tag')"], "") == "Guten Tag\n"


def test_failed_call_ends_with_the_advice():
    with pytest.raises(CannotGoOn, match=r"(?s)^Nein\n.*Try it anew.$"):
        call([sys.executable, "-c", "raise SystemExit('Nein')"], "Try it anew.")


def test_missing_program_ends_with_the_advice(tmp_path):
    with pytest.raises(CannotGoOn, match=r"(?s)No such file.*Install it.$"):
        call([tmp_path / "missing"], "Install it.")
