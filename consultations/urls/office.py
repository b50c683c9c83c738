"""Pages of the office: documents, import, comments and every act on them, opinions, report."""

from django.urls import path

from consultations.views import (
    answering,
    importing,
    office,
    opinions,
    queue,
    recording,
    reports,
    substitutes,
    together,
    ways,
)

COMMENT = "biuro/k/<slug:slug>/uwagi/<int:number>"

urlpatterns = [
    path("biuro/", office.office, name="office"),
    path("biuro/dokumenty/nowy/", office.add_document, name="add_document"),
    path("biuro/k/<slug:slug>/import/", importing.import_draft, name="import_draft"),
    path("biuro/k/<slug:slug>/uwagi/", queue.queue, name="queue"),
    path("biuro/k/<slug:slug>/papier/", recording.record_comment, name="record_comment"),
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
    path("biuro/k/<slug:slug>/raport.csv", reports.inside_report_csv, name="inside_report_csv"),
    path("biuro/k/<slug:slug>/raport.docx", reports.inside_report_docx, name="inside_report_docx"),
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
]
