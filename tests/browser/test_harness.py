"""The watchers see: every kind of fault, planted, is found. Then the server itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Person
from tests.browser.server import Server
from tests.browser.watching import Problems

START = '<!doctype html><html lang="pl"><head><title>t</title></head><body><main><h1>t</h1>'


@pytest.fixture
def planted(browser: Browser) -> Callable[[Problems, str], Page]:
    def show(problems: Problems, body: str) -> Page:
        context = browser.new_context()
        problems.watch(context)
        answer = {"content-security-policy": "default-src 'none'", "content-type": "text/html"}
        context.route("**/*", lambda it: it.fulfill(body=START + body, headers=answer))
        page = context.new_page()
        page.goto("http://planted.test/")
        return page

    return show


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>1</script>", "inline script"),
        ("<p style='color: red'>x</p>", "inline style"),
        ("<p onclick='x()'>x</p>", "inline event handler"),
        ("<img alt='' src='/x.png'>", "loading"),
    ],
)
def test_refused_content_is_noticed(
    planted: Callable[[Problems, str], Page], body: str, complaint: str
) -> None:
    mine = Problems()
    page = planted(mine, body)
    page.wait_for_timeout(100)
    page.context.close()
    assert [complaint in one.lower() for one in mine.unexpected()] == [True], mine.found


def test_an_uncaught_exception_is_noticed(planted: Callable[[Problems, str], Page]) -> None:
    mine = Problems()
    page = planted(mine, "")
    page.evaluate("setTimeout(() => { throw new Error('planted') }, 0)")
    page.wait_for_timeout(100)
    page.context.close()
    assert [one.partition("\n")[0] for one in mine.unexpected()] == ["uncaught: planted"]


def test_a_complaint_that_was_allowed_is_let_go() -> None:
    mine = Problems()
    mine.found = ["console: status of 404", "console: other"]
    mine.allow("status of 404")
    assert mine.unexpected() == ["console: other"]


def test_axe_names_the_rule_and_the_element(
    planted: Callable[[Problems, str], Page], axe: Callable[[Page], None]
) -> None:
    page = planted(Problems(), "<label>Imię</label> <input name='imie'></main>")
    with pytest.raises(AssertionError, match=r'(?s)label \(critical\).*<input name="imie">'):
        axe(page)
    page.context.close()


def test_a_page_without_faults_passes_under_the_strictest_policy(
    planted: Callable[[Problems, str], Page], axe: Callable[[Page], None], problems: Problems
) -> None:
    page = planted(problems, "<p>x</p></main>")
    axe(page)
    page.context.close()


def test_the_server_comes_back_at_the_same_address(
    server: Server, person: Person, problems: Problems
) -> None:
    problems.allow("ERR_CONNECTION_(REFUSED|RESET)")  # its icon, asked for as the server goes
    page = person()
    before = page.goto("/")
    server.restart()
    after = page.reload()
    assert (before and before.status, after and after.status) == (200, 200)


@pytest.mark.postgres
def test_on_postgresql_the_demonstration_is_served_from_there(
    server: Server, person: Person
) -> None:
    answer = person().goto("/")
    assert answer is not None
    assert answer.status == 200
    assert not list(server.home.glob("*.sqlite3"))
