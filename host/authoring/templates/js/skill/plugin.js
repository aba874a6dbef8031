// The skill `five-whys`: ask why until the reason is reached.
//
// The host reads the list when it opens the team, and pins lesson and reminders when a debate opens, so all of it may depend on its arguments
// and settings only.
//
// Each interface in wit/ is a module. Names in WIT with dashes are camelCase here; what is absent is null; a function that can fail throws.

const ID = "five-whys";

const LESSON = `## Five whys

A claim stands on a reason, the reason on another one. Debates stop at the second. Go on.

1. Take one claim and ask why. Write the answer in a sentence that could be wrong.
2. Ask why of that sentence, and of the next. Stop when the answer is a fact somebody can look up, a number, or a preference.
3. A fact: look it up, or say that nobody has. A number: ask where it comes from. A preference: say whose.
4. Go back up. Which step would fall first? That is what the table should talk about.

Five is a custom, not a rule; three good ones are enough. Never ask why of a person, only of a claim.`;

export const skills = {
  listSkills() {
    return [
      {
        id: ID,
        title: "Five whys",
        summary: "Ask why until the reason is reached.",
        tags: ["questions", "causes"],
        axes: ["accuracy", "impact"],
        suggestedPrice: 7,
      },
    ];
  },

  teach(id, who) {
    if (id !== ID) throw `nobody here teaches \`${id}\``;
    const first =
      who.uses === 0
        ? "Your first debate with it: ask your own claim why, before you ask anybody else's."
        : `You have asked why in ${who.uses} debate(s). This time, stop one step earlier and look the answer up.`;
    return `${first}\n\n${LESSON}`;
  },

  advise(id, phase, round) {
    if (id !== ID) return null;
    if (phase === "speak" && round === 1) return "Why? And why that? Start from the last answer.";
    if (phase === "rebuttal") return "Which of the others' reasons would fall first?";
    return null;
  },
};
