/*
 * The time of what happens: CLOCK_REALTIME, which is also that of the kernel's stamps on packets.
 * Where time is virtual it is told in grains: there the clock only goes on while all sleep, but for
 * some 256 ns whenever it is read, and how often the kernel does so varies a little.
 */
#ifndef TCPCLOSE_KERNEL_CLOCK_H
#define TCPCLOSE_KERNEL_CLOCK_H

#include <time.h>

#include "base/usec.h"

enum { CLOCK_GRAIN_VIRTUAL = 100 }; /* microseconds */

/* For the whole process. 1, as it is in the beginning, is none. */
void clock_set_grain(usec_t grain);

/* Now, and a time of the kernel's, in grains. */
usec_t clock_now(void);
usec_t clock_of(struct timespec time);

/* Now, to the microsecond: for sleeping until then. */
usec_t clock_exact(void);

/* Returns just after a tick of the kernel's, the next one or the one after that. */
void clock_await_tick(void);

#endif
