"""Handing one rendered message to the mail server. Rows and retries stand in people/mail.py."""

from collections.abc import Mapping, Sequence

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def render(template: str, context: dict) -> tuple[str, str, str]:
    """Subject (one line), text and HTML from the three files of a message."""
    subject = " ".join(render_to_string(f"email/{template}-subject.txt", context).split())
    text = render_to_string(f"email/{template}-body.txt", context).strip() + "\n"
    return subject, text, render_to_string(f"email/{template}-body.html", context)


def deliver(*, to: str, subject: str, text: str, html: str, files: Sequence[Mapping[str, str]] = ()) -> None:
    """Send one message now; raises OSError or smtplib errors when the server does not take it."""
    message = EmailMultiAlternatives(subject=subject, body=text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    for file in files:
        message.attach(file["name"], file["text"], file["type"])
    message.send()
