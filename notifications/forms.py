"""The one form of the inbox."""

from django import forms


class ReadAllForm(forms.Form):
    """Up to which notice everything has been read: what comes later was not on the page."""

    upto = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
