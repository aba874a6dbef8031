// The skill `envelope`: reckon on the back of an envelope before you argue.
//
// The host reads the list when it opens the team, and pins lesson and reminders when a debate opens, so all of it may depend on its arguments
// and settings only.
//
// `amatelier.h` is made of wit/ by each build. A function that can fail returns false and sets *err; one that may have nothing to give
// returns false, too.

#include "text.h"

static const char ID[] = "envelope";

static const char LESSON[] =
    "## The back of an envelope\n\n"
    "Most arguments about size end when somebody multiplies three numbers. Be that somebody.\n\n"
    "1. Say what you want to know as one number with its unit: euros a year, minutes a day, people.\n"
    "2. Break it into three or four factors that you can guess to within a factor of two. Write each down with where it comes from.\n"
    "3. Multiply, and round to one digit. Nobody believes the second one.\n"
    "4. Ask which factor you trust least. Double it, halve it. If the decision stays the same, stop reckoning; if not, that factor is what "
    "the table has to find out.\n\n"
    "Show the envelope: the factors on one line, so that others can put in their own.";

typedef exports_amatelier_skill_skills_skill_t skill_t;

static amatelier_list_string_t list(const char *first, const char *second) {
  amatelier_string_t *both = calloc(2, sizeof *both);
  if (both == NULL) abort();
  both[0] = owned(text(first));
  both[1] = owned(text(second));
  return (amatelier_list_string_t){both, 2};
}

void exports_amatelier_skill_skills_list_skills(exports_amatelier_skill_skills_list_skill_t *skills) {
  skill_t *only = calloc(1, sizeof *only);
  if (only == NULL) abort();
  only->id = owned(text(ID));
  only->title = owned(text("The back of an envelope"));
  only->summary = owned(text("Reckon with three numbers before you argue about size."));
  only->tags = list("numbers", "estimates");
  only->axes = list("accuracy", "impact");
  only->suggested_price = 8;
  skills->ptr = only;
  skills->len = 1;
}

bool exports_amatelier_skill_skills_teach(text_t *id, exports_amatelier_skill_skills_learner_t *who, text_t *lesson, text_t *err) {
  if (!same(*id, ID)) {
    text_t why = {0};
    add_literal(&why, "nobody here teaches `"), add(&why, *id), add_literal(&why, "`");
    *err = why;
    return false;
  }
  text_t all = {0};
  if (who->uses == 0) {
    add_literal(&all, "Your first debate with it: one envelope, three factors.");
  } else {
    add_literal(&all, "Envelopes so far: "), add_number(&all, who->uses);
    add_literal(&all, ". This time, start with the factor that you trust least.");
  }
  add_literal(&all, "\n\n"), add_literal(&all, LESSON);
  *lesson = all;
  return true;
}

bool exports_amatelier_skill_skills_advise(text_t *id, text_t *phase, uint32_t round, text_t *advice) {
  (void)round;
  if (!same(*id, ID)) return false;
  if (same(*phase, "speak")) {
    *advice = owned(text("Which number would end this argument? Guess its factors aloud."));
    return true;
  }
  if (same(*phase, "rebuttal")) {
    *advice = owned(text("Halve the factor that they trust least. Does the conclusion stay?"));
    return true;
  }
  return false;
}
