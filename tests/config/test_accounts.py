"""Signing up and in by a code from an e-mail; the pages never tell who has an account."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from consultations.models import User
from tests.world import World

pytestmark = pytest.mark.usefixtures("db", "own_counters")
ANNA, STRANGER = "anna@mosty.test", "nowa@poczta.test"
CODE = re.compile(r"^\d{6}$", re.MULTILINE)


def ask(client: Client, email: str, **data: str) -> Any:
    return sent(client, "account_request_login_code", email=email, **data)


def sign_up(client: Client, email: str, **data: str) -> Any:
    return sent(client, "account_signup", email=email, **data)


def type_login_code(client: Client, code: str, **data: str) -> Any:
    return sent(client, "account_confirm_login_code", code=code, **data)


def type_address_code(client: Client, code: str, **data: str) -> Any:
    return sent(client, "account_email_verification_sent", code=code, **data)


def sent(client: Client, view: str, /, **data: str) -> Any:
    return client.post(reverse(view), data)


def code_in(letter: EmailMessage) -> str:
    found = CODE.search(str(letter.body))
    assert found is not None, letter.body
    return found[0]


def someone(client: Client) -> str | None:
    user = client.get(reverse("source_code")).wsgi_request.user
    return user.email if user.is_authenticated else None


def words(response: Any) -> str:
    """The page without what differs each time, or between two addresses."""
    page = response.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace(ANNA, "EMAIL").replace(STRANGER, "EMAIL")


@pytest.fixture
def account() -> User:
    """Somebody who has an account already."""
    user = User.objects.create_user(ANNA, name="Anna Mostowa")
    EmailAddress.objects.create(user=user, email=ANNA, verified=True, primary=True)
    return user


def test_a_stranger_signs_up_with_an_address_and_the_code_sent_there(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, STRANGER, name=" Nowa Osoba ")
    before = someone(client)
    type_address_code(client, code_in(mailoutbox[0]))
    user = User.objects.get(email=STRANGER)
    assert (before, someone(client)) == (None, STRANGER)
    assert (user.name, user.has_usable_password(), user.actor.kind) == (
        "Nowa Osoba",
        False,
        "person",
    )


def test_an_address_alone_is_enough_to_sign_up(client: Client) -> None:
    assert sign_up(client, STRANGER).status_code == 302
    assert User.objects.filter(email=STRANGER).exists()


def test_who_has_an_account_signs_in_by_a_code(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, "Anna@Mosty.test")
    type_login_code(client, code_in(mailoutbox[0]))
    assert someone(client) == ANNA


def test_a_code_may_be_typed_with_spaces(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA)
    code = code_in(mailoutbox[0])
    type_login_code(client, f" {code[:3]} {code[3:]} ")
    assert someone(client) == ANNA


@pytest.mark.parametrize("wanted", ["/k/program-2027/uwagi/nowa/?przepis=a", "/moje/"])
def test_the_page_one_came_for_opens_after_signing_in(
    account: User, client: Client, mailoutbox: list[EmailMessage], wanted: str
) -> None:
    page = ask(client, ANNA, next=wanted)
    form = client.get(page.url).content.decode()
    kept = f'name="next" value="{wanted}"' in form
    landed = type_login_code(client, code_in(mailoutbox[0]), next=wanted)
    assert (kept, landed.url) == (True, wanted)


def test_the_page_one_came_for_opens_after_signing_up(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, STRANGER, next="/moje/")
    landed = type_address_code(client, code_in(mailoutbox[0]))
    assert landed.url == "/moje/"


def test_one_is_never_sent_to_another_site(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA, next="https://elsewhere.test/")
    landed = type_login_code(client, code_in(mailoutbox[0]), next="https://elsewhere.test/")
    assert landed.url == "/"


def test_a_page_for_the_signed_in_asks_for_a_code_first(client: Client) -> None:
    response = client.get("/moje/")
    assert response["Location"] == f"{reverse('account_request_login_code')}?next=/moje/"


def test_a_wrong_code_is_answered_with_a_sentence(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA)
    client.cookies["django_language"] = "en"
    page = type_login_code(client, other_than(code_in(mailoutbox[0]))).content.decode()
    assert page.count("This is not the code we sent.") == 2  # in the summary and at the field
    assert someone(client) is None


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_after_three_wrong_codes_the_right_one_no_longer_works(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA, next="/moje/")
    code = code_in(mailoutbox[0])
    wrong = [type_login_code(client, other_than(code), next="/moje/") for _try in range(3)]
    type_login_code(client, code)
    assert someone(client) is None
    assert wrong[-1].url == f"{reverse('account_request_login_code')}?next=%2Fmoje%2F"


def test_after_two_wrong_codes_the_right_one_still_works(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA)
    code = code_in(mailoutbox[0])
    for _try in range(2):
        type_login_code(client, other_than(code))
    type_login_code(client, code)
    assert someone(client) == ANNA


def test_codes_for_one_address_are_sent_three_times_a_minute_at_most(
    account: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [ask(Client(), ANNA).status_code for _try in range(4)]
    assert (answers, len(mailoutbox)) == ([302, 302, 302, 200], 3)


@pytest.mark.parametrize("act", [ask, sign_up])
def test_the_pages_are_the_same_whether_the_address_has_an_account_or_not(
    account: User, act: Any
) -> None:
    known, unknown = Client(), Client()
    first = [act(known, ANNA), act(unknown, STRANGER)]
    urls = {one.url for one in first}
    pages = {words(known.get(urls.copy().pop())), words(unknown.get(urls.copy().pop()))}
    assert ({one.status_code for one in first}, len(urls), len(pages)) == ({302}, 1, 1)


def test_without_that_protection_the_pages_would_differ(
    account: User, settings: LazySettings
) -> None:
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    statuses = [ask(Client(), email).status_code for email in (ANNA, STRANGER)]
    assert statuses == [302, 200]


def test_wrong_codes_are_answered_alike_whether_there_is_an_account_or_not(account: User) -> None:
    pages = []
    for email in (ANNA, STRANGER):
        client = Client()
        sign_up(client, email)
        pages.append(words(type_address_code(client, "000000x")))
    assert pages[0] == pages[1]


def test_who_asks_for_a_code_without_an_account_learns_it_by_e_mail_only(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, STRANGER)
    (letter,) = mailoutbox
    assert (letter.to, CODE.search(str(letter.body))) == ([STRANGER], None)
    assert f"http://testserver{reverse('account_signup')}" in str(letter.body)


def test_who_signs_up_twice_is_sent_to_the_sign_in_page_by_e_mail_only(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(client, ANNA)
    (letter,) = mailoutbox
    assert f"http://testserver{reverse('account_request_login_code')}" in str(letter.body)
    assert User.objects.count() == 1


def test_another_code_may_be_asked_for_and_the_old_one_is_dead(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA)
    sent(client, "account_confirm_login_code", action="resend")
    first, second = map(code_in, mailoutbox)
    type_login_code(client, first) if first != second else None
    refused = someone(client)
    type_login_code(client, second)
    assert (refused, someone(client)) == (None, ANNA)


def test_a_closed_account_gets_no_code(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=account.pk).update(is_active=False)
    ask(client, ANNA)
    assert [CODE.search(str(letter.body)) for letter in mailoutbox] == [None]


def test_letters_carry_the_city_and_the_unit(
    account: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, ANNA)
    (letter,) = mailoutbox
    assert letter.subject.endswith("Miasto Przykładowo")
    assert "Referat Dialogu Obywatelskiego" in str(letter.body)


def test_one_signs_out_by_a_form(world: World, client: Client) -> None:
    client.force_login(world.ngo.user)
    page = client.get(reverse("account_logout"))
    still = someone(client)
    client.post(reverse("account_logout"))
    assert (page.status_code, still, someone(client)) == (200, ANNA, None)


@pytest.mark.parametrize(
    "name", ["account_request_login_code", "account_signup", "account_email_verification_sent"]
)
def test_who_is_signed_in_already_is_sent_on(world: World, client: Client, name: str) -> None:
    client.force_login(world.ngo.user)
    assert client.get(reverse(name), follow=True).status_code == 200


def test_pages_of_allauth_that_nobody_needs_do_not_exist(client: Client) -> None:
    paths = ("password/reset/", "password/change/", "email/", "reauthenticate/", "login/")
    assert [client.get(f"/konto/{path}").status_code for path in paths] == [404] * len(paths)
