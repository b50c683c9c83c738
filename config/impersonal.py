"""Every column of the project that says nothing of a person, by model.

What says something stands in `config.keeping`. A new column makes a test red until somebody has
written it down here or there.
"""

IMPERSONAL: dict[str, str] = {
    "Actor": "id kind",
    "Amendment": (
        "id version council_file state number kind mover reasons text_version filed_at settled_at "
        "votes_for votes_against abstained"
    ),
    "AmendmentPlace": (
        "id amendment provision how level number heading text found_heading found_text citation eid"
    ),
    "Advice": "id comment department text recommended given_at",
    "Answer": "id comment outcome accepted_part reasons answered_at approved_at published_at"
    " remark",
    "Ballot": "id roll_call",
    "Cause": "id text_version provision kind comment opinion amendment amended note named_at",
    "Checkpoint": "id size root note key at",
    "Comment": (
        "id version consultation number state wording kind organisation idempotency_key "
        "department due_on overdue_on declined_by declined_to complete_by case_number appeal_by "
        "appeal_decided_at group"
    ),
    "Attachment": "id draft comment media_type size is_scan added_at",
    "AttachmentContent": "attachment",
    "CommentDraft": ("id consultation wording organisation begun_at saved_at version key ready"),
    "CommentWords": "comment seq",
    "CommentGroup": "id consultation lead gist made_at",
    "CommentSketch": "comment provision seq",
    "Sketch": "id consultation",
    "SketchBand": "id sketch consultation",
    "Consultation": (
        "id version draft number slug state purpose host text_version announced_at opens_at "
        "closes_at posted_at cancelled_because"
    ),
    "ContentType": "id app_label model",
    "CouncilSession": "id number day place cancelled_because",
    "CoveringNote": "id comment",
    "CouncilFile": (
        "id version draft state print_number submitted_at ordinance_number ordinance_on "
        "session_number session_on sent_back_because two_readings reading_began_at first_read_at "
        "first_session read_at own_amendments_until amendments_until"
    ),
    "DemoClock": "id shown set_at",
    "Department": "id slug name",
    "Descent": "id text_version kind provision other",
    "Dispatched": "entry failed_at",
    "Document": "id slug kind title period part_of carries_out",
    "Draft": (
        "id version document procedure title state registered_at resolution_number adopted_on "
        "withdrawn_because case_number"
    ),
    "DraftingProcess": "process_ptr draft",
    "Element": "id procedure number code legal_basis",
    "ElementPlace": "id element provision",
    "EmailAddress": "id",
    "EmailConfirmation": "id",
    "Entry": (
        "id seq kind action case case_seq document draft consultation comment council_file "
        "opinion report override amendment from_state to_state object_version payload nodes"
    ),
    "ErasureRequest": "id",
    "ExecutionReport": "id draft due_on filed_on address sha256",
    "Goal": "id document provision kind label title serves",
    "GoalLink": "id lower upper",
    "Group": "id name permissions",
    "GuestComment": (
        "id key token_hash consultation wording kind language begun_at sent_at expires_at "
        "filled_trap letters letter_due_at letter_tries confirmed_at comment"
    ),
    "InForce": "id draft day",
    "Intake": "id consultation uploaded_at headings columns channel done finished_at",
    "Lease": "name owner expires",
    "Letter": "id",
    "LetterTemplate": "id kind language subject body version",
    "LogHead": "id size last_t_us",
    "Mandate": "id",
    "Notice": "id",
    "Opinion": (
        "id version draft state body body_name delivered_on due_at outcome remarks settled_at"
    ),
    "Organisation": "id name legal_form krs nip regon verified_at needs_sign_off",
    "Outcome": "id procedure code position legal_basis leads_to_change asks_part",
    "Permission": "id name content_type codename",
    "Override": (
        "id version draft consultation council_file act_kind guard_code missing state because "
        "asked_at decided_at decision"
    ),
    "Phrase": "id name text outcome used version archived_at",
    "PlannedDay": "id draft step day",
    "Presence": "id",
    "ProcedureProposal": (
        "id kind base state valid_from figures because proposed_at decided_at decision made"
    ),
    "Procedure": "id kind number valid_from valid_until",
    "Process": (
        "id flow_class status created finished data parent_task seed_content_type "
        "seed_object_id artifact_content_type artifact_object_id"
    ),
    "Provision": "id draft key",
    "Publication": "id draft place address published_on sha256 looked_at is_there is_same",
    "Reply": "id comment shown_at",
    "ReadingsMotion": ("id council_file moved_by backers reasons moved_at decided_at accepted"),
    "Report": "id version consultation state introduction released_at",
    "ReportCopy": (
        "id consultation kind language at seq asked_at making rows rows_gathered last_number tries "
        "finished_at replaced_at"
    ),
    "ReportFile": "id report_copy ending part size sha256",
    "ReportPiece": "id file number",
    "RoleGrant": "id",
    "RollCall": "id council_file held_on votes_for votes_against abstained no_vote absent declared"
    " kind source replaces because entered_at",
    "VoteSheet": "id council_file state kind held_on declared because entered_at decided_at remark",
    "DraftMark": "id",
    "Rule": "id procedure key value unit legal_basis confirmed",
    "Run": "id consultation act made_at language notes started_at stopped_at finished_at",
    "RunRow": "id run place number comment seen_version state code said done_at",
    "SavedView": "id consultation",
    "Sealed": "id",
    "Substitution": "id",
    "Support": "id",
    "Task": (
        "id flow_task flow_task_type status created assigned started finished scheduled token "
        "external_task_id owner_permission owner_permission_content_type "
        "owner_permission_obj_pk process data seed_content_type seed_object_id "
        "artifact_content_type artifact_object_id previous"
    ),
    "TextVersion": "id draft number imported_at published_at",
    "UnsavedEdit": "id",
    "User": "id",
    "Viewed": "id",
    "Visit": "id",
    "Watch": "id",
    "Way": "id consultation kind place starts_at ends_at cancelled_because attendance",
    "Wording": (
        "id text_version provision parent position level number label heading text eid "
        "citation path revision"
    ),
}


def impersonal() -> set[str]:
    """Their names, as «Model.column»."""
    return {f"{model}.{one}" for model, names in IMPERSONAL.items() for one in names.split()}
