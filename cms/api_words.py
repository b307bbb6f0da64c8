"""What somebody reads first who has never seen the API: the introduction and one line for each group of operations."""

from django.conf import settings

from people.enums import ApiArea

ANY_SITE = "https://ground.example.org"
INTRODUCTION = """
Common Ground is where a public body and its partners learn together, keep examples of what they did, meet in joint
sessions, and record it in reviews. Whatever a person can see and do on its pages, a program of theirs can see and do
here: the same rules, the same refusals, the same sentences. Nothing more.

### Start in two minutes

1. Sign in, open **Your account → Programs that act for you**, and make a token. It is shown once.
2. Ask who you are:

       curl -H "Authorization: Bearer cg_…" https://ground.example.org/api/v1/me/

3. A ready program that finishes a unit, books a session and downloads a certificate comes with the source:
   `cms/data/client.py`, 75 lines of Python without other libraries.

A token reaches the **areas** it was made for and writes only if it was made to write. It ends on its day, when you
revoke it, and with your account.

### Reading

Bodies are JSON in UTF-8. Times are ISO 8601 with their zone, days are plain dates. Lists come in pages: follow `next`
until it is null; `page_size` is at most 100. What you may not see looks exactly like what does not exist: 404.

### Doing: moves

A record with a life (an example, a place, a review) shows `moves`: what **you** may do with it **now**, and in
`blocked_by` the sentences for what is still missing. Each move is one address, `POST …/moves/<name>/`.

Send the `ETag` you read as `If-Match`. If somebody changed the record meanwhile you get 412 and nothing is written;
without the header you get 428. Send an `Idempotency-Key` of your own with whatever creates something: the same request
with the same key is carried out once and answered the same for a day.

### When something is wrong

Every refusal is a problem (RFC 9457, `application/problem+json`): `status`, a `code` for your program, and in `errors`
one sentence for each thing that is wrong, with the `path` to it in your body.

| Status | Means | Do |
|---|---|---|
| 400 | a value is not right | correct it |
| 401 | no token, or it does not work any more | make a new one |
| 403 | you see it, but it is not yours to do; or the token does not reach it | ask somebody else |
| 404 | not there, or not for you | |
| 409 | it cannot be done as things stand | read the sentences |
| 412, 428 | changed since you read it; no If-Match | read it again |
| 429 | too much in a minute | wait `Retry-After` seconds |

`RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` say how much is left in this minute.
"""

GROUPS = {
    ApiArea.ME: "Who I am, and what waits for me.",
    ApiArea.LEARNING: "Modules and their units, how far I am, the final check, certificates.",
    ApiArea.SESSIONS: "Joint sessions, my place in them, getting ready, attendance, who was in the room.",
    ApiArea.EXAMPLES: "Moments that show how I work with partners, and asking those who were there.",
    ApiArea.REVIEWS: "My reviews, those of people I manage, and those I confirm as second manager. Confidential.",
    ApiArea.PARTNERSHIPS: "What we expect of each other, partnerships and organisations.",
}


def describe(result, generator, request, public):
    """Put the words at the head of the description (a postprocessing hook)."""
    result["info"]["description"] = INTRODUCTION.strip().replace(ANY_SITE, settings.SITE_URL)
    used = {tag for path in result["paths"].values() for operation in path.values() for tag in operation["tags"]}
    result["tags"] = [{"name": area, "description": words} for area, words in GROUPS.items() if area in used]
    return result
