/*
 * The first process of a guest: it prepares the place, and then the program runs there as always.
 */
#ifndef TCPCLOSE_GUEST_INSIDE_H
#define TCPCLOSE_GUEST_INSIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/usec.h"

/*
 * This word on the command line makes the program the first process of a guest. The folder as the
 * host names it stands behind the '='.
 */
#define INSIDE_OPTION "--guest="

/*
 * Returns whether this process is the first one of a guest. Then everything is mounted, and *argc
 * and *argv are what the folder says. When that fails, the reason goes to the console, and the
 * guest ends.
 */
bool inside_enter(struct arena *arena, int *argc, char ***argv);

/*
 * Tells whether the guest has virtual time: its clock goes on only while everybody sleeps (the
 * kernel's option time-travel=inf-cpu).
 */
bool inside_virtual_time(void);

/*
 * Seconds between two moments at which a test, or a script, may begin. The kernel's timer wheel
 * rounds a timer to a unit that depends on how long it lasts: up to 8^8 ticks, and 8^5 for some
 * hours. With 100 or 1000 ticks a second, GRID_TEST is a multiple of 2^15 ticks. So all timers of a
 * test run as if the kernel had just booted, whatever was before.
 */
enum inside_grid { GRID_TEST = 8192, GRID_SCRIPT = 1 };

/* Sleeps until the clock is at a multiple of `grid`. */
void inside_align(enum inside_grid grid);

/* Ends the guest. */
_Noreturn void inside_leave(void);

#endif
