/* A function that is told of every event as it happens. It may be NULL. */
#ifndef TCPCLOSE_RUN_LISTENER_H
#define TCPCLOSE_RUN_LISTENER_H

#include "verdict/trace.h"

struct run_listener {
	void (*event)(void *context, const struct event *event);
	void *context;
};

#endif
