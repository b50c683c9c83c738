"""Human words for every kind of event, outcome and act: what is not here cannot be written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Every kind of event the trail may hold, with its sentence for the journal and for notices.
# The names in brackets come from `consultations.selectors.journal.facts_for`.
SENTENCES: dict[str, Any] = {
    "document.add": _("Document added: %(document)s."),
    "draft.register": _("Draft registered: %(draft)s."),
    "draft.import_text": _("Text of the draft imported: %(provisions)s provisions."),
    "draft.publish_version": _("Version %(version)s of the text published."),
    "draft.begin_consultation": _("The draft entered public consultation: %(draft)s."),
    "draft.begin_review": _("The review of comments began: %(draft)s."),
    "draft.finish_review": _("The review is finished and the report is public: %(draft)s."),
    "draft.adopt": _("Adopted as resolution %(resolution)s: %(draft)s."),
    "draft.reject": _("The council did not adopt the draft: %(draft)s."),
    "consultation.plan": _("Consultation planned: %(draft)s."),
    "consultation.announce": _(
        "Consultation announced: %(draft)s. Comments from %(opens)s to %(closes)s."
    ),
    "consultation.open": _("The consultation is open: %(draft)s. Comments until %(closes)s."),
    "consultation.close": _("The consultation is closed: %(draft)s."),
    "comment.file": _("Comment %(number)s filed on %(place)s."),
    "comment.admit": _("Comment %(number)s on %(place)s admitted."),
    "comment.assign": _("Comment %(number)s passed to: %(department)s."),
    "comment.answer": _("An answer to comment %(number)s was proposed."),
    "comment.approve": _("The answer to comment %(number)s was approved."),
    "comment.send_back": _("The answer to comment %(number)s was sent back."),
    "comment.publish": _("The answer to comment %(number)s on %(place)s was published."),
    "comment.withdraw": _("Comment %(number)s was withdrawn by its author."),
    "comment.hide": _("Comment %(number)s was hidden."),
    "council_file.submit": _("The draft was submitted to the council: %(draft)s."),
    "council_file.give_print_number": _("The draft has print number %(print)s."),
    "council_file.record_vote": _(
        "The council voted: for %(votes_for)s, against %(votes_against)s, abstained %(abstained)s."
    ),
}

# What the button of each act says.
ACTS: dict[str, Any] = {
    "draft.begin_consultation": _("Begin the consultation"),
    "draft.begin_review": _("Begin the review"),
    "draft.finish_review": _("Finish the review and pass the draft to the council"),
    "draft.adopt": _("Enter the resolution"),
    "draft.reject": _("Record that the draft was rejected"),
    "consultation.announce": _("Announce the consultation"),
    "consultation.open": _("Open the consultation"),
    "consultation.close": _("Close the consultation"),
    "comment.admit": _("Admit"),
    "comment.assign": _("Pass to a department"),
    "comment.answer": _("Propose the answer"),
    "comment.approve": _("Approve the answer"),
    "comment.send_back": _("Send back"),
    "comment.publish": _("Publish the answer"),
    "comment.withdraw": _("Withdraw the comment"),
    "comment.hide": _("Hide the comment"),
    "council_file.give_print_number": _("Give the print number"),
    "council_file.record_vote": _("Enter the roll call"),
}

# Outcomes of an answer (rozstrzygnięcie): uwzględniona, częściowo uwzględniona, nieuwzględniona,
# wyjaśniono, poza zakresem.
OUTCOMES: dict[str, Any] = {
    "accepted": _("accepted"),
    "partly": _("partly accepted"),
    "rejected": _("not accepted"),
    "explained": _("explained"),
    "out_of_scope": _("out of scope"),
}

# Who may do an act, as `policy.WHO` names it.
WHO: dict[str, Any] = {
    "clock": _("the clock"),
    "officer": _("civic dialogue unit"),
    "expert": _("department expert"),
    "approver": _("head of unit"),
    "second_person": _("head of unit, never the author"),
    "clerk": _("council clerk"),
    "councillor": _("councillor"),
    "staff": _("anybody who holds a role in the offices"),
    "author": _("whoever filed the comment"),
    "signed_in": _("anybody signed in"),
    "anybody": _("anybody"),
}

# In which role somebody acted, as the trail names it.
ROLES: dict[str, Any] = {
    "clock": _("the clock"),
    "officer": _("civic dialogue unit"),
    "expert": _("department expert"),
    "approver": _("head of unit"),
    "councillor": _("councillor"),
    "clerk": _("council clerk"),
    "krdpp_secretary": _("secretary of the public-benefit council"),
    "auditor": _("auditor"),
    "commenter": _("participant"),
}
