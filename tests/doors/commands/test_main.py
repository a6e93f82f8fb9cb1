from click.testing import CliRunner

from marketplace.doors.commands.main import market


def test_database_without_tables_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKET_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("MARKET_DATABASE_URL", raising=False)

    result = CliRunner().invoke(market, ["users", "reset", "a@example.org"])

    assert result.exit_code == 1
    assert "run `market db upgrade`" in result.output
    assert "Traceback" not in result.output
