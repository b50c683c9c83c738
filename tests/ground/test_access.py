"""Every address declares its policy, and every role meets it: pages and sockets alike."""

from typing import Any, ClassVar

import pytest
from channels.routing import URLRouter
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from config.urls import urlpatterns
from consultations import policy
from consultations.access import access
from notifications.routing import sockets
from tests.ground.test_policy import TABLE, cast_of
from tests.ground.walk import Address, Places, addresses, body_of, undeclared

EVERY = list(addresses(urlpatterns))
BY_NAME = {one.name: one for one in EVERY}
# What each address asks for. A new address is entered here by hand, on purpose.
ACCESS = {
    "home": "public",
    "consultation": "public",
    "read_draft": "public",
    "file_comment": "public",
    "guest_sent": "public",
    "guest_comment": "public",
    "confirm_guest_comment": "public",
    "preview_change": "signed_in",
    "drafts": "signed_in",
    "keep_draft": "signed_in",
    "check_drafts": "signed_in",
    "filed_together": "signed_in",
    "edit_draft": "signed_in",
    "delete_draft": "signed_in",
    "mark_ready": "signed_in",
    "sign_off_draft": "signed_in",
    "attachment": "signed_in",
    "my_comments_file": "signed_in",
    "my_comments_print": "signed_in",
    "privacy": "public",
    "comment": "public",
    "comments": "public",
    "comments_csv": "public",
    "correct_comment": "signed_in",
    "stop_naming": "signed_in",
    "support_comment": "signed_in",
    "stop_supporting": "signed_in",
    "plan": "public",
    "move_day": "draft.move_day",
    "sessions": "public",
    "after_adoption": "public",
    "enter_into_force": "draft.enter_into_force",
    "file_execution_report": "draft.file_execution_report",
    "draft_calendar": "public",
    "all_calendar": "public",
    "own_calendar": "signed_in",
    "own_calendar_by_token": "public",
    "add_session": "council.add_session",
    "change_session": "council.change_session",
    "cancel_session": "council.cancel_session",
    "draft_text": "public",
    "notice": "public",
    "notice_docx": "public",
    "withdraw_comment": "signed_in",
    "report": "public",
    "complete_comment": "signed_in",
    "report_file": "public",
    "report_part": "public",
    "journal": "public",
    "roll_call": "public",
    "provision": "public",
    "draft_changes": "public",
    "changes_file": "public",
    "draft_file": "public",
    "mark_viewed": "signed_in",
    "documents": "public",
    "document": "public",
    "goals": "public",
    "goals_csv": "public",
    "rate_answer": "signed_in",
    "reply_to_answer": "signed_in",
    "show_reply": "comment.show_reply",
    "replies": "names.see",
    "my_comments": "signed_in",
    "follow": "signed_in",
    "unfollow": "signed_in",
    "own_data": "signed_in",
    "own_data_file": "signed_in",
    "ask_erasure": "signed_in",
    "take_back_erasure": "signed_in",
    "erasure_requests": "person.accept_erasure",
    "erasure_request": "person.accept_erasure",
    "accept_erasure": "person.accept_erasure",
    "refuse_erasure": "person.refuse_erasure",
    "search": "public",
    "journal_csv": "public",
    "journal_jsonl": "public",
    "conform": "public",
    "entry_proof": "public",
    "receipt": "signed_in",
    "log": "public",
    "checkpoint": "public",
    "verifier": "public",
    "office": "office.see",
    "add_document": "document.add",
    "edit_goals": "document.set_goals",
    "link_goals": "document.link_goals",
    "remove_goal": "document.set_goals",
    "import_draft": "draft.import_text",
    "edit_text": "desk.see",
    "begin_version": "draft.begin_version",
    "discard_version": "draft.discard_version",
    "publish_version": "draft.publish_version",
    "renumber": "draft.edit_text",
    "place_elements": "draft.place_elements",
    "name_cause": "draft.name_cause",
    "drop_cause": "draft.drop_cause",
    "edit_provision": "draft.edit_text",
    "keep_unsaved": "draft.edit_text",
    "compare_wording": "draft.edit_text",
    "drop_unsaved": "draft.edit_text",
    "add_provision": "draft.edit_text",
    "delete_provision": "draft.edit_text",
    "move_provision": "draft.edit_text",
    "split_provision": "draft.edit_text",
    "join_provision": "draft.edit_text",
    "queue": "desk.see",
    "presence": "desk.see",
    "queue_news": "desk.see",
    "save_view": "desk.see",
    "delete_view": "desk.see",
    "workload": "workload.see",
    "record_comment": "comment.record",
    "register": "names.see",
    "register_xlsx": "names.see",
    "upload_sheet": "comment.record",
    "sheet_template": "comment.record",
    "try_sheet": "comment.record",
    "enter_sheet": "comment.record",
    "drop_sheet": "comment.record",
    "ways": "desk.see",
    "plan_way": "consultation.plan_way",
    "cancel_way": "consultation.cancel_way",
    "record_meeting": "consultation.record_meeting",
    "opinions": "desk.see",
    "request_opinion": "opinion.request",
    "give_opinion": "opinion.give",
    "prepare_report": "desk.see",
    "release_report": "report.release",
    "ask_report_files": "desk.see",
    "inside_report_file": "names.see",
    "preview_report_file": "desk.see",
    "substitutes": "desk.see",
    "my_organisations": "signed_in",
    "find_organisation": "signed_in",
    "register_organisation": "office.add_organisation",
    "my_organisation": "signed_in",
    "ask_for_mandate": "office.ask_for_mandate",
    "switch_sign_off": "office.switch_sign_off",
    "grant_mandate": "office.grant_mandate",
    "refuse_mandate": "office.refuse_mandate",
    "end_mandate": "office.end_mandate",
    "organisations": "office.see",
    "organisation": "office.see",
    "verify_organisation": "office.verify_organisation",
    "end_substitution": "office.end_substitution",
    "prepare_run": "desk.see",
    "run": "desk.see",
    "start_run": "desk.see",
    "stop_run": "desk.see",
    "answers_sheet": "comment.answer",
    "upload_answers": "comment.answer",
    "groups": "desk.see",
    "similar_comments": "desk.see",
    "group_comments": "comment.join_group",
    "leave_group": "comment.leave_group",
    "lead_group": "comment.lead_group",
    "dissolve_group": "comment.leave_group",
    "answer_group": "comment.answer",
    "admit_comment": "comment.admit",
    "return_comment": "comment.return_for_completion",
    "number_comment_case": "comment.number_case",
    "assign_comment": "comment.assign",
    "set_comment_due": "comment.set_due",
    "advise_comment": "comment.advise",
    "decline_comment": "comment.decline",
    "answer_comment": "comment.answer",
    "approve_answer": "comment.approve",
    "send_back_answer": "comment.send_back",
    "publish_answer": "comment.publish",
    "hide_comment": "comment.hide",
    "leave_comment": "comment.leave",
    "take_up_comment": "comment.take_up",
    "appeal_comment": "signed_in",
    "restore_comment": "comment.restore",
    "uphold_hiding": "comment.uphold",
    "my_tasks": "tasks.see",
    "register_draft": "draft.register",
    "road": "public",
    "road_bpmn": "public",
    "control_room": "desk.see",
    "announce_consultation": "consultation.announce",
    "finish_review": "draft.finish_review",
    "submit_to_council": "council_file.submit",
    "correct_notice": "consultation.correct",
    "prolong_consultation": "consultation.prolong",
    "cancel_consultation": "consultation.cancel",
    "consult_again": "draft.consult_again",
    "withdraw_draft": "draft.withdraw",
    "number_draft_case": "draft.number_case",
    "rules": "public",
    "rules_version": "public",
    "procedures": "desk.see",
    "propose_procedure": "procedure.propose",
    "procedure_proposal": "desk.see",
    "enact_procedure": "procedure.enact",
    "refuse_procedure": "procedure.refuse",
    "withdraw_procedure": "procedure.withdraw",
    "ask_override": "override.ask",
    "override": "desk.see",
    "grant_override": "override.grant",
    "refuse_override": "override.refuse",
    "withdraw_override": "override.withdraw",
    "council": "council.see",
    "council_file": "council.see",
    "give_print_number": "council_file.give_print_number",
    "schedule_session": "council_file.schedule",
    "send_back_draft": "council_file.send_back",
    "file_amendment": "amendment.file",
    "adopt_amendment": "amendment.adopt",
    "reject_amendment": "amendment.reject",
    "withdraw_amendment": "amendment.withdraw",
    "merge_amendment": "amendment.merge",
    "merge_by_hand": "amendment.merge",
    "amendments": "public",
    "amendment": "public",
    "take_off_agenda": "council_file.take_off_agenda",
    "move_two_readings": "council_file.move_two_readings",
    "decide_two_readings": "council_file.decide_two_readings",
    "begin_reading": "council_file.begin_reading",
    "hold_reading": "council_file.hold_reading",
    "hold_first_reading": "council_file.hold_first_reading",
    "set_deadlines": "council_file.set_deadlines",
    "hold_second_reading": "council_file.hold_second_reading",
    "record_vote": "council_file.record_vote",
    "confirm_vote": "council_file.confirm_vote",
    "return_vote": "council_file.return_vote",
    "correct_vote": "council_file.correct_vote",
    "write_note": "council.see",
    "mark_draft_seen": "council.see",
    "vote_by_name": "council_file.enter_vote",
    "repeat_vote": "council_file.repeat_vote",
    "adopt_draft": "draft.adopt",
    "reject_draft": "draft.reject",
    "record_publication": "draft.record_publication",
    "inbox": "signed_in",
    "read_notice": "signed_in",
    "read_all": "signed_in",
    "choose_emails": "signed_in",
    "phrases": "office.edit_phrase",
    "add_phrase": "office.add_phrase",
    "edit_phrase": "office.edit_phrase",
    "archive_phrase": "office.archive_phrase",
    "sending": "comment.publish",
    "letter_templates": "office.edit_letter",
    "live_poll": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_signup": "public",
    "account_email_verification_sent": "public",
    "account_confirm_login_code": "public",
    "account_request_login_code": "public",
    "account_login": "public",
    "account_email": "public",
    "set_language": "public",
    "accessibility_statement": "public",
    "source_code": "public",
    "source_archive": "public",
    "demo_people": "public",
    "demo_clock": "public",
    "demo_mail": "public",
    "demo_roll_call": "public",
}


def view(_request: HttpRequest, **_arguments: Any) -> HttpResponse:
    return HttpResponse("open to anybody")


async def accept(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})


socket: Any = accept


class Planted:
    """A URLconf with one view that forgot its policy."""

    urlpatterns: ClassVar = [*urlpatterns, path("zapomniany/", view)]


def test_every_page_declares_its_policy() -> None:
    assert undeclared(urlpatterns) == []


def test_every_socket_declares_its_policy() -> None:
    assert undeclared(sockets) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ([path("zapomniany/", view)], ["zapomniany/"]),
        ([path("a/", include([path("b/", include([path("c/", view)]))]))], ["a/b/c/"]),
        ([path("ws/", URLRouter([path("zapomniany/", socket)]))], ["ws/zapomniany/"]),
    ],
    ids=["view", "view below others", "socket"],
)
def test_the_walk_sees_what_forgot_its_policy(planted: list[Any], found: list[str]) -> None:
    """The control of both tests above."""
    assert undeclared([*urlpatterns, *planted]) == found


def test_an_action_nobody_declared_does_not_count() -> None:
    def invented(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    invented.access = "whatever"  # type: ignore[attr-defined]
    assert undeclared([path("zmyslony/", invented)]) == ["zmyslony/"]
    with pytest.raises(KeyError):
        access("whatever")


def test_the_walk_fails_on_what_it_cannot_judge() -> None:
    with pytest.raises(TypeError):
        undeclared([object()])


def test_every_address_has_a_name() -> None:
    assert [one.route for one in EVERY if not one.name] == []


def test_each_address_asks_for_what_this_table_says() -> None:
    assert {one.name: one.access for one in EVERY} == ACCESS


@pytest.mark.django_db
def test_a_view_that_forgot_its_policy_is_denied_to_everybody(
    there: Places, settings: Any, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = Planted
    client.force_login(there.world.officer.user)
    assert client.get("/zapomniany/").status_code == 403
    assert "no policy is declared" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one.name for one in EVERY if not one.arguments])
def test_no_address_breaks_for_a_visitor(client: Client, name: str) -> None:
    client.raise_request_exception = False
    response = client.get(reverse(name))
    body_of(response)
    assert response.status_code < 500


OF_NO_PAGE = {"clock", "operator"}  # no login: the operator gives commands on the server


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one.name for one in EVERY])
def test_every_role_meets_the_policy_at_every_address(there: Places, name: str) -> None:
    """Denied by GET and by POST alike: a visitor is asked to sign in, others are refused."""
    address = BY_NAME[name]
    url = reverse(name, kwargs=there.arguments(address))
    cast = {role: actor for role, actor in cast_of(there.world).items() if role not in OF_NO_PAGE}
    expected = {role: expectation(address, role) for role in cast}
    assert {role: answers(url, actor, expected[role]) for role, actor in cast.items()} == expected


def expectation(address: Address, role: str) -> list[str]:
    if role in TABLE[address.access]:
        return ["let in"]
    return ["sign in" if role == "visitor" else "refused"] * 2


def answers(url: str, actor: Any, expected: list[str]) -> list[str]:
    """What GET comes to, and POST where nothing may happen: «refused», «let in», or what broke."""
    client = Client(raise_request_exception=False)
    if actor is not None:
        client.force_login(actor.user)
    tries: list[Any] = [client.get, client.post]
    return [came_to(one(url)) for one, _expected in zip(tries, expected, strict=False)]


def came_to(response: Any) -> str:
    body_of(response)
    asks = reverse("account_request_login_code") + "?next="
    if response.status_code == 302 and response.url.startswith(asks):
        return "sign in"
    if response.status_code >= 500:
        return f"broke: {response.status_code}"
    return "refused" if response.status_code == 403 else "let in"


def test_the_table_of_roles_is_the_table_of_the_policy() -> None:
    assert set(TABLE) == set(policy.ACTIONS)
