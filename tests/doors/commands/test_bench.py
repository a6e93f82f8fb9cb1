import json

from click.testing import CliRunner

from marketplace.doors.commands.bench import bench


def test_figure_is_measured_and_checked():
    run = CliRunner().invoke(bench, ["partners", "--size", "300"])

    lines = [json.loads(line) for line in run.output.splitlines()]
    assert [(line["unit"], line["checked"]) for line in lines] == [
        ("ms_p50", True),
        ("ms_p99", True),
    ]


def test_unknown_figure_is_refused_in_one_sentence():
    run = CliRunner().invoke(bench, ["unsinn"])

    assert run.exit_code == 1
    assert "There are these figures" in run.output
