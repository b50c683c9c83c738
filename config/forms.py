"""Forms are drawn by our own field template: label, hint, error, control, in that order."""

from django.forms.renderers import TemplatesSetting


class UwagaRenderer(TemplatesSetting):
    form_template_name = "uwaga/form.html"
    field_template_name = "uwaga/field.html"
