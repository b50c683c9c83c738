"""Pages of the office: documents, import, comments and every act on them, opinions, report."""

from django.urls import path

from consultations.views import (
    answering,
    editing,
    erasures,
    goals,
    importing,
    intakes,
    office,
    opinions,
    queue,
    recording,
    register,
    report_files,
    reports,
    substitutes,
    texts,
    together,
    ways,
)

TEXT = "biuro/k/<slug:slug>/tekst"
GOALS = "biuro/dokumenty/<slug:slug>/cele"
PROVISION = f"{TEXT}/<uuid:key>"
SHEETS = "biuro/k/<slug:slug>/arkusz"
COMMENT = "biuro/k/<slug:slug>/uwagi/<int:number>"

urlpatterns = [
    path("biuro/", office.office, name="office"),
    path("biuro/dokumenty/nowy/", office.add_document, name="add_document"),
    path(f"{GOALS}/", goals.edit_goals, name="edit_goals"),
    path(f"{GOALS}/<int:goal>/", goals.link_goals, name="link_goals"),
    path(f"{GOALS}/<int:goal>/usun/", goals.remove_goal, name="remove_goal"),
    path("biuro/k/<slug:slug>/import/", importing.import_draft, name="import_draft"),
    path(f"{TEXT}/", texts.edit_text, name="edit_text"),
    path(f"{TEXT}/nowa/", texts.begin_version, name="begin_version"),
    path(f"{TEXT}/porzuc/", texts.discard_version, name="discard_version"),
    path(f"{TEXT}/opublikuj/", texts.publish_version, name="publish_version"),
    path(f"{TEXT}/przenumeruj/", texts.renumber, name="renumber"),
    path(f"{TEXT}/elementy/", texts.place_elements, name="place_elements"),
    path(f"{TEXT}/wersja/<int:version>/<uuid:key>/przyczyna/", texts.name_cause, name="name_cause"),
    path(f"{TEXT}/przyczyny/<int:cause>/cofnij/", texts.drop_cause, name="drop_cause"),
    path(f"{PROVISION}/", editing.edit_provision, name="edit_provision"),
    path(f"{PROVISION}/zachowaj/", editing.keep_unsaved, name="keep_unsaved"),
    path(f"{PROVISION}/porownaj/", editing.compare_wording, name="compare_wording"),
    path(f"{PROVISION}/odrzuc/", editing.drop_unsaved, name="drop_unsaved"),
    path(f"{PROVISION}/dodaj/", editing.add_provision, name="add_provision"),
    path(f"{PROVISION}/usun/", editing.delete_provision, name="delete_provision"),
    path(f"{PROVISION}/przenies/", editing.move_provision, name="move_provision"),
    path(f"{PROVISION}/podziel/", editing.split_provision, name="split_provision"),
    path(f"{PROVISION}/polacz/", editing.join_provision, name="join_provision"),
    path("biuro/k/<slug:slug>/uwagi/", queue.queue, name="queue"),
    path("biuro/k/<slug:slug>/papier/", recording.record_comment, name="record_comment"),
    path("biuro/k/<slug:slug>/rejestr/", register.register, name="register"),
    path("biuro/k/<slug:slug>/rejestr.xlsx", register.register_xlsx, name="register_xlsx"),
    path(f"{SHEETS}/", intakes.upload_sheet, name="upload_sheet"),
    path(f"{SHEETS}/wzor.xlsx", intakes.sheet_template, name="sheet_template"),
    path(f"{SHEETS}/<int:intake>/", intakes.try_sheet, name="try_sheet"),
    path(f"{SHEETS}/<int:intake>/wpisz/", intakes.enter_sheet, name="enter_sheet"),
    path(f"{SHEETS}/<int:intake>/usun/", intakes.drop_sheet, name="drop_sheet"),
    path("biuro/k/<slug:slug>/formy/", ways.ways, name="ways"),
    path("biuro/k/<slug:slug>/formy/nowa/", ways.plan_way, name="plan_way"),
    path("biuro/k/<slug:slug>/formy/<int:way>/odwolaj/", ways.cancel_way, name="cancel_way"),
    path(
        "biuro/k/<slug:slug>/formy/<int:way>/protokol/", ways.record_meeting, name="record_meeting"
    ),
    path("biuro/k/<slug:slug>/opinie/", opinions.opinions, name="opinions"),
    path("biuro/k/<slug:slug>/opinie/nowa/", opinions.request_opinion, name="request_opinion"),
    path("biuro/k/<slug:slug>/opinie/<int:opinion>/", opinions.give_opinion, name="give_opinion"),
    path("biuro/k/<slug:slug>/raport/", reports.prepare_report, name="prepare_report"),
    path("biuro/k/<slug:slug>/raport/zwolnij/", reports.release_report, name="release_report"),
    path(
        "biuro/k/<slug:slug>/raport/pliki/", report_files.ask_report_files, name="ask_report_files"
    ),
    path(
        "biuro/k/<slug:slug>/raport/wewnetrzny-<int:part>.<str:ending>",
        report_files.inside_report_file,
        name="inside_report_file",
    ),
    path(
        "biuro/k/<slug:slug>/raport/podglad-<int:part>.<str:ending>",
        report_files.preview_report_file,
        name="preview_report_file",
    ),
    path("biuro/dane-osobowe/", erasures.erasure_requests, name="erasure_requests"),
    path("biuro/dane-osobowe/<int:asked>/", erasures.erasure_request, name="erasure_request"),
    path("biuro/dane-osobowe/<int:asked>/usun/", erasures.accept_erasure, name="accept_erasure"),
    path("biuro/dane-osobowe/<int:asked>/odmow/", erasures.refuse_erasure, name="refuse_erasure"),
    path("biuro/zastepstwa/", substitutes.substitutes, name="substitutes"),
    path(
        "biuro/zastepstwa/<int:substitution>/zakoncz/",
        substitutes.end_substitution,
        name="end_substitution",
    ),
    path("biuro/k/<slug:slug>/opublikuj/", together.publish_answers, name="publish_answers"),
    path("biuro/k/<slug:slug>/zatwierdz/", together.approve_answers, name="approve_answers"),
    path(f"{COMMENT}/przyjmij/", answering.admit_comment, name="admit_comment"),
    path(f"{COMMENT}/przypisz/", answering.assign_comment, name="assign_comment"),
    path(f"{COMMENT}/odpowiedz/", answering.answer_comment, name="answer_comment"),
    path(f"{COMMENT}/zatwierdz/", answering.approve_answer, name="approve_answer"),
    path(f"{COMMENT}/zwroc/", answering.send_back_answer, name="send_back_answer"),
    path(f"{COMMENT}/opublikuj/", answering.publish_answer, name="publish_answer"),
    path(f"{COMMENT}/uzupelnienie/", answering.return_comment, name="return_comment"),
    path(f"{COMMENT}/sprawa/", answering.number_comment_case, name="number_comment_case"),
    path(f"{COMMENT}/ukryj/", answering.hide_comment, name="hide_comment"),
    path(f"{COMMENT}/pozostaw/", answering.leave_comment, name="leave_comment"),
    path(f"{COMMENT}/podejmij/", answering.take_up_comment, name="take_up_comment"),
    path(f"{COMMENT}/przywroc/", answering.restore_comment, name="restore_comment"),
    path(f"{COMMENT}/podtrzymaj/", answering.uphold_hiding, name="uphold_hiding"),
]
