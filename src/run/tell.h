/* What happens is told, and in the end there is a verdict. */
#ifndef TCPCLOSE_RUN_TELL_H
#define TCPCLOSE_RUN_TELL_H

#include <stdbool.h>

#include "run/running.h"

/* The run begins: who is told, and what is filled in. */
void teller_begin(struct running *run, const struct run_listener *listener,
                  struct verdict *verdict);

/* The script begins. */
void teller_start(struct running *run);

/* It has come to a step, or is behind the last one (NULL). */
void teller_step(struct running *run, const struct step *step);

/* The run is over: passed, when it has not failed, and how late the harness was. */
void teller_end(struct running *run);

/* Where the run is: the line of its step; {0,0}: in none. */
struct range teller_where(const struct running *run);

/* Adds an event to the trace; finish it with run_tell(). */
struct event *run_event(struct running *run, enum event_kind kind, struct range where, usec_t at);
void run_tell(struct running *run, const struct event *event);

/* The harness did at `at` (script time) what the current step is about. */
void run_note_lateness(struct running *run, usec_t at);

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

#endif
