"""Wires the loop to the signal of the record, and the jobs of this layer to the tick."""

from typing import Any

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from consultations.services import (  # noqa: PLC0415 - models must be loaded first
            carrying_out,
            indexing,
            presence,
            sketching,
        )
        from consultations.signals import (  # noqa: PLC0415
            recorded,
            work_waits,
        )
        from workflows import (  # noqa: PLC0415
            aftermath,
            flow_check,
            jobs,
            keeping,
            loop,
            overdue,
            planning,
            probing,
            publishing,
            report_files,
            silence,
        )

        def something_was_recorded(**_: Any) -> None:
            loop.wake()

        def more_is_to_do(**_: Any) -> None:
            loop.hurry()

        recorded.connect(something_was_recorded, weak=False, dispatch_uid="workflows.wake")
        work_waits.connect(more_is_to_do, weak=False, dispatch_uid="workflows.hurry")
        jobs.register(silence.waive_overdue_opinions)
        jobs.register(overdue.mark_overdue_comments)
        jobs.register(planning.watch_plans)
        jobs.register(aftermath.watch_execution_reports)
        jobs.register(aftermath.probe_publications)
        jobs.register(presence.forget_presence)
        jobs.register(probing.probe)
        jobs.register(publishing.publish)
        jobs.register(indexing.index_comments)
        jobs.register(carrying_out.carry_out_runs)
        jobs.register(sketching.sketch_comments)
        jobs.register(report_files.make_report_files)
        jobs.at_rest(report_files.stop_writing)
        jobs.register(flow_check.once_an_hour)
        jobs.register(keeping.remind_of_erasures)
        jobs.register(keeping.delete_expired)
