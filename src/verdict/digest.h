/*
 * What a run came to, event by event, without times and windows: enough to see where two subjects
 * part.
 */
#ifndef TCPCLOSE_VERDICT_DIGEST_H
#define TCPCLOSE_VERDICT_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "verdict/trace.h"

enum { DIGEST_EVENTS = 192, DIGEST_WORDS = 64 };

struct digest {
	size_t count;
	uint32_t events[DIGEST_EVENTS]; /* the first of them */
	uint16_t kinds[DIGEST_EVENTS];  /* enum event_kind, and what a segment's flags are */
};

void digest_of(const struct trace *trace, struct digest *digest);

/* How two runs first differ, in a few words without numbers; NULL: they do not. */
const char *digest_difference(const struct digest *a, const struct digest *b,
                              char words[DIGEST_WORDS]);

#endif
