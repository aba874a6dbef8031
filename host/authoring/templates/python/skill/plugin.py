"""The skill `pre-mortem`: suppose that it has failed, and say why.

The host reads the list when it opens the team, and pins lesson and reminders when a debate opens, so all of it may depend on its arguments
and settings only.

`wit_world` is made of wit/ when the component is built: one module per interface.
"""

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.skills import Skill

ID = "pre-mortem"

LESSON = """## Pre-mortem

It is a year from now. What the table is about to decide was done, and it has failed. Nobody doubts it any more.

1. Write its obituary in one sentence: what it was called, and what it died of.
2. Go back a month at a time. What was the first sign, and who could have seen it?
3. Ask which of today's sentences made that possible. Quote it, with the name of whoever said it.
4. Say what would have to be true, or be done, for you to write another obituary.

Do not collect twenty ways to fail. One that everybody can see coming is worth more."""


class Skills(exports.Skills):
    def list_skills(self):
        return [
            Skill(
                id=ID,
                title="Pre-mortem",
                summary="Suppose that it has failed, and say why.",
                tags=["risk", "foresight"],
                axes=["impact", "challenge"],
                suggested_price=9,
            )
        ]

    def teach(self, id, who):
        if id != ID:
            raise Err(f"nobody here teaches `{id}`")
        if who.uses == 0:
            first = "Your first debate with it: hold one, on the proposal that you like best."
        else:
            first = f"You have held it in {who.uses} debate(s). Did any of those obituaries come true?"
        return f"{first}\n\n{LESSON}"

    def advise(self, id, phase, round):
        if id != ID:
            return None
        return {
            "speak": "A year from now it has failed. What does the obituary say?" if round > 1 else None,
            "rebuttal": "Whose sentence will be quoted in the obituary?",
        }.get(phase)
