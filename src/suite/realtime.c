#include "suite/realtime.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { SPIN_MAX = 10 * 1000 * 1000 };   /* microseconds without a sleep: then it hangs */

/*
 * The lowest real-time priority is above everything that is not real-time, and below what the
 * kernel runs for itself. A test sleeps nearly always. Memory that is locked later could meet an
 * ordinary user's limit when a thread wants its stack, so only what is there is locked.
 */
void realtime_enter(void)
{
	const struct sched_param lowest = { .sched_priority = sched_get_priority_min(SCHED_FIFO) };
	const struct rlimit spin = { SPIN_MAX, SPIN_MAX };
	if (sched_setscheduler(0, SCHED_FIFO, &lowest) == 0)
		setrlimit(RLIMIT_RTTIME, &spin);
	mlockall(MCL_CURRENT | MCL_ONFAULT);
}
