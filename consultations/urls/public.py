"""Pages for everybody: consultations, the text, comments, the report, documents, the record."""

from django.urls import path

from consultations.views import (
    completing,
    documents,
    filing,
    following,
    goals,
    listing,
    mine,
    notices,
    proofs,
    public,
    reading,
    records,
    reports,
    searching,
    versions,
    voices,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("k/<slug:slug>/", public.consultation, name="consultation"),
    path("k/<slug:slug>/projekt/", reading.read_draft, name="read_draft"),
    path("k/<slug:slug>/uwagi/", listing.comments, name="comments"),
    path("k/<slug:slug>/uwagi.csv", listing.comments_csv, name="comments_csv"),
    path("k/<slug:slug>/uwagi/nowa/", filing.file_comment, name="file_comment"),
    path("k/<slug:slug>/podglad/", filing.preview_change, name="preview_change"),
    path("k/<slug:slug>/uwagi/<int:number>/", reading.comment, name="comment"),
    path("k/<slug:slug>/zmiany/", versions.draft_changes, name="draft_changes"),
    path("k/<slug:slug>/zmiany/<uuid:key>/obejrzane/", versions.mark_viewed, name="mark_viewed"),
    path(
        "k/<slug:slug>/zmiany/<int:old>-<int:new>.docx", versions.changes_file, name="changes_file"
    ),
    path("k/<slug:slug>/projekt/<int:version>.<slug:kind>", versions.draft_file, name="draft_file"),
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
    path(
        "k/<slug:slug>/uwagi/<int:number>/popraw/", voices.correct_comment, name="correct_comment"
    ),
    path("k/<slug:slug>/uwagi/<int:number>/bez-nazwiska/", voices.stop_naming, name="stop_naming"),
    path(
        "k/<slug:slug>/uwagi/<int:number>/popieram/",
        voices.support_comment,
        name="support_comment",
    ),
    path(
        "k/<slug:slug>/uwagi/<int:number>/nie-popieram/",
        voices.stop_supporting,
        name="stop_supporting",
    ),
    path("k/<slug:slug>/raport/", reports.report, name="report"),
    path("k/<slug:slug>/raport.csv", reports.report_csv, name="report_csv"),
    path("k/<slug:slug>/raport.docx", reports.report_docx, name="report_docx"),
    path("k/<slug:slug>/dziennik/", records.journal, name="journal"),
    path("k/<slug:slug>/dziennik.csv", records.journal_csv, name="journal_csv"),
    path("k/<slug:slug>/dziennik.jsonl", records.journal_jsonl, name="journal_jsonl"),
    path("k/<slug:slug>/dziennik/zgodnosc/", proofs.conform, name="conform"),
    path("k/<slug:slug>/dziennik/<int:seq>.tlog-proof", proofs.entry_proof, name="entry_proof"),
    path("k/<slug:slug>/uwagi/<int:number>/potwierdzenie/", proofs.receipt, name="receipt"),
    path("log/", proofs.log, name="log"),
    path("log/checkpoint", proofs.checkpoint, name="checkpoint"),
    path("log/verify.py", proofs.verifier, name="verifier"),
    path("k/<slug:slug>/glosowanie/", documents.roll_call, name="roll_call"),
    path("p/<uuid:key>/", reading.provision, name="provision"),
    path("szukaj/", searching.search, name="search"),
    path("dokumenty/", documents.documents, name="documents"),
    path("dokumenty/<slug:slug>/", documents.document, name="document"),
    path("dokumenty/<slug:slug>/cele/", goals.goals, name="goals"),
    path("dokumenty/<slug:slug>/cele.csv", goals.goals_csv, name="goals_csv"),
    path("moje/", mine.my_comments, name="my_comments"),
    path("obserwuj/", following.follow, name="follow"),
    path("nie-obserwuj/", following.unfollow, name="unfollow"),
]
