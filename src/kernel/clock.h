/*
 * The time at which things happen: CLOCK_REALTIME, which is also the clock of the kernel's stamps
 * on packets. Virtual time is told in grains. There, the clock goes on only while all processes
 * sleep, but each reading moves it by about 256 ns, and how often the kernel reads it varies a
 * little.
 */
#ifndef TCPCLOSE_KERNEL_CLOCK_H
#define TCPCLOSE_KERNEL_CLOCK_H

#include <time.h>

#include "base/usec.h"

enum { CLOCK_GRAIN_VIRTUAL = 100 }; /* microseconds */

/*
 * Sets the grain for the whole process, in microseconds. It is 1 at first, which changes nothing.
 */
void clock_set_grain(usec_t grain);

/* The time now, and a time of the kernel's, rounded to grains. */
usec_t clock_now(void);
usec_t clock_of(struct timespec time);

/* The time now, to the microsecond, for sleeping until a deadline. */
usec_t clock_exact(void);

/* Returns just after a tick of the kernel's timer: the next tick, or the one after it. */
void clock_await_tick(void);

#endif
