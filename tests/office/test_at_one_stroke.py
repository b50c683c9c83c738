"""Keys read as one row are the keys read row by row, in their order."""

import pytest
from django.db.models import F, Q

from consultations.models import Actor
from consultations.selectors.at_one_stroke import keys_of

pytestmark = pytest.mark.django_db


def test_the_order_is_kept() -> None:
    made = [Actor.objects.create().pk for _ in range(300)]
    rows = Actor.objects.filter(pk__in=made)
    for order in (F("pk").desc(), (F("pk") % 7).asc(), F("pk").asc()):
        ordered = rows.order_by(order, "-pk")
        assert keys_of(ordered) == list(ordered.values_list("pk", flat=True))
    assert sorted(keys_of(rows)) == made


def test_what_finds_nothing_has_no_keys() -> None:
    assert keys_of(Actor.objects.filter(pk=-1)) == []
    assert keys_of(Actor.objects.filter(Q(pk__in=[]))) == []
