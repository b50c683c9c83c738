"""Pages of the office: documents, import, the queue of comments and every act on a comment."""

from django.urls import path

from consultations.views import answering, importing, office, queue, recording, ways

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
    path(f"{COMMENT}/przyjmij/", answering.admit_comment, name="admit_comment"),
    path(f"{COMMENT}/przypisz/", answering.assign_comment, name="assign_comment"),
    path(f"{COMMENT}/odpowiedz/", answering.answer_comment, name="answer_comment"),
    path(f"{COMMENT}/zatwierdz/", answering.approve_answer, name="approve_answer"),
    path(f"{COMMENT}/zwroc/", answering.send_back_answer, name="send_back_answer"),
    path(f"{COMMENT}/opublikuj/", answering.publish_answer, name="publish_answer"),
    path(f"{COMMENT}/ukryj/", answering.hide_comment, name="hide_comment"),
]
