/*
 * Script time counts from the start of the script; host time is the clock of the packet capture. A
 * relative time counts from the end of the event before it. For a packet of the kernel's, this is
 * when the kernel sent it, not when we saw it, so that our own lateness does not add up. Injected
 * packets that follow each other count from their due times.
 *
 * Everybody may read the fields; only these functions change them.
 */
#ifndef TCPCLOSE_RUN_TIMING_H
#define TCPCLOSE_RUN_TIMING_H

#include <stdbool.h>

#include "base/usec.h"
#include "host/host.h"
#include "program/program.h"

struct timing {
	struct host *host;
	const struct settings *settings;
	usec_t start; /* the host time at which script time is 0 */
	/* Of the current step; `until` is the same as `due`, except for ranges. */
	usec_t due, until;
	usec_t over; /* when the current step was over; -1: now */
	usec_t took; /* how long its call took */
	struct {
		usec_t due, over, took;
		bool injected;
	} previous;   /* the step before */
	bool stirred; /* since the start; without it nothing can be on its way at the end */
};

void timing_init(struct timing *timing, struct host *host, const struct settings *settings);

/* The script begins at this host time. */
void timing_start(struct timing *timing, usec_t host_time);

/* Script time: now, and for a moment in host time. */
usec_t timing_now(const struct timing *timing);
usec_t timing_script(const struct timing *timing, usec_t host_time);

/* Host time for a moment in script time. USEC_FOREVER stays USEC_FOREVER. */
usec_t timing_host(const struct timing *timing, usec_t script_time);

/* The tolerance for a time that was wanted `since` after the event before it. */
usec_t timing_tolerance(const struct timing *timing, usec_t since);

/* The tolerance for the time of the current step. */
usec_t timing_tolerance_of_step(const struct timing *timing);

/* A step begins, and is due. A step is over. */
void timing_begin(struct timing *timing, const struct step *step);
void timing_end(struct timing *timing, const struct step *step);

/* A packet was on the wire, or a program was started. */
void timing_stir(struct timing *timing);

/*
 * Within a step: it is due later; what it is about was over at that time; its call took that long.
 */
void timing_put_off(struct timing *timing, usec_t due);
void timing_over(struct timing *timing, usec_t at);
void timing_took(struct timing *timing, usec_t took);

/*
 * When the current step could begin at the earliest. When a call returned late, that is not our
 * lateness.
 */
usec_t timing_earliest(const struct timing *timing);

#endif
