/* Who is told of every event as it happens; may be empty. */
#ifndef TCPCLOSE_RUN_LISTENER_H
#define TCPCLOSE_RUN_LISTENER_H

#include "verdict/trace.h"

struct run_listener {
	void (*event)(void *context, const struct event *event);
	void *context;
};

#endif
