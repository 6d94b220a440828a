/*
 * A test sleeps most of the time, and must run as soon as it wakes up. On a busy machine, the
 * scheduler lets it wait about 10 ms; with the lowest real-time priority it waits less than 0.1 ms.
 * But a test that does not sleep would keep its processor for itself. So the kernel counts the time
 * without sleep (RLIMIT_RTTIME), and a thread that has not slept for SPIN_MAX gives up its priority
 * and continues like any other. The threads and twins that make a script's calls inherit the
 * priority, because their lateness is the test's lateness. The commands and programs of a script
 * begin without it.
 */
#include "suite/realtime.h"

#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* Microseconds. If giving up should fail, the kernel kills the process at the second limit. */
enum { SPIN_MAX = 50 * 1000, SPIN_END = 3 * 1000 * 1000 };

/* The signal comes to the thread that has not slept. */
static void give_up(int number)
{
	const struct sched_param none = { 0 };

	(void)number;
	sched_setscheduler(0, SCHED_OTHER, &none);
}

void realtime_enter(void)
{
	const struct sched_param lowest = { .sched_priority = sched_get_priority_min(SCHED_FIFO) };
	const struct rlimit spin = { SPIN_MAX, SPIN_END };

	signal(SIGXCPU, give_up);
	if (setrlimit(RLIMIT_RTTIME, &spin) == 0)
		sched_setscheduler(0, SCHED_FIFO, &lowest);
	/*
	 * MCL_FUTURE is not set: later a thread would need memory for its stack, and an ordinary
	 * user has a limit for locked memory.
	 */
	mlockall(MCL_CURRENT | MCL_ONFAULT);
}
