// A rubric that marks who says how sure they are, and who changes their mind aloud.
//
// The host calls axes once and score when a debate is over; it refuses marks that are not on their scale, and calls again with the reason.
//
// Each interface in wit/ is a module. Names in WIT with dashes are camelCase here; what is absent is null; a function that can fail throws.

import { recall } from "amatelier:chat/chat@0.1.0";

const SCALE = [0, 1, 2, 3];

// Messages that a mark may rest on.
const EVIDENCE = 64;

// What is listened for. Crude, and the same for everybody.
const AXES = [
  {
    id: "candour",
    name: "Candour",
    description: "Says how sure they are, and of what not.",
    listens: /\b(i (?:do not|don't) know|not sure|unsure|i assume|i guess|my estimate|unchecked|per ?cent sure|likely|unlikely)\b/giu,
  },
  {
    id: "turning",
    name: "Turning",
    description: "Changes their mind, and says so.",
    listens: /\b(i was wrong|you are right|i change my|i changed my|i take (?:it|that) back|i stand corrected|convinced me|i withdraw)\b/giu,
  },
];

export const rubric = {
  axes() {
    return AXES.map(({ id, name, description }) => ({ id, name, description, scale: SCALE }));
  },

  score(members, retryNote) {
    const all = speeches();
    return members.map((member) => {
      const said = all.filter((speech) => speech.author === member);
      return { member, marks: AXES.map((axis) => mark(axis, said)), insights: [] };
    });
  },
};

function mark(axis, said) {
  const found = said.flatMap(({ seq, text }) => [...own(text).matchAll(axis.listens)].map((match) => ({ seq, words: match[0] })));
  const example = found.length ? `, such as “${found[0].words}”` : "";
  // The messages that the mark rests on: the member's own, as the host checks.
  const evidence = [...new Set(found.map(({ seq }) => seq))].slice(0, EVIDENCE);
  return { axis: axis.id, value: Math.min(found.length, SCALE.at(-1)), because: `${found.length} time(s)${example}`, evidence };
}

// What a member quotes are somebody else's words.
function own(text) {
  return text.split("\n").filter((line) => !line.trimStart().startsWith(">")).join("\n");
}

// Every speech, oldest first. The host gives the newest that fit, so older ones are fetched by their numbers.
function speeches() {
  let found = [];
  for (;;) {
    const before = found.length ? found[0].seq : null;
    const page = recall({ author: null, round: null, phase: null, kind: "speech", contains: null, after: null, before, limit: 0 });
    if (!page.length) return found;
    found = [...page, ...found];
  }
}
