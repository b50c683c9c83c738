"""The one signal: `recorded(seq)` is sent after commit. Only a hint: the outbox reads the trail."""

from django.dispatch import Signal

recorded = Signal()

# Sent when something waits for the loop: it need not wait for its next round.
work_waits = Signal()
