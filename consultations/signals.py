"""The one signal: `recorded(seq)` is sent after commit. Only a hint: the outbox reads the trail."""

from django.dispatch import Signal

recorded = Signal()
