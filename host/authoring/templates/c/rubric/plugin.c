// A rubric that marks brevity: who says it in few words, and who says something at all.
//
// The host calls axes once and score when a debate is over; it refuses marks that are not on their scale, and calls again with the reason.
//
// `amatelier.h` is made of wit/ by each build.

#include "text.h"

// Words per speech up to which a mark is given, the best first.
static const unsigned BRIEF[] = {60, 120, 200};

// Speeches from which on a mark is given.
static const unsigned PRESENT[] = {5, 3, 1};

typedef exports_amatelier_rubric_rubric_axis_t axis_t;
typedef exports_amatelier_rubric_rubric_mark_t mark_t;
typedef exports_amatelier_rubric_rubric_scorecard_t card_t;

static void *room_for(size_t count, size_t size) {
  void *room = calloc(count > 0 ? count : 1, size);
  if (room == NULL) abort();
  return room;
}

static axis_t axis(const char *id, const char *name, const char *description) {
  uint32_t *scale = room_for(4, sizeof *scale);
  for (uint32_t i = 0; i < 4; i++) scale[i] = i;
  return (axis_t){owned(text(id)), owned(text(name)), owned(text(description)), {scale, 4}};
}

void exports_amatelier_rubric_rubric_axes(exports_amatelier_rubric_rubric_list_axis_t *axes) {
  axes->ptr = room_for(2, sizeof *axes->ptr);
  axes->len = 2;
  axes->ptr[0] = axis("brevity", "Brevity", "Says it in few words.");
  axes->ptr[1] = axis("presence", "Presence", "Says something, and more than once.");
}

static unsigned words_in(text_t of) {
  unsigned words = 0;
  for (size_t i = 0; i < of.len; i++) {
    bool begins = of.ptr[i] > ' ' && (i == 0 || of.ptr[i - 1] <= ' ');
    if (begins) words++;
  }
  return words;
}

// Messages that a mark may rest on.
#define EVIDENCE 64

// What a member said in all.
typedef struct {
  unsigned speeches, words;
  // The first of its messages: what the marks rest on.
  uint32_t messages[EVIDENCE];
} said_t;

// The host gives the newest messages that fit, so older ones are fetched by their numbers.
static said_t count(text_t member) {
  said_t said = {0};
  amatelier_chat_chat_filter_t which = {
      .author = {.is_some = true, .val = member},
      .kind = {.is_some = true, .val = text("speech")},
  };
  for (;;) {
    amatelier_chat_chat_list_message_t page;
    amatelier_chat_chat_recall(&which, &page);
    if (page.len == 0) return said;
    for (size_t i = 0; i < page.len; i++) {
      if (said.speeches < EVIDENCE) said.messages[said.speeches] = page.ptr[i].seq;
      said.speeches++;
      said.words += words_in(page.ptr[i].text);
    }
    which.before.is_some = true;
    which.before.val = page.ptr[0].seq;
  }
}

static mark_t mark(const char *axis, uint32_t value, unsigned number, const char *of_what, const said_t *said) {
  text_t because = {0};
  add_number(&because, number), add_literal(&because, of_what);
  size_t count = said->speeches < EVIDENCE ? said->speeches : EVIDENCE;
  uint32_t *evidence = room_for(count, sizeof *evidence);
  memcpy(evidence, said->messages, count * sizeof *evidence);
  return (mark_t){owned(text(axis)), value, because, {evidence, count}};
}

bool exports_amatelier_rubric_rubric_score(exports_amatelier_rubric_rubric_list_member_name_t *members, text_t *retry_note, exports_amatelier_rubric_rubric_list_scorecard_t *cards, text_t *err) {
  (void)retry_note, (void)err;
  cards->ptr = room_for(members->len, sizeof *cards->ptr);
  cards->len = members->len;
  for (size_t i = 0; i < members->len; i++) {
    said_t said = count(members->ptr[i]);
    unsigned speeches = said.speeches, mean = speeches > 0 ? said.words / speeches : 0;
    uint32_t brevity = 0, presence = 0;
    for (int step = 0; step < 3; step++) {
      if (speeches > 0 && mean <= BRIEF[step] && brevity == 0) brevity = 3 - step;
      if (speeches >= PRESENT[step] && presence == 0) presence = 3 - step;
    }
    card_t *card = &cards->ptr[i];
    card->member = owned(members->ptr[i]);
    card->marks.ptr = room_for(2, sizeof *card->marks.ptr);
    card->marks.len = 2;
    card->marks.ptr[0] = mark("brevity", brevity, mean, " words a speech", &said);
    card->marks.ptr[1] = mark("presence", presence, speeches, " speech(es)", &said);
    card->insights.ptr = NULL;
    card->insights.len = 0;
  }
  return true;
}
