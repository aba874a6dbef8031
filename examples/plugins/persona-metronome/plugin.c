// The metronome: asks no model, costs nothing, and counts.
//
// It says who has spoken how many words in this round, and which question nobody has taken up: the last one that was put to a member by name
// and that this member has not spoken since. It passes when there is nothing to count.

#include "text.h"

typedef amatelier_chat_chat_message_t message_t;

static amatelier_chat_chat_list_message_t speeches(uint32_t round) {
  amatelier_chat_chat_filter_t which = {
      .round = {.is_some = true, .val = round},
      .kind = {.is_some = true, .val = text("speech")},
  };
  amatelier_chat_chat_list_message_t found;
  amatelier_chat_chat_recall(&which, &found);
  return found;
}

static unsigned words_in(text_t of) {
  unsigned words = 0;
  for (size_t i = 0; i < of.len; i++) words += of.ptr[i] > ' ' && (i == 0 || of.ptr[i - 1] <= ' ');
  return words;
}

static bool is_letter(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte >= 0x80;
}

// Whether a text says a name, as a word, in any case.
static bool says(text_t words, text_t name) {
  for (size_t at = 0; at + name.len <= words.len; at++) {
    size_t same_so_far = 0;
    while (same_so_far < name.len && (words.ptr[at + same_so_far] | 0x20) == (name.ptr[same_so_far] | 0x20)) same_so_far++;
    bool begins = at == 0 || !is_letter(words.ptr[at - 1]);
    bool ends = at + name.len == words.len || !is_letter(words.ptr[at + name.len]);
    if (name.len > 0 && same_so_far == name.len && begins && ends) return true;
  }
  return false;
}

// The last sentence of a text that ends in a question mark; empty if none does.
static text_t last_question(text_t words) {
  text_t found = {0};
  for (size_t from = 0, at = 0; at < words.len; at++) {
    uint8_t byte = words.ptr[at];
    if (byte == '?') found = trimmed((text_t){words.ptr + from, at + 1 - from});
    if (byte == '?' || byte == '!' || byte == '.' || byte == '\n') from = at + 1;
  }
  return found;
}

// Who spoke how many words, by first appearance. Returns whether anybody did.
static bool add_counts(text_t *to, amatelier_chat_chat_list_message_t said, text_t own_name) {
  bool any = false;
  for (size_t i = 0; i < said.len; i++) {
    bool is_first = !same_text(said.ptr[i].author, own_name);
    for (size_t before = 0; before < i; before++) is_first = is_first && !same_text(said.ptr[before].author, said.ptr[i].author);
    if (!is_first) continue;
    unsigned words = 0;
    for (size_t j = i; j < said.len; j++) {
      if (same_text(said.ptr[j].author, said.ptr[i].author)) words += words_in(said.ptr[j].text);
    }
    if (any) add_literal(to, ", ");
    add(to, said.ptr[i].author), add_literal(to, " "), add_number(to, words);
    any = true;
  }
  return any;
}

// The last question to a member who has not spoken since. Returns whether there is one.
static bool add_open_question(text_t *to, amatelier_chat_chat_list_message_t said, text_t own_name) {
  amatelier_chat_chat_list_member_t members;
  amatelier_chat_chat_members(&members);
  for (size_t i = said.len; i-- > 0;) {
    text_t question = last_question(said.ptr[i].text);
    if (question.len == 0 || same_text(said.ptr[i].author, own_name)) continue;
    for (size_t m = 0; m < members.len; m++) {
      text_t name = members.ptr[m].name;
      if (same_text(name, said.ptr[i].author) || same_text(name, own_name) || !says(said.ptr[i].text, name)) continue;
      bool has_spoken = false;
      for (size_t j = i + 1; j < said.len; j++) has_spoken = has_spoken || same_text(said.ptr[j].author, name);
      if (has_spoken) continue;
      add_literal(to, "Still hanging in the air: “"), add(to, question), add_literal(to, "” (");
      add(to, said.ptr[i].author), add_literal(to, " to "), add(to, name), add_literal(to, ").");
      return true;
    }
  }
  return false;
}

bool exports_amatelier_persona_persona_take_turn(exports_amatelier_persona_persona_turn_t *turn, exports_amatelier_persona_persona_move_t *move, text_t *err) {
  (void)err;
  move->tag = EXPORTS_AMATELIER_PERSONA_PERSONA_MOVE_PASS;
  text_t own_name, words = {0}, counts = {0}, question = {0};
  amatelier_member_profile_name(&own_name);
  amatelier_chat_chat_list_message_t said = speeches(turn->round);
  bool has_counts = same(turn->phase, "rebuttal") && add_counts(&counts, said, own_name);
  bool has_question = !same(turn->phase, "research") && add_open_question(&question, said, own_name);
  // On the floor a turn is worth a question, not a census.
  if (!has_counts && !has_question) return true;
  add_literal(&words, "Tick. ");
  if (has_counts) add_literal(&words, "Words so far: "), add(&words, counts), add_literal(&words, ". ");
  if (has_question) add(&words, question), add_literal(&words, " ");
  add_literal(&words, "Tock.");
  move->tag = EXPORTS_AMATELIER_PERSONA_PERSONA_MOVE_SAY;
  move->val.say = words;
  return true;
}

bool exports_amatelier_persona_persona_answer(exports_amatelier_persona_persona_list_exchange_t *so_far, text_t *question, text_t *answer, text_t *err) {
  (void)err;
  text_t words = {0};
  add_literal(&words, "Your question has "), add_number(&words, words_in(*question));
  add_literal(&words, " words, and it is number "), add_number(&words, (unsigned)so_far->len + 1);
  add_literal(&words, ". I count; I do not judge.");
  *answer = words;
  return true;
}
