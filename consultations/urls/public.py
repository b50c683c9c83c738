"""Pages for everybody: consultations, the text, comments, the report, documents, the record."""

from django.urls import path

from consultations.views import (
    completing,
    documents,
    filing,
    following,
    mine,
    notices,
    public,
    reading,
    records,
    reports,
    searching,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("k/<slug:slug>/", public.consultation, name="consultation"),
    path("k/<slug:slug>/projekt/", reading.read_draft, name="read_draft"),
    path("k/<slug:slug>/uwagi/nowa/", filing.file_comment, name="file_comment"),
    path("k/<slug:slug>/podglad/", filing.preview_change, name="preview_change"),
    path("k/<slug:slug>/uwagi/<int:number>/", reading.comment, name="comment"),
    path("k/<slug:slug>/projekt.txt", notices.draft_text, name="draft_text"),
    path("k/<slug:slug>/ogloszenie/", notices.notice, name="notice"),
    path("k/<slug:slug>/ogloszenie.docx", notices.notice_docx, name="notice_docx"),
    path(
        "k/<slug:slug>/uwagi/<int:number>/wycofaj/",
        filing.withdraw_comment,
        name="withdraw_comment",
    ),
    path(
        "k/<slug:slug>/uwagi/<int:number>/uzupelnij/",
        completing.complete_comment,
        name="complete_comment",
    ),
    path("k/<slug:slug>/raport/", reports.report, name="report"),
    path("k/<slug:slug>/raport.csv", reports.report_csv, name="report_csv"),
    path("k/<slug:slug>/raport.docx", reports.report_docx, name="report_docx"),
    path("k/<slug:slug>/dziennik/", records.journal, name="journal"),
    path("k/<slug:slug>/dziennik.csv", records.journal_csv, name="journal_csv"),
    path("k/<slug:slug>/dziennik.jsonl", records.journal_jsonl, name="journal_jsonl"),
    path("k/<slug:slug>/glosowanie/", documents.roll_call, name="roll_call"),
    path("p/<uuid:key>/", reading.provision, name="provision"),
    path("szukaj/", searching.search, name="search"),
    path("dokumenty/", documents.documents, name="documents"),
    path("dokumenty/<slug:slug>/", documents.document, name="document"),
    path("moje/", mine.my_comments, name="my_comments"),
    path("obserwuj/", following.follow, name="follow"),
    path("nie-obserwuj/", following.unfollow, name="unfollow"),
]
