/*
 * Theory of operation. A test sleeps nearly always, and is wanted the moment it wakes: on a busy
 * machine the scheduler gives it its turn some 10 ms later, with the lowest real-time priority
 * within 0.1 ms. The danger is a test that does not sleep: it would keep its processor for itself.
 * So the kernel counts (RLIMIT_RTTIME), and who has not slept for SPIN_MAX loses the priority and
 * goes on as everybody does. The threads and the twins that make a script's calls inherit it, for
 * what is late there is late here, too; the commands and programs of a script begin without it.
 */
#include "suite/realtime.h"

#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* Microseconds; if giving up should not work, the kernel kills the process at the second. */
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
	 * Memory that is locked later could meet an ordinary user's limit when a thread wants its
	 * stack.
	 */
	mlockall(MCL_CURRENT | MCL_ONFAULT);
}
