/* The first process of a guest: it makes the place where the program then runs as always. */
#ifndef TCPCLOSE_GUEST_INSIDE_H
#define TCPCLOSE_GUEST_INSIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/usec.h"

/*
 * The word that makes a guest's first process of the program, with the host's name of the folder.
 */
#define INSIDE_OPTION "--guest="

/*
 * Are we that process? Then all is mounted, and *argc and *argv become what the folder says; on
 * failure the reason goes to the console, and the guest ends.
 */
bool inside_enter(struct arena *arena, int *argc, char ***argv);

/* Time goes on only while everybody sleeps, see time-travel=inf-cpu. */
bool inside_virtual_time(void);

/*
 * Seconds. The timer wheel rounds to ticks of the level that a timer falls into, up to 8^8 of them;
 * what lasts some hours is on the fifth. With 100 or 1000 ticks a second GRID_TEST has a multiple
 * of 2^15 of them, so all timers run as if the kernel had just come up, whatever was before.
 */
enum inside_grid { GRID_TEST = 8192, GRID_SCRIPT = 1 };

/* Sleeps until the clock is at a multiple of that. */
void inside_align(enum inside_grid grid);

/* Ends the guest. */
_Noreturn void inside_leave(void);

#endif
