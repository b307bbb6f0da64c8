"""Addresses of learning and of certificates (DESIGN 8). cms/urls.py gives them their prefixes."""

from django.urls import path

from training.views import (
    attendance,
    catalogue,
    certificates,
    check,
    colleagues,
    extra_tries,
    feedback,
    getting_ready,
    guests,
    heard,
    invitations,
    module,
    needs,
    organisations,
    participation,
    places,
    planning,
    proposals,
    record,
    required,
    session_certificates,
    session_desk,
    session_papers,
    sessions,
    unit,
    venues,
)
from training.views.holders import by_account, by_link


def both(route, view, url_name, **kwargs):
    """A page of one's place at its two addresses: for those who are signed in, and for those who hold the link."""
    return (
        path(f"<int:pk>/{route}", by_account(view), kwargs, name=url_name),
        path(f"place/<str:token>/{route}", by_link(view), kwargs, name=f"place-{url_name}"),
    )


learning_patterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("record/", record.learning_record, name="record"),
    path("record/pdf/", record.record_pdf, name="record-pdf"),
    path("record/pdf/make/", record.record_pdf_order, name="record-pdf-order"),
    path("record/csv/", record.record_csv, name="record-csv"),
    path("<slug:module>/", module.module, name="module"),
    path("<slug:module>/start/", module.start, name="start"),
    path("<slug:module>/renew/", module.renew_module, name="renew"),
    path("<slug:module>/confidence/", module.confidence, name="confidence"),
    path("<slug:module>/check/", check.check, name="check"),
    path("<slug:module>/check/start/", check.check_start, name="check-start"),
    path("<slug:module>/check/save/", check.check_save, name="check-save"),
    path("<slug:module>/result/", check.result, name="result"),
    path("<slug:module>/<slug:unit>/", unit.unit, name="unit"),
    path("<slug:module>/<slug:unit>/finish/", unit.finish, name="finish"),
    path("<slug:module>/<slug:unit>/reflection/<str:block>/", unit.reflection, name="reflection"),
    path("<slug:module>/<slug:unit>/try/<str:block>/", unit.try_it, name="try"),
]
learning_urls = (learning_patterns, "learning")

session_patterns = [
    path("", sessions.session_list, name="list"),
    path("<int:pk>/", sessions.session_detail, name="detail"),
    path("<int:pk>/papers/<int:paper_pk>/", session_papers.paper, name="paper"),
    path("<int:pk>/book/", sessions.session_book, name="book"),
    path("named/", guests.named, name="named"),
    path("my-place/", guests.come_back, name="come-back"),
    path("place/<str:token>/", by_link(places.place_page), name="place"),
    path("place/<str:token>/papers/<int:paper_pk>/", by_link(session_papers.place_paper), name="place-paper"),
    path("place/<str:token>/book/", by_link(places.book_again), name="place-book"),
    *both("take/", places.place_move, "take", name="take"),
    *both("cancel/", places.place_move, "cancel", name="cancel"),
    *both("colleague/", colleagues.book, "colleague"),
    path("place/<str:token>/name/", by_link(colleagues.name), name="place-name"),
    *both("ready/", getting_ready.ready, "ready"),
    path("<int:pk>/prepare/", needs.prepare, name="prepare"),
    *both("calendar/<int:date>/", places.calendar_file, "calendar"),
]
session_urls = (session_patterns, "sessions")

session_manage_patterns = [
    path("", planning.session_list, name="list"),
    path("add/", planning.session_add, name="add"),
    path("<int:pk>/", session_desk.session_desk, name="detail"),
    path("<int:pk>/copy/", planning.session_copy, name="copy"),
    path("<int:pk>/delete/", planning.session_delete, name="delete"),
    path("<int:pk>/change/", planning.session_change, name="change"),
    path("<int:pk>/change/<slug:code>/", planning.session_change, name="part"),
    path("<int:pk>/check/", session_desk.session_check, name="check"),
    path("<int:pk>/check/mail/", session_desk.session_mail, name="mail"),
    path("<int:pk>/invite/", session_desk.session_invite, name="invite"),
    path("<int:pk>/ask-again/", session_desk.session_ask_again, name="ask-again"),
    path("<int:pk>/message/", session_desk.session_message, name="message"),
    path("<int:pk>/go-ahead/", session_desk.session_go_ahead, name="go-ahead"),
    path("<int:pk>/cancel/", session_desk.session_cancel, name="cancel"),
    path("<int:pk>/papers/", session_desk.session_papers, name="papers"),
    path("<int:pk>/papers/<int:paper_pk>/withdraw/", session_desk.paper_withdraw, name="paper-withdraw"),
    path("<int:pk>/places/<int:place_pk>/<slug:name>/", session_desk.place_decide, name="place"),
    path("<int:pk>/room/", participation.room, name="room"),
]
session_manage_urls = (session_manage_patterns, "manage-sessions")

invitation_patterns = [
    path("<str:token>/", invitations.answer, name="answer"),
    path("<str:token>/papers/<int:paper_pk>/", session_papers.invited_paper, name="paper"),
]

organisation_patterns = [
    path("", organisations.organisation_list, name="list"),
    path("<int:pk>/", organisations.decide, name="decide"),
    path("names/<int:pk>/take-back/", organisations.take_back, name="take-back"),
]
organisation_urls = (organisation_patterns, "organisations")

need_patterns = [
    path("", needs.need_list, name="list"),
    path("session/<int:session_pk>/", needs.need_list, name="of-session"),
    path("<int:pk>/", needs.answer, name="answer"),
]
need_urls = (need_patterns, "needs")

invitation_urls = (invitation_patterns, "invitations")

session_day_patterns = [
    path("<int:pk>/attendance/", attendance.take, name="attendance"),
    path("<int:pk>/attendance/<int:date_pk>/", attendance.take, name="attendance-date"),
    path("<int:pk>/attendance/<int:date_pk>/everyone/", attendance.everyone, name="everyone"),
    path("<int:pk>/attendance/<int:date_pk>/walk-in/", attendance.walk_in, name="walk-in"),
    path("<int:pk>/attendance/<int:date_pk>/sheet/", attendance.sheet, name="sheet"),
    path("<int:pk>/certificates/", session_certificates.review, name="certificates"),
    path("<int:pk>/heard/", heard.answer, name="heard"),
]
session_day_urls = (session_day_patterns, "session-day")

feedback_patterns = [path("<str:token>/", feedback.answer, name="answer")]
feedback_urls = (feedback_patterns, "feedback")

certificate_patterns = [
    path("", certificates.certificate_list, name="list"),
    path("<str:code>/", certificates.detail, name="detail"),
    path("<str:code>/pdf/", certificates.pdf, name="pdf"),
]
certificate_urls = (certificate_patterns, "certificates")

verify_patterns = [
    path("", certificates.verify, name="verify"),
    path("<str:code>/", certificates.verify, name="verify-code"),
]
verify_urls = (verify_patterns, "verify")

extra_try_patterns = [
    path("", extra_tries.extra_try_list, name="list"),
    path("<int:pk>/", extra_tries.extra_try_give, name="give"),
]
extra_try_urls = (extra_try_patterns, "manage-tries")

certificate_manage_patterns = [
    path("", certificates.manage, name="list"),
    path("<str:code>/", certificates.manage_one, name="detail"),
]
certificate_manage_urls = (certificate_manage_patterns, "manage-certificates")

venue_manage_patterns = [
    path("", venues.venue_list, name="list"),
    path("add/", venues.venue_add, name="add"),
    path("<int:pk>/", venues.venue_detail, name="detail"),
    path("<int:pk>/edit/", venues.venue_edit, name="edit"),
    path("<int:pk>/check/", venues.venue_check, name="check"),
    path("<int:pk>/ask/", venues.venue_ask, name="ask"),
    path("questions/<int:pk>/withdraw/", venues.question_withdraw, name="withdraw"),
]
venue_manage_urls = (venue_manage_patterns, "manage-venues")

venue_patterns = [path("<str:token>/", venues.answer, name="answer")]
venue_urls = (venue_patterns, "venues")
required_patterns = [
    path("", required.required_list, name="list"),
    path("add/", required.required_add, name="add"),
    path("<int:pk>/", required.required_detail, name="detail"),
    path("<int:pk>/end/", required.required_end, name="end"),
    path("<int:pk>/except/", required.required_except, name="except"),
    path("exceptions/<int:pk>/end/", required.exception_end, name="exception-end"),
]
required_urls = (required_patterns, "manage-required")


proposal_patterns = [
    path("propose/", proposals.propose, name="propose"),
    path("proposals/<int:pk>/", proposals.detail, name="detail"),
    path("proposals/<int:pk>/reply/", proposals.reply, name="reply"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw"),
]
proposal_urls = (proposal_patterns, "proposals")

proposal_manage_patterns = [path("", proposals.proposal_list, name="list")]
proposal_manage_urls = (proposal_manage_patterns, "manage-proposals")
participation_patterns = [
    path("", participation.participation, name="year"),
    path("csv/", participation.participation_csv, name="csv"),
    path("sizes/", participation.sizes, name="sizes"),
]
participation_urls = (participation_patterns, "manage-participation")
