"""Every message that leaves the portal goes through the worker, one function a message."""

from django.core.mail import EmailMultiAlternatives
from django_tasks import task


@task()
def deliver(subject: str, text: str, to: str, html: str = "") -> None:
    """Hand one message to the mail server (or to the demonstration's mailbox)."""
    message = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def send_password_reset(subject: str, text: str, to: str) -> None:
    """Send the address at which a person chooses a new password."""
    deliver.enqueue(subject=subject, text=text, to=to)
