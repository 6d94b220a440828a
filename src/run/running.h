/*
 * A run that is under way: what all kinds of steps share. What comes from outside is constant.
 * Everybody may read the parts; each is changed only by the functions of its own header.
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

enum { RING_CLOSES_MAX = 64 };
enum { PASSED_MAX = 64 }; /* descriptors in flight; of more it is not known whose they are */

struct live_call;
struct code;

/* A step that is over. */
struct past_step {
	usec_t begun, over; /* what it sends may come from its beginning on */
	const struct connection *current;
};

struct running {
	const struct program *program;
	const struct settings *settings;
	const struct addresses *addresses;
	struct host *host;
	bool only_states;     /* of a state line no more than the state counts: left_out.h */
	struct arena *arena;  /* lives as long as the run */
	struct arena *shared; /* memory that twins share; NULL: there are no twins */

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
		struct live_call *pending; /* begun, and not over */
	} calls;
	struct { /* passing.h */
		struct passed {
			unsigned end; /* of a socketpair: where it was sent */
			struct connection *connection;
		} list[PASSED_MAX];
		size_t count;
	} passing;
	struct { /* ring.h */
		struct ring_close {
			int64_t user_data;
			int descriptor;
		} closes[RING_CLOSES_MAX]; /* submitted, and not completed */
		size_t count;
	} rings;
	struct {                /* patience.h */
		usec_t longest; /* timeout of a socket */
	} patience;
	struct { /* call_put.c: where calls read into when nobody looks at it */
		void *memory;
		size_t size;
	} sink;
	struct { /* tell.h */
		struct run_listener listener;
		struct evidence *evidence;
		/* The number of the event that the current step is about; or EVENT_NONE. */
		size_t event;
		/* That of the current step; NULL: the script's current connection. */
		struct connection *connection;
		const struct step
			*step;   /* the current step; NULL: before the first and after the last */
		usec_t pressure; /* that of the machine at the start; -1: not known */
		bool failed;
		unsigned injected, sent; /* packets so far */
	} teller;
	struct { /* extra.h */
		struct past_step *steps;
		size_t count;
		/* The last line that was added: where, for what, and when that came. */
		struct edit *line;
		size_t place;
		const struct connection *connection;
		struct segment last;
		usec_t at;
	} past;
	struct code *code; /* step_code.c: the text of the code blocks */
};

#endif
