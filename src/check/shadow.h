/*
 * The model as a second oracle of a run: all that a run saw, its events, is held against it when
 * the run is over. Nothing of it happens while the kernel is watched.
 */
#ifndef TCPCLOSE_CHECK_SHADOW_H
#define TCPCLOSE_CHECK_SHADOW_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/model.h"
#include "program/program.h"
#include "verdict/trace.h"

struct shadow_finding {
	struct model_finding model; /* places are numbers of events, counted from 1 */
	const struct event *event;  /* what was seen; of a duty: what asked for it; or NULL */
	unsigned connection;
};

struct shadow_result {
	bool found;
	struct shadow_finding finding; /* the first */
	struct transitions taken;      /* the rules, of all connections */
	unsigned judged;               /* connections to their end */
	unsigned in_part;              /* ... of which too much was possible, or too little known */
};

/* How late the kernel may be seen to do something, besides what the model grants it. */
void shadow_judge(const struct program *program, const struct trace *trace, enum model_mode mode,
                  usec_t slack, struct shadow_result *result);

#endif
