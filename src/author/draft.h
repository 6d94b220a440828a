/*
 * A script for a conversation, as a guess has it: the calls that may have made the kernel send
 * this.
 */
#ifndef TCPCLOSE_AUTHOR_DRAFT_H
#define TCPCLOSE_AUTHOR_DRAFT_H

#include "author/drafting.h"

/* Never fails; all is in `arena`. The text has no comment in front. */
void draft_write(const struct conversation *talk, const struct guess *guess, struct arena *arena,
                 struct draft *draft);

/* The line in which an offset is, or the last before it. */
const struct draft_line *draft_line_at(const struct draft *draft, uint32_t offset);

#endif
