/*
 * A run under way: what the kinds of steps share. What comes from outside is constant; each of the
 * parts is for all to read, and is changed by the functions of its own header only.
 */
#ifndef TCPCLOSE_RUN_RUNNING_H
#define TCPCLOSE_RUN_RUNNING_H

#include <stdbool.h>

#include "base/arena.h"
#include "run/actors.h"
#include "run/connection.h"
#include "run/lateness.h"
#include "run/listener.h"
#include "run/queue.h"
#include "run/timing.h"
#include "verdict/evidence.h"

struct live_call;
struct code;

struct running {
	const struct program *program;
	const struct settings *settings;
	const struct addresses *addresses;
	struct host *host;
	bool only_states;     /* of a state line no more than the state counts: left_out.h */
	struct arena *arena;  /* as long as the run */
	struct arena *shared; /* memory that twins see, too; NULL: there are none */

	struct timing timing;
	struct lateness lateness;
	struct connections connections;
	struct far_side { /* side.h: of a real peer */
		struct connections connections;
		struct addresses addresses;
	} far;
	struct queue queue;
	struct actors actors;
	struct {                           /* calls.h */
		struct live_call *pending; /* begun, not finished */
	} calls;
	struct {                /* patience.h */
		usec_t longest; /* timeout of a socket */
	} patience;
	struct { /* call_put.c: where calls read into when nobody looks */
		void *memory;
		size_t size;
	} sink;
	struct { /* tell.h */
		struct run_listener listener;
		struct evidence *evidence;
		size_t event; /* what the current step is about, by its number; or EVENT_NONE */
		struct connection *connection; /* of the current step; NULL: the script's current */
		const struct step
			*step;   /* the current one; NULL: before the first, after the last */
		usec_t pressure; /* the machine's at the start; -1: it is not known */
		bool failed;
		unsigned injected, sent; /* packets so far */
	} teller;
	struct code *code; /* step_code.c: what the code blocks said */
};

#endif
