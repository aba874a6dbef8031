"""A rubric for plain words: fewer that mean nothing, more that can be checked.

Two axes. `plainness` falls with every buzzword per hundred words; `receipts` rises with figures, quotations and places in files. What a member
quotes (lines that begin with >) is somebody else's. The words are a setting, so every house can ban its own.
"""

import re

from wit_world import exports
from wit_world.exports.rubric import Axis, Mark, Scorecard
from wit_world.imports import chat, settings

SCALE = [0, 1, 2, 3]

# Messages that a mark may rest on; all of them the member's own, as the host checks.
EVIDENCE = 64

DEFAULT = (
    "synergy, leverage, holistic, paradigm, robust, seamless, scalable, innovative, strategic, disruptive, ecosystem, best practice, "
    "low-hanging fruit, going forward, world-class"
)

# A figure, something between quotation marks, a place such as report.csv:12.
RECEIPT = re.compile(r"\b[\w.-]+\.\w+:\d+|“[^”]+”|\"[^\"]+\"|\b\d[\d.,]*")


class Rubric(exports.Rubric):
    def axes(self):
        return [
            Axis("plainness", "Plainness", "Uses few words that mean nothing.", SCALE),
            Axis("receipts", "Receipts", "Gives figures, quotations and places that can be checked.", SCALE),
        ]

    def score(self, members, retry_note):
        banned = [word.strip().lower() for word in (settings.get("words") or DEFAULT).split(",") if word.strip()]
        said = {member: [] for member in members}
        for speech in speeches():
            if speech.author in said:
                said[speech.author].append((speech.seq, own(speech.text)))
        return [Scorecard(member, [plainness(said[member], banned), receipts(said[member])], []) for member in members]


def plainness(said, banned):
    words = sum(len(text.split()) for _, text in said)
    if words == 0:
        return Mark("plainness", 0, "said nothing, which is plain, but not a word", [])
    guilty = {word: [seq for seq, text in said if re.search(rf"\b{re.escape(word)}\w*", text, re.IGNORECASE)] for word in banned}
    found = [word for word in banned if guilty[word]]
    value = max(0, SCALE[-1] - len(found))
    because = f"{len(found)} buzzword(s)" + (f": {', '.join(found[:3])}" if found else "")
    # A mark rests on what spoils it, or, where nothing does, on all that was said.
    evidence = {seq for word in found for seq in guilty[word]} or {seq for seq, _ in said}
    return Mark("plainness", value, f"{because}, in {words} words", sorted(evidence)[:EVIDENCE])


def receipts(said):
    receipts = [(seq, receipt) for seq, text in said for receipt in RECEIPT.findall(text)]
    found = [receipt for _, receipt in receipts]
    because = f"{len(found)} that can be checked" + (f", such as {found[0]}" if found else "")
    # One is an accident, three are a habit, six a method.
    evidence = sorted({seq for seq, _ in receipts})[:EVIDENCE]
    return Mark("receipts", sum(len(found) >= step for step in (1, 3, 6)), because, evidence)


def own(text):
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))


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
