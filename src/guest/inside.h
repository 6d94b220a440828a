/* The first process of a guest: it makes the place where the program then runs as always. */
#ifndef TCPCLOSE_GUEST_INSIDE_H
#define TCPCLOSE_GUEST_INSIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/usec.h"

/* The word that makes a guest's first process of the program, with the host's name of the folder. */
#define INSIDE_OPTION "--guest="

/*
 * Are we that process? Then all is mounted, and *argc and *argv become what the folder says; on
 * failure the reason goes to the console, and the guest ends.
 */
bool inside_enter(struct arena *arena, int *argc, char ***argv);

/* Time goes on only while everybody sleeps, see time-travel=inf-cpu. */
bool inside_virtual_time(void);

/*
 * Sleeps until the clock is at a multiple of a time that is long enough for all of the kernel's
 * timers to run as if it had just begun, whatever was before.
 */
void inside_align(void);

/* Ends the guest. */
_Noreturn void inside_leave(void);

#endif
