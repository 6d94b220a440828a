/* A call on its way: the program's values, the kernel's words, and the memory between them. */
#ifndef TCPCLOSE_RUN_LIVE_CALL_H
#define TCPCLOSE_RUN_LIVE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "program/symbols.h"
#include "program/syscalls.h"
#include "run/running.h"

enum { CALL_MEMORY = 640 };

struct live_call {
	const struct call_want *want;
	const struct step *step;
	struct host_call host;
	size_t output_room;            /* outputs that host.outputs has room for */
	usec_t due, end;               /* script time; `end` of blocking calls only */
	usec_t late_before;            /* lateness.sum when it began */
	struct connection *connection; /* of its first descriptor */
	size_t event;                  /* its newest, by number */
	struct live_call *next;        /* pending */
	size_t used;
	_Alignas(16) char memory[CALL_MEMORY];
	struct call_block *more; /* what did not fit */
	struct arena *shared;    /* ... is here when another process makes the call */
};

#endif
