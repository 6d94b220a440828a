/* Tells what happens, and how the run ends. */
#ifndef TCPCLOSE_RUN_TELL_H
#define TCPCLOSE_RUN_TELL_H

#include <stdbool.h>

#include "run/running.h"

/* Begins a run. `listener` is told of events, and `evidence` is filled in. */
void teller_begin(struct running *run, const struct run_listener *listener,
                  struct evidence *evidence);

/* The script begins. */
void teller_start(struct running *run);

/* A step begins; NULL: the last one is over. */
void teller_step(struct running *run, const struct step *step);

/*
 * The run is over. When it has not failed, it has ended well. This also notes how late the harness
 * was.
 */
void teller_end(struct running *run);

/* The line of the current step; {0,0} when there is none. */
struct range teller_where(const struct running *run);

/*
 * Adds an event to the trace; run_tell() completes it. The current step is about this event, unless
 * it is a segment of the kernel's, which belongs to no step yet.
 */
struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at);

/* The kernel sent bytes that are no segment, and so no event; but a packet. */
void run_count_bad(struct running *run);

/* What the current step is about: an event by its number, EVENT_NONE; a connection. */
void run_about(struct running *run, size_t event);
void run_about_connection(struct running *run, struct connection *connection);

void run_tell(struct running *run, const struct event *event);

/* Notes how late the harness was: it did at `at` (script time) what the current step is about. */
void run_note_lateness(struct running *run, usec_t at);

/*
 * The run has failed: something at a position is not as the script has it, for a reason. Always
 * returns false. run_end() is for other endings.
 */
bool run_fail(struct running *run, struct range line, struct range where, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool run_end(struct running *run, enum ending ending, struct range line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Fails because of a call that should have returned, but has not for so long. Always returns false.
 */
bool run_hang(struct running *run, struct range line, const char *call, usec_t time);

/*
 * Like run_fail(), but with `non_fatal` (the option --non_fatal), or with --bless, the mismatch is
 * only a warning: it is reported beside the verdict, the run continues, and the function returns
 * true. A mismatch of a call is added with mismatch_add() before, and is removed with it.
 */
bool run_fail_or_warn(struct running *run, bool non_fatal, struct range line, struct range where,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
