/*
 * Writes a script for a conversation and a guess, with the calls that may have made the kernel send
 * this.
 */
#ifndef TCPCLOSE_AUTHOR_DRAFT_H
#define TCPCLOSE_AUTHOR_DRAFT_H

#include "author/drafting.h"

/* Writes a draft. Never fails; everything is in `arena`. The text does not begin with a comment. */
void draft_write(const struct conversation *talk, const struct guess *guess, struct arena *arena,
                 struct draft *draft);

/* The line in which an offset is, or the last one before it. */
const struct draft_line *draft_line_at(const struct draft *draft, uint32_t offset);

#endif
