import pytest

from marketplace.doors.commands.users import users
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.queries import user_by_email
from tests.factories.people import make_pupil, make_user

ADD = ["add", "ada@example.org", "--first-name", "Ada", "--surname", "Probe"]


@pytest.fixture
def run(app):
    def call(*words):
        return app.test_cli_runner().invoke(users, list(words))

    return call


def test_add_opens_an_account_whose_owner_chooses_the_password(
    app, run, outbox, browser
):
    result = run(*ADD, "--role", "admin")

    assert result.exit_code == 0, result.output
    user = user_by_email("ada@example.org")
    assert (user.role, user.name, user.confirmed_at) == (Role.ADMIN, "Ada Probe", None)
    assert outbox() == [("ada@example.org", "password_reset")]


def test_add_refuses_what_is_there_and_what_is_no_address(app, run):
    make_user(email="ada@example.org")

    assert run(*ADD, "--role", "admin").exit_code == 1
    assert run("add", "keine", *ADD[2:], "--role", "admin").exit_code == 1
    assert run(*ADD, "--role", "pupil").exit_code == 2


def test_role_signs_out_everywhere(app, run, browser):
    user = make_user(Role.ADMIN)
    browser.sign_in(user)

    assert run("role", user.email, "coordinator").exit_code == 0

    assert user_by_email(user.email).role is Role.COORDINATOR
    assert browser.get("/konto").status_code == 302


def test_role_of_a_pupil_stays(app, run):
    assert run("role", make_pupil().email, "admin").exit_code == 1


def test_reset_signs_out_and_sends_a_link(app, run, browser, outbox):
    user = make_user(Role.ADMIN)
    browser.sign_in(user)

    assert run("reset", user.email).exit_code == 0

    assert browser.get("/konto").status_code == 302
    assert outbox() == [(user.email, "password_reset")]


@pytest.mark.parametrize("words", [("reset",), ("role", "admin")])
def test_nobody_of_this_address_is_told(app, run, words):
    result = run(words[0], "niemand@example.org", *words[1:])

    assert (result.exit_code, "No account has this address." in result.output) == (
        1,
        True,
    )
