/*
 * Script time: it counts from the start of the script, host time is the clock of the packet
 * capture. A relative time counts from the end of the event before, which for a packet of the
 * kernel's is the moment the kernel sent it and not when we saw it, so that our own lateness does
 * not add up. Injected packets in a row count from their due times.
 *
 * The fields are for all to read; only these functions change them.
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
	usec_t start;      /* host time of the script's 0 */
	usec_t due, until; /* of the current step; until == due but for ranges */
	usec_t over;       /* when the current step was over; -1: now */
	usec_t took;       /* how long its call did */
	struct {
		usec_t due, over, took;
		bool injected;
	} previous;   /* the step before */
	bool stirred; /* since the start; without it nothing can be on its way at the end */
};

void timing_init(struct timing *timing, struct host *host, const struct settings *settings);

/* The script begins at a moment of host time. */
void timing_start(struct timing *timing, usec_t host_time);

/* Script time, now and of a moment of host time. */
usec_t timing_now(const struct timing *timing);
usec_t timing_script(const struct timing *timing, usec_t host_time);

/* Host time; USEC_FOREVER stays that. */
usec_t timing_host(const struct timing *timing, usec_t script_time);

/* How far off a time may be that was wanted `since` the event before it. */
usec_t timing_tolerance(const struct timing *timing, usec_t since);

/* ... that of the current step's. */
usec_t timing_tolerance_of_step(const struct timing *timing);

/* A step begins: it is due. And is over. */
void timing_begin(struct timing *timing, const struct step *step);
void timing_end(struct timing *timing, const struct step *step);

/* A packet was on the wire, or a program was started. */
void timing_stir(struct timing *timing);

/* Within a step: it is due later; when what it is about was over; how long its call took. */
void timing_put_off(struct timing *timing, usec_t due);
void timing_over(struct timing *timing, usec_t at);
void timing_took(struct timing *timing, usec_t took);

/*
 * When the current step could begin at the earliest: a call that came back late is not our doing.
 */
usec_t timing_earliest(const struct timing *timing);

#endif
