"""A program of one's own, with the standard library alone: finish a unit, book a session, download a certificate.

    COMMON_GROUND_TOKEN=cg_… python client.py http://127.0.0.1:8000

Make the token on the page Your account, Programs that act for you: for learning and sessions, and so that it may act.
"""

import json
import os
import sys
import uuid
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class CommonGround:
    """The API of one site, in the name of whoever made the token."""

    def __init__(self, site, token):
        self.base, self.token = f"{site.rstrip('/')}/api/v1", token

    def call(self, method, path, body=None, raw=False, **headers):
        """One request; what the API refuses is raised with its sentences."""
        headers |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())  # sent again after a lost answer, nothing happens twice
        data = json.dumps(body or {}).encode() if method != "GET" else None
        try:
            with urlopen(Request(self.base + path, data, headers, method=method)) as answer:
                return answer.read() if raw else json.load(answer)
        except HTTPError as refusal:
            raise SystemExit(f"{refusal.code}: {json.load(refusal)['detail']}") from None

    def all(self, path):
        """Every row of a list, page after page."""
        while path:
            page = self.call("GET", path)
            yield from page["results"]
            path = page["next"] and page["next"].removeprefix(self.base)


def finish_a_unit(site):
    """The next unit of the first module that was begun."""
    for module in site.all("/modules/?status=in-progress"):
        unit = site.call("GET", f"/modules/{module['slug']}/")["next_unit"]
        if unit:
            site.call("POST", f"/modules/{module['slug']}/units/{unit}/finish/")
            return f"Finished the unit {unit} of “{module['title']}”."
    return "No unit waits to be finished."


def book_a_session(site):
    """A place in the first session that has one to give."""
    for row in site.all("/sessions/"):
        session = site.call("GET", f"/sessions/{row['id']}/")
        if not session["my_place"] and not session["booking_blocked_by"]:
            place = site.call("POST", f"/sessions/{row['id']}/bookings/")
            return f"“{row['title']}”: {place['state']}"
    return "No session has a place to give."


def download_a_certificate(site):
    """The newest one, into this folder."""
    for certificate in site.all("/certificates/"):
        name = f"certificate-{certificate['code']}.pdf"
        with open(name, "wb") as file:
            file.write(site.call("GET", f"/certificates/{certificate['code']}/pdf/", raw=True))
        return f"Wrote {name}."
    return "There is no certificate yet."


if __name__ == "__main__":
    site = CommonGround(sys.argv[1], os.environ["COMMON_GROUND_TOKEN"])
    for step in (finish_a_unit, book_a_session, download_a_certificate):
        print(step(site))
