/*
 * The model judges a run, too: when the run is over, the model is told all its events. Nothing of
 * this happens while the kernel is watched.
 */
#ifndef TCPCLOSE_CHECK_SHADOW_H
#define TCPCLOSE_CHECK_SHADOW_H

#include <stdbool.h>
#include <stddef.h>

#include "check/measure.h"
#include "model/model.h"
#include "program/program.h"
#include "verdict/trace.h"

struct shadow_finding {
	struct model_finding model; /* `place` is the number of an event, counted from 1 */
	/* What was seen; for something overdue, what asked for it; or NULL. */
	const struct event *event;
	unsigned connection;
};

struct shadow_result {
	bool found;
	struct shadow_finding finding; /* the first */
	struct transitions taken;      /* the rules, of all connections */
	unsigned judged;               /* connections to their end */
	unsigned in_part;              /* ... of which too much was possible, or too little known */
};

void shadow_judge(const struct program *program, const struct trace *trace,
                  const struct shadow_measure *measure, struct shadow_result *result);

#endif
