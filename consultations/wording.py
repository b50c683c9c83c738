"""Human words for every kind of event, outcome and act: what is not here cannot be written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Every kind of event the trail may hold, with its sentence for the journal and for notices.
# The names in brackets come from `consultations.selectors.journal.facts_for`.
SENTENCES: dict[str, Any] = {
    "document.add": _("Document added: %(document)s."),
    "document.set_goals": _("Goals and tasks entered by hand: %(entered)s. %(document)s."),
    "document.link_goals": _("Links of a goal to higher documents: %(links)s. %(document)s."),
    "draft.register": _("Draft registered: %(draft)s."),
    "draft.import_text": _("Text of the draft imported: %(provisions)s provisions."),
    "draft.publish_version": _("Version %(version)s of the text published."),
    "draft.begin_version": _("Work on version %(version)s of the text began."),
    "draft.discard_version": _("The working version %(version)s of the text was discarded."),
    "draft.edit_text": _("Text of version %(version)s edited: %(edit)s, %(spot)s."),
    "draft.name_cause": _("Cause of the change of %(spot)s named: %(cause)s."),
    "draft.drop_cause": _("Cause of the change of %(spot)s taken back: %(cause)s."),
    "draft.place_elements": _("Mandatory elements tied to provisions: %(placed)s of %(all)s."),
    "draft.mark_goals": _("Marked in the text: goals %(goals)s, tasks %(tasks)s."),
    "draft.begin_consultation": _("The draft entered public consultation: %(draft)s."),
    "draft.begin_review": _("The review of comments began: %(draft)s."),
    "draft.finish_review": _("The review is finished: %(draft)s."),
    "draft.consult_again": _("The draft will be consulted again: %(draft)s."),
    "draft.take_back": _("The council sent the draft back; it is reviewed again: %(draft)s."),
    "draft.withdraw": _("The sponsor withdrew the draft: %(draft)s."),
    "draft.mark_overdue": _("The review of comments was to end by %(due_on)s: %(draft)s."),
    "draft.number_case": _("The draft has case number %(case_number)s."),
    "draft.move_day": _(
        "The plan was changed: %(step)s on %(planned_on)s instead of %(planned_before)s."
    ),
    "draft.alarm": _(
        "Alarm: no session by %(deadline)s fits any more. The council can vote on %(ready)s at"
        " the earliest: %(draft)s."
    ),
    "draft.end_alarm": _("A session before the last day fits again: %(draft)s."),
    "draft.record_publication": _("Published on %(published_on)s: %(place_words)s."),
    "draft.probe_publication": _(
        "The published resolution was looked up at its address: %(place_words)s, %(found)s."
    ),
    "draft.enter_into_force": _("In force since %(in_force_on)s: %(draft)s."),
    "draft.file_execution_report": _(
        "Report on the execution filed on %(filed_on)s, due by %(due_on)s: %(draft)s."
    ),
    "draft.execution_overdue": _(
        "Alarm: the report on the execution was due by %(due_on)s: %(draft)s."
    ),
    "draft.adopt": _("Adopted as resolution %(resolution)s: %(draft)s."),
    "draft.reject": _("The council did not adopt the draft: %(draft)s."),
    "consultation.plan": _("Consultation planned: %(draft)s."),
    "consultation.announce": _(
        "Consultation announced: %(draft)s. Comments from %(opens)s to %(closes)s."
    ),
    "consultation.correct": _("The notice was corrected: %(draft)s."),
    "consultation.prolong": _("The consultation was prolonged until %(last_day)s: %(draft)s."),
    "consultation.cancel": _("The announced consultation was cancelled: %(draft)s."),
    "consultation.plan_way": _("Form of consultation planned: %(way)s."),
    "consultation.cancel_way": _("Form of consultation cancelled: %(way)s."),
    "consultation.record_meeting": _("Held: %(way)s. People present: %(attendance)s."),
    "consultation.probe": _("The published text was looked up at its address: %(result)s."),
    "consultation.open": _("The consultation is open: %(draft)s. Comments until %(closes)s."),
    "consultation.close": _("The consultation is closed: %(draft)s."),
    "comment.file": _("Comment %(number)s filed on %(place)s."),
    "comment.admit": _("Comment %(number)s on %(place)s admitted."),
    "comment.return_for_completion": _(
        "Comment %(number)s was returned to be completed by %(complete_by)s."
    ),
    "comment.complete": _("Comment %(number)s was completed."),
    "comment.number_case": _("Comment %(number)s has case number %(case_number)s."),
    "comment.attach": _("A file was added to comment %(number)s."),
    "comment.assign": _("Comment %(number)s passed to: %(department)s."),
    "comment.set_due": _("The answer to comment %(number)s is now due by %(due_on)s."),
    "comment.mark_overdue": _("The answer to comment %(number)s was due by %(due_on)s."),
    "comment.advise": _("Opinion on comment %(number)s given by: %(advised_by)s."),
    "comment.decline": _("Comment %(number)s was sent back to the unit by: %(declined_by)s."),
    "comment.answer": _("An answer to comment %(number)s was proposed."),
    "comment.approve": _("The answer to comment %(number)s was approved."),
    "comment.send_back": _("The answer to comment %(number)s was sent back."),
    "comment.add_note": _("The covering note to the author of comment %(number)s was written."),
    "comment.publish": _("The answer to comment %(number)s on %(place)s was published."),
    "comment.rate": _("The author of comment %(number)s rated its answer."),
    "comment.reply": _("The author of comment %(number)s replied to its answer."),
    "comment.show_reply": _("The reply to the answer to comment %(number)s is public."),
    "comment.withdraw": _("Comment %(number)s was withdrawn by its author."),
    "comment.hide": _("Comment %(number)s was hidden."),
    "comment.leave": _("Comment %(number)s was left without consideration."),
    "comment.take_up": _("Comment %(number)s was taken up again."),
    "comment.correct": _("Comment %(number)s on %(place)s was corrected by its author."),
    "comment.stop_naming": _("The name is no longer shown with comment %(number)s."),
    "comment.support": _("Comment %(number)s was supported."),
    "comment.stop_supporting": _("Support for comment %(number)s was taken back."),
    "comment.join_group": _("Comment %(number)s is in the group of comment %(lead)s."),
    "comment.leave_group": _("Comment %(number)s left the group of comment %(lead)s."),
    "comment.lead_group": _("Comment %(number)s leads its group in place of comment %(former)s."),
    "comment.appeal": _("The author of comment %(number)s appealed against hiding it."),
    "comment.restore": _("Comment %(number)s is no longer hidden: the appeal was right."),
    "comment.uphold": _("Comment %(number)s stays hidden: the appeal was not right."),
    "council_file.submit": _("The draft was submitted to the council: %(draft)s."),
    "council_file.schedule": _(
        "The draft is on the agenda of session %(session)s, %(session_on)s."
    ),
    "council_file.send_back": _("The council sent the draft back to its sponsor: %(draft)s."),
    "council.add_session": _("Session %(session)s entered into the calendar: %(session_on)s."),
    "council.change_session": _(
        "Session %(session)s is on %(session_on)s; before the change it was on %(session_before)s."
    ),
    "council.cancel_session": _("Session %(session)s of %(session_on)s was cancelled."),
    "council_file.take_off_agenda": _(
        "The draft was taken off the agenda of session %(session)s: %(draft)s."
    ),
    "council_file.move_two_readings": _(
        "A motion for two readings was filed by: %(moved_by)s. %(draft)s."
    ),
    "council_file.decide_two_readings": _(
        "The motion for two readings was %(decided)s: %(draft)s."
    ),
    "council_file.begin_reading": _("The reading began: %(draft)s."),
    "council_file.hold_reading": _("The reading was held: %(draft)s."),
    "council_file.hold_first_reading": _(
        "The first reading was held. The sponsor's amendments until %(own_amendments_until)s,"
        " others until %(amendments_until)s."
    ),
    "council_file.set_deadlines": _(
        "Amendments can be filed: the sponsor's until %(own_amendments_until)s, others until"
        " %(amendments_until)s."
    ),
    "council_file.hold_second_reading": _("The second reading was held: %(draft)s."),
    "amendment.file": _("Amendment no. %(amendment)s was filed by: %(mover)s, on %(spot)s."),
    "amendment.adopt": _("Amendment no. %(amendment)s was adopted."),
    "amendment.reject": _("Amendment no. %(amendment)s was rejected."),
    "amendment.withdraw": _("Amendment no. %(amendment)s was withdrawn by its mover."),
    "amendment.merge": _(
        "Amendment no. %(amendment)s was written into version %(version)s: %(spot)s."
    ),
    "opinion.request": _("The draft was delivered for an opinion: %(body)s."),
    "opinion.give": _("Opinion given: %(body)s – %(opinion_outcome)s."),
    "opinion.waive": _("The days for an opinion passed in silence: %(body)s."),
    "override.ask": _("An exception was asked for: %(condition)s."),
    "override.grant": _("A second person granted an exception: %(condition)s."),
    "override.refuse": _("A second person refused an exception: %(condition)s."),
    "override.withdraw": _("The request for an exception was withdrawn: %(condition)s."),
    "override.use": _("Passed by an exception: %(condition)s."),
    "override.lapse": _("An exception lapsed unused: %(condition)s."),
    "procedure.propose": _(
        "New version of the rules proposed for %(document_kind)s, from %(valid_from)s: %(figures)s."
    ),
    "procedure.enact": _(
        "Version %(version)s of the rules for %(document_kind)s, in force from %(valid_from)s:"
        " %(figures)s."
    ),
    "procedure.refuse": _(
        "New version of the rules for %(document_kind)s from %(valid_from)s was refused."
    ),
    "procedure.withdraw": _(
        "New version of the rules for %(document_kind)s from %(valid_from)s was withdrawn."
    ),
    "report.prepare": _("The report is being prepared: %(draft)s."),
    "report.edit": _("The introduction of the report was rewritten: %(draft)s."),
    "report.release": _("The report was released: %(draft)s."),
    "office.substitute": _("A substitute signs from %(first_day)s to %(last_day)s."),
    "office.end_substitution": _("A substitution was ended before its last day."),
    "office.edit_letter": _("The letter “%(letter)s” was rewritten."),
    "office.add_phrase": _("Saved phrase added: %(phrase)s."),
    "office.edit_phrase": _("Saved phrase rewritten: %(phrase)s."),
    "office.archive_phrase": _("Saved phrase archived: %(phrase)s."),
    "office.grant_role": _("%(person)s was given the role: %(held_role)s."),
    "office.revoke_role": _("%(person)s no longer holds the role: %(held_role)s."),
    "office.add_department": _("Department added: %(name)s."),
    "office.add_organisation": _("Organisation added: %(name)s."),
    "office.correct_organisation": _("Data of an organisation corrected: %(name)s."),
    "office.verify_organisation": _("Organisation verified: %(name)s."),
    "office.switch_sign_off": _("Internal sign-off in %(name)s: %(needed)s."),
    "office.ask_for_mandate": _("%(person)s asks for a mandate of %(name)s: %(mandate_kind)s."),
    "office.add_mandate": _("%(person)s has a mandate of %(name)s: %(mandate_kind)s."),
    "office.grant_mandate": _("%(person)s was given a mandate of %(name)s: %(mandate_kind)s."),
    "office.refuse_mandate": _("%(person)s was refused a mandate of %(name)s: %(mandate_kind)s."),
    "office.end_mandate": _("The mandate of %(person)s for %(name)s ended: %(mandate_kind)s."),
    "office.delete_expired": _("Data whose time was over were deleted: %(deleted)s rows."),
    "person.ask_erasure": _("A person asked for their data to be erased; answer by %(due_on)s."),
    "person.take_back_erasure": _("A person took back the request to erase their data."),
    "person.accept_erasure": _("A request for erasure was accepted."),
    "person.refuse_erasure": _("A request for erasure was refused."),
    "person.remind_erasure": _("A request for erasure waits; its last day is %(due_on)s."),
    "person.erase": _(
        "The data of a person were erased: %(comments)s comments, %(words)s sealed words."
    ),
    "council_file.give_print_number": _("The draft has print number %(print)s."),
    "council_file.record_vote": _(
        "The council voted: for %(votes_for)s, against %(votes_against)s, abstained %(abstained)s."
    ),
    "council_file.enter_vote": _(
        "A roll call was entered from paper; another person compares it with the minutes."
    ),
    "council_file.return_vote": _("A roll call entered from paper was sent back to be corrected."),
    "council_file.correct_vote": _(
        "The record of the vote was corrected: for %(votes_for)s, against %(votes_against)s,"
        " abstained %(abstained)s."
    ),
    "council_file.repeat_vote": _(
        "The council voted again: for %(votes_for)s, against %(votes_against)s,"
        " abstained %(abstained)s."
    ),
}

# Kinds of events that are no longer written; old logs hold them.
PAST: dict[str, Any] = {
    "office.add_member": _("%(person)s may speak for: %(name)s."),
    "office.end_membership": _("%(person)s no longer speaks for: %(name)s."),
}

# What the button of each act says.
ACTS: dict[str, Any] = {
    "draft.begin_consultation": _("Begin the consultation"),
    "draft.begin_review": _("Begin the review"),
    "draft.finish_review": _("Finish the review and pass the draft to the council"),
    "draft.consult_again": _("Consult again"),
    "draft.take_back": _("Take the draft back for review"),
    "draft.withdraw": _("Withdraw the draft"),
    "draft.mark_overdue": _("Record that the days of the review have passed"),
    "draft.number_case": _("Enter the case number"),
    "draft.adopt": _("Enter the resolution"),
    "draft.reject": _("Record that the draft was rejected"),
    "consultation.announce": _("Announce the consultation"),
    "consultation.correct": _("Correct the notice"),
    "consultation.prolong": _("Prolong the consultation"),
    "consultation.cancel": _("Cancel the consultation"),
    "consultation.open": _("Open the consultation"),
    "consultation.close": _("Close the consultation"),
    "comment.admit": _("Admit"),
    "comment.return_for_completion": _("Return for completion"),
    "comment.complete": _("Complete the comment"),
    "comment.number_case": _("Enter the case number"),
    "comment.assign": _("Pass to a department"),
    "comment.set_due": _("Give the department another day"),
    "comment.mark_overdue": _("Record that the day has passed"),
    "comment.advise": _("Give the opinion of the department"),
    "comment.decline": _("Send back to the unit"),
    "comment.answer": _("Propose the answer"),
    "comment.approve": _("Approve the answer"),
    "comment.send_back": _("Send back"),
    "comment.add_note": _("Write a covering note"),
    "comment.publish": _("Publish the answer"),
    "comment.rate": _("Rate the answer"),
    "comment.reply": _("Reply to the answer"),
    "comment.show_reply": _("Make the reply public"),
    "comment.withdraw": _("Withdraw the comment"),
    "comment.hide": _("Hide the comment"),
    "comment.leave": _("Leave without consideration"),
    "comment.take_up": _("Take up again"),
    "comment.correct": _("Correct the comment"),
    "comment.stop_naming": _("Stop showing my name"),
    "comment.join_group": _("Add to the group"),
    "comment.leave_group": _("Take out of the group"),
    "comment.appeal": _("Appeal"),
    "comment.restore": _("Restore the comment"),
    "comment.uphold": _("Leave the comment hidden"),
    "council_file.schedule": _("Put on the agenda"),
    "council_file.send_back": _("Send back to the sponsor"),
    "council_file.take_off_agenda": _("Take off the agenda"),
    "council_file.move_two_readings": _("File the motion"),
    "council_file.decide_two_readings": _("Record the decision"),
    "council_file.begin_reading": _("Begin the reading"),
    "council_file.hold_reading": _("Close the reading"),
    "council_file.hold_first_reading": _("Close the first reading"),
    "council_file.set_deadlines": _("Set the days for amendments"),
    "council_file.hold_second_reading": _("Close the second reading"),
    "amendment.adopt": _("Record that it was adopted"),
    "amendment.reject": _("Record that it was rejected"),
    "amendment.withdraw": _("Record that it was withdrawn"),
    "opinion.give": _("Enter the opinion"),
    "opinion.waive": _("Record that the days passed in silence"),
    "override.grant": _("Grant the exception"),
    "override.refuse": _("Refuse the exception"),
    "override.withdraw": _("Withdraw the request"),
    "override.use": _("Pass by the exception"),
    "override.lapse": _("Let the exception lapse"),
    "report.edit": _("Save the introduction"),
    "report.release": _("Release the report"),
    "council_file.give_print_number": _("Give the print number"),
    "council_file.record_vote": _("Enter the roll call"),
    "council_file.confirm_vote": _("Confirm the roll call"),
    "council_file.return_vote": _("Send the roll call back"),
    "council_file.correct_vote": _("Correct the roll call"),
    "council_file.repeat_vote": _("Enter a re-vote"),
}

# Letters sent by e-mail, by the kind of event they tell of.
LETTERS: dict[str, Any] = {
    "comment.file": _("confirmation of a comment"),
    "comment.admit": _("comment admitted"),
    "comment.return_for_completion": _("call to complete a comment"),
    "comment.hide": _("comment hidden"),
    "comment.leave": _("comment left without consideration"),
    "comment.restore": _("comment restored after an appeal"),
    "comment.uphold": _("comment left hidden after an appeal"),
    "comment.publish": _("answer to a comment"),
    "consultation.announce": _("consultation announced"),
    "consultation.open": _("consultation open"),
    "consultation.correct": _("notice corrected"),
    "consultation.prolong": _("consultation prolonged"),
    "consultation.cancel": _("consultation cancelled"),
    "draft.withdraw": _("draft withdrawn"),
    "report.release": _("report released"),
    "draft.alarm": _("no session in time fits any more"),
    "draft.execution_overdue": _("report on the execution overdue"),
    "draft.adopt": _("draft adopted"),
    "draft.reject": _("draft not adopted"),
    "opinion.request": _("request for an opinion"),
    "office.verify_organisation": _("organisation verified"),
    "office.grant_mandate": _("mandate granted"),
    "office.refuse_mandate": _("mandate refused"),
    "office.end_mandate": _("mandate ended"),
    "person.accept_erasure": _("erasure accepted"),
    "person.refuse_erasure": _("erasure refused"),
    "person.remind_erasure": _("request for erasure waits"),
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

# The days of a draft's plan (`plan.Step`).
STEPS: dict[str, Any] = {
    "announce": _("notice of the consultation"),
    "open": _("first day for comments"),
    "close": _("last day for comments"),
    "deliver": _("delivery to the public-benefit council"),
    "opinion": _("opinion of the public-benefit council"),
    "answers": _("answers to all comments ready"),
    "report": _("report released"),
    "submit": _("submission to the council"),
    "session": _("session of the council"),
}

# What stood at the address of a publication (facts of `draft.probe_publication`).
FOUND: dict[str, Any] = {
    "same": _("there, as at the first look"),
    "changed": _("there, but not as at the first look"),
    "missing": _("not to be reached"),
}

# What an edit of the text did (facts of `draft.edit_text`).
EDITS: dict[str, Any] = {
    "edit": _("new wording"),
    "add": _("provision added"),
    "delete": _("provision deleted"),
    "move": _("provision moved"),
    "split": _("provision split"),
    "join": _("provisions joined"),
    "renumber": _("provisions renumbered"),
}

# What became of a provision between two versions (`text.changed.How`).
CHANGES: dict[str, Any] = {
    "new": _("new provision"),
    "deleted": _("deleted"),
    "edited": _("new wording"),
    "moved": _("moved"),
    "split": _("split"),
    "joined": _("joined"),
}

# The mandatory elements of the annual programme, art. 5a ust. 4 of the Act of 24 April 2003.
ELEMENTS: dict[str, Any] = {
    "goals": _("main goal and specific goals"),
    "principles": _("principles of cooperation"),
    "subject": _("subject matter of cooperation"),
    "forms": _("forms of cooperation"),
    "priorities": _("priority public tasks"),
    "period": _("period of the programme"),
    "carrying_out": _("way of carrying out the programme"),
    "funds": _("amount of funds planned"),
    "evaluation": _("way of evaluating the programme"),
    "making": _("how the programme was made and how the consultation went"),
    "commissions": _("how competition commissions are appointed and work"),
}

# Conditions a second person may let an act pass over, as the record names them.
CONDITIONS: dict[str, Any] = {
    "forms_planned": _("the required number of forms of consultation"),
    "elements_placed": _("the mandatory elements tied to provisions"),
    "opinions_settled": _("the opinions that are still awaited"),
}

# Who may do an act, as `policy.WHO` names it.
WHO: dict[str, Any] = {
    "clock": _("the clock"),
    "operator": _("the operator of the server"),
    "officer": _("civic dialogue unit"),
    "clerk_committee": _("council clerk, of committees while the council has the draft"),
    "officer_own": _("civic dialogue unit, only the sponsor's own amendments"),
    "expert": _("department expert"),
    "approver": _("head of unit"),
    "second_person": _("head of unit, never the author"),
    "not_proposer": _("head of unit, never who proposed it"),
    "proposer": _("whoever proposed it"),
    "not_asker": _("head of unit, never who asked for it"),
    "override_asker": _("whoever asked for the exception"),
    "does_its_act": _("whoever does the act it is for"),
    "another_person": _("civic dialogue unit or head of unit, never who hid or filed it"),
    "clerk": _("council clerk"),
    "second_clerk": _(
        "another council clerk than who entered it; where there is only one, the unit or its head"
    ),
    "councillor": _("councillor"),
    "staff": _("anybody who holds a role in the offices"),
    "author": _("whoever filed the comment; for an organisation, its signatories"),
    "signatory": _("a signatory of the organisation"),
    "own_mandate": _("whoever has the mandate"),
    "filer": _("whoever filed the comment, for herself"),
    "not_author": _("anybody signed in, but not for a comment of her own"),
    "signed_in": _("anybody signed in"),
    "anybody": _("anybody"),
    "krdpp_secretary": _("secretary of the public-benefit council"),
    "reads_names": _("civic dialogue unit, heads of units, auditors"),
}

# In which role somebody acted, as the trail names it.
ROLES: dict[str, Any] = {
    "clock": _("the clock"),
    "operator": _("the operator of the server"),
    "officer": _("civic dialogue unit"),
    "expert": _("department expert"),
    "approver": _("head of unit"),
    "councillor": _("councillor"),
    "clerk": _("council clerk"),
    "krdpp_secretary": _("secretary of the public-benefit council"),
    "auditor": _("auditor"),
    "commenter": _("participant"),
}

# Formal faults of a comment, and why it may be left without consideration.
MARKS: dict[str, Any] = {
    "late": _("late"),
    "unsigned": _("unsigned"),
    "incomplete": _("incomplete"),
}

# What stands where a person's words were erased. It has no letter, so nobody can file it.
ERASED = "∅"
ERASED_WORDS = _("The text was erased at the person's request.")


def kept(text: str) -> str:
    """The text as pages and files show it: of an erased one, that it was."""
    return str(ERASED_WORDS) if text == ERASED else text
