// Texts that grow. An instance lives for one call, so nothing is freed here.

#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amatelier.h"

// A text as the bindings have it: bytes in UTF-8 and their number, without a zero at the end.
typedef amatelier_string_t text_t;

static inline text_t text(const char *literal) {
  return (text_t){.ptr = (uint8_t *)literal, .len = strlen(literal)};
}

static inline void add(text_t *to, text_t more) {
  uint8_t *grown = malloc(to->len + more.len + 1);
  if (grown == NULL) abort();
  if (to->len > 0) memcpy(grown, to->ptr, to->len);
  if (more.len > 0) memcpy(grown + to->len, more.ptr, more.len);
  to->ptr = grown;
  to->len += more.len;
}

static inline void add_literal(text_t *to, const char *more) { add(to, text(more)); }

static inline void add_number(text_t *to, unsigned number) {
  char digits[16];
  snprintf(digits, sizeof digits, "%u", number);
  // The digits go away with this function; `add` copies them.
  add_literal(to, digits);
}

static inline bool same(text_t a, const char *literal) {
  return a.len == strlen(literal) && memcmp(a.ptr, literal, a.len) == 0;
}

static inline bool same_text(text_t a, text_t b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

// Without blanks at both ends.
static inline text_t trimmed(text_t of) {
  while (of.len > 0 && of.ptr[0] <= ' ') of.ptr++, of.len--;
  while (of.len > 0 && of.ptr[of.len - 1] <= ' ') of.len--;
  return of;
}

// A copy that belongs to whoever gets it: for what an exported function returns.
static inline text_t owned(text_t of) {
  text_t copy = {0};
  add(&copy, of);
  return copy;
}
