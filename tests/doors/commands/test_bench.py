import json
import os

import pytest
from click.testing import CliRunner

from marketplace.doors.commands import bench as command
from marketplace.doors.commands.bench import bench
from marketplace.doors.commands.warming import warm


def lines_of(*arguments):
    run = CliRunner().invoke(bench, arguments)
    assert run.exit_code == 0, run.output
    return [json.loads(line) for line in run.output.splitlines()]


def test_figure_is_measured_and_checked():
    lines = lines_of("partners_kernel", "--size", "300")

    assert [(line["unit"], line["checked"]) for line in lines] == [
        ("ms_p50", True),
        ("ms_p99", True),
    ]


def test_who_hears_of_a_posting_is_compared_search_by_search(monkeypatch):
    monkeypatch.setattr("benchmarks.alerts.POSTINGS", 3)

    [line] = lines_of("alerts", "--size", "500")

    assert (line["n"], line["unit"], line["checked"]) == (500, "ms_p50", True)


def test_bundles_are_compared_with_every_set(monkeypatch):
    monkeypatch.setattr("benchmarks.goals.GOALS", {})  # others may use the machine
    monkeypatch.setattr("benchmarks.bundles.MARKETS", 2)
    monkeypatch.setattr("benchmarks.bundles.CHECKED", 1)

    [line] = lines_of("bundles")

    assert (line["n"], line["unit"], line["checked"]) == (30, "ms_p99", True)


@pytest.mark.parametrize("figure", ["clearing", "clearing_python", "clearing_stored"])
def test_round_is_cleared_both_ways(figure):
    [line] = lines_of(figure, "--size", "300")

    assert (line["n"], line["unit"], line["checked"]) == (300, "s", True)


def test_round_is_that_of_the_library():
    [line] = lines_of("clearing_vs_library", "--size", "300")

    assert (line["unit"], line["checked"]) == ("ratio", True)
    assert line["value"] > 1


def test_page_is_compared_with_memory_and_with_a_plain_query(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    instance = tmp_path / "instance"
    monkeypatch.setenv("MARKET_INSTANCE", str(instance))

    [line] = lines_of("list_to_floor", "--size", "100")

    assert (line["name"], line["n"], line["unit"]) == ("list_to_floor", 100, "ratio")
    assert line["checked"] is True
    assert 0 < line["value"] < 2
    assert not instance.exists()


def test_pages_of_partners_are_measured_on_profiles_of_their_own(monkeypatch):
    monkeypatch.setattr("benchmarks.visits.begin", warm)  # this process goes on
    median, slow = lines_of("partners_page", "--size", "300")

    assert (median["name"], median["n"]) == ("partners_page", 300)
    assert [median["unit"], slow["unit"]] == ["ms_p50", "ms_p99"]
    assert 0 < median["value"] <= slow["value"]
    assert median["checked"] is slow["checked"] is True


def test_storing_stands_beside_all_lists():
    seconds, memory = lines_of("partners_rebuild", "--size", "300")

    assert [seconds["unit"], memory["unit"]] == ["s", "bytes"]
    assert seconds["checked"] is memory["checked"] is True
    assert 0 < seconds["storing_s"] == memory["storing_s"]


def test_unknown_figure_is_refused_in_one_sentence():
    run = CliRunner().invoke(bench, ["unsinn"])

    assert run.exit_code == 1
    assert "unsinn is none of the figures" in run.output


@pytest.fixture
def figures(monkeypatch):
    """The figures there are, without the time they take."""

    def told(name):
        return lambda order: iter([{"name": name, "n": order.size, "checked": True}])

    figures = {name: told(name) for name in command.FIGURES}
    monkeypatch.setattr(command, "FIGURES", figures)
    return list(figures)


@pytest.mark.parametrize(
    ("names", "measured"),
    [
        (["list"], ["list_to_floor", "list_10k_to_1k"]),
        (["import", "home"], ["home_to_floor", "import"]),
        (["list_1m_to_10k"], ["list_1m_to_10k"]),
        (["list_1", "list_to_floor"], ["list_to_floor", "list_10k_to_1k"]),
    ],
)
def test_name_is_a_figure_or_the_beginning_of_several(figures, names, measured):
    assert [line["name"] for line in lines_of(*names)] == measured


def test_without_a_name_all_but_the_longest_are_measured(figures):
    names = [line["name"] for line in lines_of()]

    in_full_only = {
        "list_1m_to_10k",
        "clearing_vs_library",
        "partners_rebuild",
        "partners_update",
    }
    assert names == [name for name in figures if name not in in_full_only]


def test_wrong_answer_ends_in_failure(monkeypatch):
    wrong = {"name": "wrong", "n": 1, "checked": False}
    monkeypatch.setattr(command, "FIGURES", {"wrong": lambda _order: iter([wrong])})

    run = CliRunner().invoke(bench, ["wrong"])

    assert run.exit_code == 1
    assert "An answer was wrong" in run.output


def test_goal_stands_beside_its_figure_and_counts(monkeypatch):
    slow = {"name": "index_load", "n": 100_000, "unit": "s", "checked": True}
    figures = {
        "met": lambda _order: iter([slow | {"value": 2.9}]),
        "none": lambda _order: iter([slow | {"value": 9.0, "n": 10}]),
        "missed": lambda _order: iter([slow | {"value": 3.1}]),
    }
    monkeypatch.setattr(command, "FIGURES", figures)

    met, none = lines_of("met", "none")
    run = CliRunner().invoke(bench, ["missed"])

    assert (met["goal"], met["ok"]) == (3, True)
    assert (none["goal"], none["ok"]) == (None, None)
    assert met["seconds"] >= 0
    assert met["rss_mb"] > 10
    assert (met["backend"], met["threads"]) == ("numba", os.cpu_count())
    assert run.exit_code == 1
    assert "A goal was missed" in run.output
