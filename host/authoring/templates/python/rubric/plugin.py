"""A rubric that marks who asks and who answers.

A question counts when it stands in a sentence with the name of a member; it is answered when that member later says the asker's name. The
host calls axes once and score when a debate is over; it refuses marks that are not on their scale, and calls again with the reason.

`wit_world` is made of wit/ when the component is built: one module per interface.
"""

import re

from wit_world import exports
from wit_world.exports.rubric import Axis, Mark, Scorecard
from wit_world.imports import chat

ASKING = "asking"
ANSWERING = "answering"

# Messages that a mark may rest on.
EVIDENCE = 64
SCALE = [0, 1, 2, 3]


class Rubric(exports.Rubric):
    def axes(self):
        return [
            Axis(ASKING, "Asking", "Puts questions to others by name.", SCALE),
            Axis(ANSWERING, "Answering", "Answers whoever asked, by name.", SCALE),
        ]

    def score(self, members, retry_note):
        asked = {member: [] for member in members}
        answered = {member: [] for member in members}
        open_questions = []
        for speech in speeches():
            for question in [one for one in open_questions if one[1] == speech.author]:
                if names(question[0], speech.text) and speech.author in answered:
                    answered[speech.author].append((question[0], speech.seq))
                    open_questions.remove(question)
            for sentence in questions(speech.text):
                for member in members:
                    if member != speech.author and names(member, sentence) and speech.author in asked:
                        asked[speech.author].append((member, speech.seq))
                        open_questions.append((speech.author, member))
        return [
            Scorecard(
                member,
                [mark(ASKING, asked[member], "asked"), mark(ANSWERING, answered[member], "answered")],
                insights=[],
            )
            for member in members
        ]


def mark(axis, whom, verb):
    because = f"{verb} {len(whom)} time(s)"
    if whom:
        because += f", such as {whom[0][0]}"
    # The messages that the mark rests on: the member's own, as the host checks.
    evidence = sorted({seq for _, seq in whom})[:EVIDENCE]
    return Mark(axis, min(len(whom), SCALE[-1]), because, evidence)


def questions(text):
    """Sentences that end in a question mark. Cut at every end, in one pass: some speeches are long and have none."""
    return [sentence for sentence in re.split(r"(?<=[.!?\n])", text) if sentence.endswith("?")]


def names(member, text):
    """Whether a text says a member's name, as a word."""
    return re.search(rf"\b{re.escape(member)}\b", text, re.IGNORECASE) is not None


def speeches():
    """Every speech, oldest first. The host gives the newest that fit, so older ones are fetched by their numbers."""
    found = []
    while True:
        before = found[0].seq if found else None
        page = chat.recall(
            chat.Filter(author=None, round=None, phase=None, kind="speech", contains=None, after=None, before=before, limit=0)
        )
        if not page:
            return found
        found = page + found
