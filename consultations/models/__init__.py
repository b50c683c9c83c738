"""What there is: one file for every concept; this package only gathers the names."""

from consultations.models.advice import Advice
from consultations.models.afterwards import ExecutionReport, InForce
from consultations.models.amendments import (
    Amendment,
    AmendmentKind,
    AmendmentPlace,
    AmendmentState,
    MoverKind,
)
from consultations.models.clock import DemoClock
from consultations.models.comments import (
    Answer,
    Channel,
    Comment,
    CommentKind,
    CommentState,
)
from consultations.models.consultations import Consultation, ConsultationState
from consultations.models.contents import (
    Element,
    ElementPlace,
    Goal,
    GoalKind,
    GoalLink,
)
from consultations.models.council import (
    Ballot,
    CouncilFile,
    CouncilFileState,
    RollCall,
    Visit,
    Vote,
)
from consultations.models.desk import Presence, SavedView
from consultations.models.documents import Document
from consultations.models.draft_marks import DraftMark
from consultations.models.drafts import Draft, DraftState, Provision, TextVersion, Wording
from consultations.models.erasing import ErasureRequest, ErasureState
from consultations.models.groups import CommentGroup, CommentSketch, Sketch, SketchBand
from consultations.models.guests import GuestComment
from consultations.models.intakes import Intake
from consultations.models.motions import MotionBy, ReadingsMotion
from consultations.models.notes import CoveringNote
from consultations.models.opinions import Opinion, OpinionBody, OpinionOutcome, OpinionState
from consultations.models.organisations import LegalForm, Mandate, Organisation
from consultations.models.overrides import Override, OverrideState
from consultations.models.people import (
    Actor,
    Department,
    Role,
    RoleGrant,
    Substitution,
    User,
)
from consultations.models.phrases import Phrase
from consultations.models.procedure import DocumentKind, Outcome, Procedure, Rule
from consultations.models.proposals import ProcedureProposal, ProposalState
from consultations.models.publications import Publication
from consultations.models.replies import Rating, Reply
from consultations.models.report_files import CopyKind, Making, ReportCopy, ReportFile, ReportPiece
from consultations.models.reports import Report, ReportState
from consultations.models.revision import Cause, CauseKind, Descent, UnsavedEdit, Viewed
from consultations.models.runs import RowState, Run, RunAct, RunRow
from consultations.models.sessions import CouncilSession, PlannedDay
from consultations.models.trail import Checkpoint, Entry, LogHead, Sealed, Watch
from consultations.models.voices import CommentWords, Support
from consultations.models.vote_sheets import VoteSheet
from consultations.models.ways import Way, WayKind
from consultations.models.writing import Attachment, AttachmentContent, CommentDraft

MACHINES = (Draft, Consultation, Comment, CouncilFile, Opinion, Report, Override, Amendment)

__all__ = [
    "MACHINES",
    "Actor",
    "Advice",
    "Amendment",
    "AmendmentKind",
    "AmendmentPlace",
    "AmendmentState",
    "Answer",
    "Attachment",
    "AttachmentContent",
    "Ballot",
    "Cause",
    "CauseKind",
    "Channel",
    "Checkpoint",
    "Comment",
    "CommentDraft",
    "CommentGroup",
    "CommentKind",
    "CommentSketch",
    "CommentState",
    "CommentWords",
    "Consultation",
    "ConsultationState",
    "CopyKind",
    "CouncilFile",
    "CouncilFileState",
    "CouncilSession",
    "CoveringNote",
    "DemoClock",
    "Department",
    "Descent",
    "Document",
    "DocumentKind",
    "Draft",
    "DraftMark",
    "DraftState",
    "Element",
    "ElementPlace",
    "Entry",
    "ErasureRequest",
    "ErasureState",
    "ExecutionReport",
    "Goal",
    "GoalKind",
    "GoalLink",
    "GuestComment",
    "InForce",
    "Intake",
    "LegalForm",
    "LogHead",
    "Making",
    "Mandate",
    "MotionBy",
    "MoverKind",
    "Opinion",
    "OpinionBody",
    "OpinionOutcome",
    "OpinionState",
    "Organisation",
    "Outcome",
    "Override",
    "OverrideState",
    "Phrase",
    "PlannedDay",
    "Presence",
    "Procedure",
    "ProcedureProposal",
    "ProposalState",
    "Provision",
    "Publication",
    "Rating",
    "ReadingsMotion",
    "Reply",
    "Report",
    "ReportCopy",
    "ReportFile",
    "ReportPiece",
    "ReportState",
    "Role",
    "RoleGrant",
    "RollCall",
    "RowState",
    "Rule",
    "Run",
    "RunAct",
    "RunRow",
    "SavedView",
    "Sealed",
    "Sketch",
    "SketchBand",
    "Substitution",
    "Support",
    "TextVersion",
    "UnsavedEdit",
    "User",
    "Viewed",
    "Visit",
    "Vote",
    "VoteSheet",
    "Watch",
    "Way",
    "WayKind",
    "Wording",
]
