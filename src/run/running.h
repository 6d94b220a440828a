/* A run under way: what the kinds of steps share. Only run*.c include this. */
#ifndef TCPCLOSE_RUN_RUNNING_H
#define TCPCLOSE_RUN_RUNNING_H

#include <stdbool.h>

#include "base/arena.h"
#include "run/connection.h"
#include "run/descriptors.h"
#include "run/run.h"

enum { LATENESS_SAMPLES = 4096 };

/* A packet of the kernel's that no line has claimed yet. */
struct queued {
	struct segment live;
	struct connection *connection; /* NULL: a stranger's */
	usec_t at;                     /* script time */
	usec_t last;                   /* of several for one line: when the last of them came */
	const char *bad;
	size_t event; /* its number in the trace, unless it is bad */
	char classified[CLASSIFIED_TEXT];
	struct queued *next;
};

struct live_call;

struct running {
	const struct program *program;
	const struct settings *settings;
	const struct addresses *addresses;
	struct host *host;
	struct run_listener listener;
	struct verdict *verdict;
	struct arena *arena;

	usec_t start;               /* host time of the script's 0 */
	usec_t pressure;            /* the machine's then; -1: it is not known */
	const struct step *step;    /* the current one */
	usec_t due, until;          /* its time, in script time; until == due but for ranges */
	usec_t previous_due;        /* of the step before */
	usec_t previous_over;       /* when that was over */
	usec_t took, previous_took; /* how long the call of the step did */
	usec_t over;                /* when the current one was over; -1: now */
	bool previous_injected;

	struct connections connections;
	struct descriptors *descriptors; /* of the process whose call it is */
	struct process {
		struct descriptors *descriptors; /* NULL: a program, or not there */
		unsigned host_number;
	} processes[PROCESSES];
	struct arena *shared; /* memory that twins see, too; NULL: there are none */
	struct queued *queue, **queue_end, *queue_free;
	struct live_call *pending; /* begun, not finished */
	struct code *code;         /* run_code.c */
	char *sink;                /* where calls read into when nobody looks */
	size_t sink_size;
	bool stirred; /* a packet was on the wire, or a program was started */
	bool failed;
	usec_t late_sum; /* what the harness has lost in all */
	uint32_t lateness[LATENESS_SAMPLES];
	size_t lateness_count;
};

/* One kind of step. False: the run is over. */
typedef bool step_function(struct running *run, const struct step *step);
step_function step_inject, step_expect, step_call, step_command, step_code, step_observe;
step_function step_process, step_link;

/* ---- run.c ---- */

usec_t run_now(struct running *run); /* script time */

/*
 * Waits until a script time; packets are queued and calls finished meanwhile. False when the run is
 * over (stopped, broken, or a call failed).
 */
bool run_wait_until(struct running *run, usec_t time);

/* Waits until something happens; *time_is_up when it was only the time. */
bool run_wait_event(struct running *run, usec_t time, bool *time_is_up);

/* How far off a time may be that was wanted `since` the event before it. */
usec_t run_tolerance(const struct running *run, usec_t since);

/* The harness did at `at` what the current step is about. */
void run_note_lateness(struct running *run, usec_t at);

/* Adds an event to the trace; finish it with run_tell(). */
struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at);
void run_tell(struct running *run, const struct event *event);

/*
 * The run has failed: the verdict, its position and its reason. Always returns false. What failed
 * while the harness was late is INVALID.
 */
bool run_fail(struct running *run, struct range line, struct range where, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool run_end(struct running *run, enum verdict_kind kind, struct range line, const char *format,
             ...) __attribute__((format(printf, 4, 5)));

/* A mismatch that --non_fatal lets pass is only counted. */
bool run_fail_or_warn(struct running *run, bool non_fatal, struct range line, struct range where,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* ---- run_packet.c ---- */

void packet_arrived(struct running *run, const struct host_packet *packet);

/* A segment is left that no line expects: the run fails with it. */
bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why);

/* The first packet left over that counts, or NULL. */
const struct queued *packet_left(const struct running *run);

/* ---- run_call.c ---- */

/* Looks after the calls that have come back. */
bool calls_finish(struct running *run);

/* The latest script time at which a pending call is to return; false when there is none. */
bool calls_pending(const struct running *run, usec_t *latest);

/* Is a call pending that was to be back at a time, or before? */
bool calls_overdue(const struct running *run, usec_t time);

/* Fails with a call that should have been back for longer than a time may be off. */
bool calls_in_time(struct running *run);

/* Fails with the first call that is still blocked. */
bool calls_still_blocked(struct running *run);

/* ---- run_observe.c ---- */

/* The connection's state now, for the verdict; false when there is none to look at. */
bool observe_current(struct running *run, struct tcp_status *state);

/* ---- run_code.c ---- */

/* Runs the code blocks that were collected; false when an assertion failed. */
bool code_run(struct running *run);

#endif
