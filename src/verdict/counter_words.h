/*
 * What a counter of the kernel tells that has moved: a row for each, with what the kernel did and
 * the clause of the RFC that it goes by. Counters come as host.h has them: "ListenOverflows +1,
 * TCPTimeouts +2".
 */
#ifndef TCPCLOSE_VERDICT_COUNTER_WORDS_H
#define TCPCLOSE_VERDICT_COUNTER_WORDS_H

#include <stddef.h>

struct counter_row {
	const char *name; /* without its group, but for those that other groups have, too */
	const char *text; /* a sentence without a dot */
};

/* The i-th row; NULL beyond the last. */
const struct counter_row *counter_row(size_t i);

/*
 * Goes through those that moved: the row of the next that has one, and *moved behind it; NULL at
 * the end of them.
 */
const struct counter_row *counter_next(const char **moved);

/*
 * A guess at what a segment is, made without counters, is corrected by those that moved, where one
 * of them tells which of its causes it was: "abort by RST|ACK: probably a close with unread data,
 * or with linger 0" becomes "abort by RST|ACK: a close with unread data, says TCPAbortOnClose".
 * `text` has `size` bytes.
 */
void counter_settle_guess(const char *moved, char *text, size_t size);

#endif
