"""The forms of accounts."""

from django.contrib.auth.forms import PasswordResetForm
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from apist.mail import send_password_reset


class ResetForm(PasswordResetForm):
    """Ask for a new password; the message is left to the worker, so that a slow mail server tells nothing."""

    def send_mail(self, subject_template_name, email_template_name, context, from_email, to_email, **kwargs):
        """Hand the rendered message to the one module that sends."""
        subject = "".join(render_to_string(subject_template_name, context).splitlines())
        text = render_to_string(email_template_name, context)
        with transaction.atomic():
            send_password_reset(subject, text, to_email, timezone.now())
