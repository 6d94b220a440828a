/* What happens is told, and in the end there is a verdict. */
#ifndef TCPCLOSE_RUN_TELL_H
#define TCPCLOSE_RUN_TELL_H

#include <stdbool.h>

#include "run/running.h"

/* The run begins: who is told, and what is filled in. */
void teller_begin(struct running *run, const struct run_listener *listener,
                  struct evidence *evidence);

/* The script begins. */
void teller_start(struct running *run);

/* It has come to a step, or is behind the last one (NULL). */
void teller_step(struct running *run, const struct step *step);

/* The run is over: well, when it has not failed, and how late the harness was. */
void teller_end(struct running *run);

/* Where the run is: the line of its step; {0,0}: in none. */
struct range teller_where(const struct running *run);

/*
 * Adds an event to the trace; finish it with run_tell(). It is what the current step is about,
 * unless that is a segment of the kernel's, which is nobody's yet.
 */
struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at);

/* The kernel sent bytes that are no segment, and so no event; but a packet. */
void run_count_bad(struct running *run);

/* What the current step is about: an event by its number, EVENT_NONE; a connection. */
void run_about(struct running *run, size_t event);
void run_about_connection(struct running *run, struct connection *connection);

void run_tell(struct running *run, const struct event *event);

/* The harness did at `at` (script time) what the current step is about. */
void run_note_lateness(struct running *run, usec_t at);

/*
 * The run has failed: something is not as the script has it, at a position, for a reason. Always
 * returns false. run_end(): it ends for another cause.
 */
bool run_fail(struct running *run, struct range line, struct range where, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool run_end(struct running *run, enum ending ending, struct range line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Fails with a call that should have returned and has not for so long. Always returns false. */
bool run_hang(struct running *run, struct range line, const char *call, usec_t time);

/*
 * A mismatch that --non_fatal lets pass is told beside the verdict, and the run goes on: true. A
 * call gets a mismatch with mismatch_add(), and it goes with it.
 */
bool run_fail_or_warn(struct running *run, bool non_fatal, struct range line, struct range where,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
