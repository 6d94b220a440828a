/* Says in words what the model finds in a run. */
#ifndef TCPCLOSE_CHECK_SHADOW_SAY_H
#define TCPCLOSE_CHECK_SHADOW_SAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/usec.h"
#include "check/measure.h"
#include "program/program.h"
#include "verdict/evidence.h"
#include "verdict/trace.h"

enum { SHADOW_REASON = 256, SHADOW_DETAIL = 384 };

struct shadow_sentence {
	char reason[SHADOW_REASON]; /* one line, without a position */
	char detail
		[SHADOW_DETAIL]; /* "model     RULE, in STATE: CLAUSE", and the rule's sentence */
	size_t event;            /* the number of the event in the trace; SIZE_MAX: there is none */
	unsigned connection;     /* 0: there is none */
	usec_t at;
	struct range line; /* of the event, or of the last event before it that has a line */
};

/*
 * Holds the events of a run that is over against the model. False: it finds nothing. `opinion` is
 * filled in anyway.
 */
bool shadow_say(const struct program *program, const struct trace *trace,
                const struct shadow_measure *measure, struct second_opinion *opinion,
                struct shadow_sentence *sentence);

#endif
