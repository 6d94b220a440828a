/* A call that is made: the program's values, the kernel's arguments, and the memory for them. */
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
	size_t output_room;            /* how many outputs host.outputs has room for */
	usec_t due, end;               /* script time; `end` only for calls that block */
	usec_t late_before;            /* lateness.sum when the call began */
	struct connection *connection; /* that of its first descriptor */
	size_t event;                  /* the number of its newest event */
	struct live_call *next;        /* in the list of pending calls */
	size_t used;
	_Alignas(16) char memory[CALL_MEMORY];
	struct call_block *more; /* memory that did not fit */
	bool keeps;              /* the kernel may read the memory later: it is never used again */
	struct arena *shared;    /* that memory is here when another process makes the call */
};

#endif
