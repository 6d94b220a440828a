/*
 * Ends what a test has started, also when the test was killed and cannot, and what has left its
 * process group: a process beside it that outlives it for a moment.
 */
#ifndef TCPCLOSE_KERNEL_GUARD_H
#define TCPCLOSE_KERNEL_GUARD_H

#include <stdbool.h>

/*
 * Starts the guard of this process's group, and of the network namespace when that is its own,
 * unless there is one, or the group is somebody else's. To be called before the first program is
 * started; what cannot be guarded is run all the same.
 */
void guard_start(bool own_namespace);

/* The network namespace that we are in now is guarded, too. To be called before guard_start(). */
void guard_here(void);

#endif
