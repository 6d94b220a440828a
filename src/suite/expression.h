/*
 * Expressions of --select, such as  tag(slow) & !family(ipv6) | name(*reset*). '!' binds most
 * strongly, then '&', then '|'. In the parentheses of a word is a pattern.
 */
#ifndef TCPCLOSE_SUITE_EXPRESSION_H
#define TCPCLOSE_SUITE_EXPRESSION_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "suite/selectable.h"

struct expression;

/* Returns NULL, after reporting what is wrong, when the text is not an expression. */
const struct expression *expression_parse(const struct source_text *text, struct arena *arena,
                                          struct diag *diag);

bool expression_fits(const struct expression *expression, const struct selectable *test);

#endif
