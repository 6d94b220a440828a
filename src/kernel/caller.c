/*
 * The owner (the one thread of the test) and a worker share `phase`, which only goes forward:
 *
 *   IDLE      the worker waits for a call; the owner may give it one.
 *   GIVEN     the worker is waking up; the call belongs to it.
 *   INSIDE    set right before the call. From now on the worker can only sleep in that call,
 *             so a thread that sleeps in this phase is in a call that blocks.
 *   BLOCKED   set by the owner, who has seen it sleep and continues: the worker must wake it.
 *   RETURNED  the call is complete; the owner takes it and makes the worker IDLE.
 *
 * The owner looks at `phase` with growing pauses and never spins: in a guest with virtual time,
 * time goes on only when everyone sleeps.
 */
#include "kernel/caller.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/stop_signals.h"
#include "kernel/clock.h"
#include "kernel/schedstat.h"

enum {
	STACK_BYTES = 64 << 10, /* a worker calls hardly anything */
	FIRST_PAUSE = 20,
	LONGEST_PAUSE = 1000, /* microseconds */
	GIVE_UP_AFTER = 1000, /* pauses, when a call cannot be interrupted */
};

enum phase { IDLE, GIVEN, INSIDE, BLOCKED, RETURNED };

/* A worker is a thread of ours or a twin. That of a twin is in memory that both processes share. */
struct worker {
	struct caller *caller;
	struct worker *next;
	unsigned process; /* 0: it is a thread */
	pid_t pid;        /* for a twin: its process */
	bool dead;        /* for a twin: it has ended */
	pthread_t thread;
	sem_t given, returned;
	_Atomic enum phase phase;
	struct host_call *call; /* NULL in GIVEN: the thread shall end */
	bool lost;              /* the twin has ended during the call */
	int stat_fd;            /* its file /proc/.../stat */
	int sched_fd;           /* see schedstat.h */
};

struct caller {
	struct worker *workers;
	int wake_fd;
	const atomic_uint *stopped;
	call_maker *make;
	void *context;
};

void caller_system_call(struct host_call *call)
{
	const long *a = call->arguments;

	call->started = clock_now();
	call->result = syscall(call->number, a[0], a[1], a[2], a[3], a[4], a[5]);
	call->error = call->result == -1 ? errno : 0;
	call->ended = clock_now();
}

/* ---- the worker's side ---- */

static void worker_serve(struct worker *worker)
{
	const uint64_t one = 1;

	usec_t waited;

	for (;;) {
		while (sem_wait(&worker->given) < 0)
			;
		if (!worker->call)
			return;
		waited = schedstat_waited(worker->sched_fd);
		atomic_store(&worker->phase, INSIDE);
		worker->caller->make(worker->caller->context, worker->call);
		worker->call->delayed = schedstat_waited(worker->sched_fd) - waited;
		/*
		 * An eventfd has room for 2^64 - 2, so this cannot fail; but it may be interrupted.
		 */
		if (atomic_exchange(&worker->phase, RETURNED) == BLOCKED)
			while (write(worker->caller->wake_fd, &one, sizeof(one)) < 0 &&
			       errno == EINTR)
				;
		sem_post(&worker->returned);
	}
}

static void *worker_run(void *argument)
{
	struct worker *worker = argument;

	worker->stat_fd = open("/proc/thread-self/stat", O_RDONLY | O_CLOEXEC);
	worker->sched_fd = schedstat_open();
	worker_serve(worker);
	return NULL;
}

/*
 * The thread blocks the signals that stop a run. A signal that a call itself causes (SIGPIPE) must
 * come to this thread.
 */
static int thread_start(struct worker *worker)
{
	pthread_attr_t attributes;
	sigset_t stops = stop_signals_set(), before;
	int failed;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	pthread_sigmask(SIG_BLOCK, &stops, &before);
	failed = pthread_create(&worker->thread, &attributes, worker_run, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return failed;
}

static struct worker *worker_new(struct caller *caller)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	int failed;

	if (!worker)
		return NULL;
	worker->caller = caller;
	worker->stat_fd = worker->sched_fd = -1;
	sem_init(&worker->given, 0, 0);
	sem_init(&worker->returned, 0, 0);
	failed = thread_start(worker);
	if (failed) {
		free(worker);
		errno = failed;
		return NULL;
	}
	worker->next = caller->workers;
	caller->workers = worker;
	return worker;
}

/* ---- twins ---- */

static struct worker *twin_find(struct caller *caller, unsigned number)
{
	struct worker *worker = caller->workers;

	while (worker && worker->process != number)
		worker = worker->next;
	return worker;
}

bool caller_fork(struct caller *caller, unsigned number, pid_t *pid)
{
	struct worker *worker = mmap(NULL, sizeof(*worker), PROT_READ | PROT_WRITE,
	                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char path[32];

	if (worker == MAP_FAILED)
		return false;
	worker->caller = caller;
	worker->process = number;
	worker->sched_fd = -1;
	sem_init(&worker->given, 1, 0);
	sem_init(&worker->returned, 1, 0);
	*pid = fork();
	if (*pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		worker_serve(worker);
		syscall(SYS_exit_group, 0);
	}
	if (*pid < 0) {
		munmap(worker, sizeof(*worker));
		return false;
	}
	worker->pid = *pid;
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)*pid);
	worker->stat_fd = open(path, O_RDONLY | O_CLOEXEC);
	worker->next = caller->workers;
	caller->workers = worker;
	return true;
}

void caller_bury(struct caller *caller, unsigned number)
{
	struct worker *worker = twin_find(caller, number);

	if (!worker || worker->dead)
		return;
	worker->dead = true;
	if (worker->call && atomic_load(&worker->phase) != RETURNED) {
		worker->lost = true;
		worker->call->ended = clock_now();
		atomic_store(&worker->phase, RETURNED);
		sem_post(&worker->returned);
	}
}

/* ---- the owner's side ---- */

/*
 * Waits until the worker has returned from its call. Returns false when it has not within `pause`.
 */
static bool worker_await(struct worker *worker, usec_t pause)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until = timespec_of_usec(usec_of_timespec(until) + pause);
	while (sem_clockwait(&worker->returned, CLOCK_MONOTONIC, &until) < 0)
		if (errno != EINTR)
			return false;
	return true;
}

/*
 * Reads the third word of proc_pid_stat(5). The second one is in parentheses, and may have anything
 * in it.
 */
static bool worker_sleeps(const struct worker *worker)
{
	char text[128];
	ssize_t length = pread(worker->stat_fd, text, sizeof(text) - 1, 0);
	const char *state;

	if (length <= 0)
		return false;
	text[length] = '\0';
	state = strrchr(text, ')');
	return state && state[1] == ' ' && state[2] == 'S';
}

static void worker_release(struct worker *worker)
{
	worker->call->end = worker->lost ? CALL_DIED : CALL_RETURNED;
	worker->call = NULL;
	atomic_store(&worker->phase, IDLE);
}

struct caller *caller_open(int wake_fd, const atomic_uint *stopped, call_maker *make, void *context)
{
	struct caller *caller = calloc(1, sizeof(*caller));

	if (caller)
		*caller = (struct caller){
			.wake_fd = wake_fd, .stopped = stopped, .make = make, .context = context
		};
	return caller;
}

/*
 * Returns a worker that is free for the call. When a twin is not free, returns NULL with EBUSY;
 * when it is dead, with ESRCH.
 */
static struct worker *worker_for(struct caller *caller, const struct host_call *call)
{
	struct worker *worker = caller->workers;

	if (call->process) {
		worker = twin_find(caller, call->process);
		errno = worker && !worker->dead ? EBUSY : ESRCH;
		return worker && !worker->dead && atomic_load(&worker->phase) == IDLE ? worker
		                                                                      : NULL;
	}
	while (worker && (worker->process || atomic_load(&worker->phase) != IDLE))
		worker = worker->next;
	return worker ? worker : worker_new(caller);
}

/* A twin that has ended will not return from its call. */
static bool worker_ended(struct worker *worker)
{
	char text[128];

	if (!worker->process)
		return false;
	ssize_t length = pread(worker->stat_fd, text, sizeof(text) - 1, 0);
	if (length > 0) {
		text[length] = '\0';
		const char *state = strrchr(text, ')');

		if (!state || (state[2] != 'Z' && state[2] != 'X'))
			return false;
	}
	caller_bury(worker->caller, worker->process);
	return true;
}

/* Makes a call in a twin. The signal that stops the run is sent on to it. */
static void twin_call(struct caller *caller, struct host_call *call)
{
	call->end = CALL_NOT_MADE;
	if (!caller_begin(caller, call))
		return;
	/* Even a call that returns at once may sleep for a moment, and be seen asleep. */
	for (struct worker *worker = twin_find(caller, call->process); call->end == CALL_PENDING;) {
		if (atomic_load(caller->stopped))
			kill(worker->pid, SIGTERM);
		if (worker_await(worker, LONGEST_PAUSE) ||
		    (worker_ended(worker) && worker_await(worker, LONGEST_PAUSE)))
			worker_release(worker);
	}
}

void caller_call(struct caller *caller, struct host_call *call)
{
	unsigned stops = atomic_load(caller->stopped);

	if (call->process) {
		twin_call(caller, call);
	} else {
		caller->make(caller->context, call);
		call->end = CALL_RETURNED;
	}
	if (call->end == CALL_RETURNED && atomic_load(caller->stopped) != stops)
		call->end = CALL_STOPPED;
}

bool caller_begin(struct caller *caller, struct host_call *call)
{
	struct worker *worker = worker_for(caller, call);

	if (!worker)
		return false;
	call->end = CALL_PENDING;
	worker->call = call;
	atomic_store(&worker->phase, GIVEN);
	sem_post(&worker->given);
	for (usec_t pause = FIRST_PAUSE; !worker_await(worker, pause);) {
		enum phase inside = INSIDE;

		if (atomic_load(&worker->phase) == INSIDE && worker_sleeps(worker) &&
		    atomic_compare_exchange_strong(&worker->phase, &inside, BLOCKED))
			return true;
		worker_ended(worker);
		if (pause < LONGEST_PAUSE)
			pause *= 2;
	}
	worker_release(worker);
	return true;
}

void caller_settle(struct caller *caller)
{
	const struct timespec pause = timespec_of_usec(FIRST_PAUSE);

	for (struct worker *worker = caller->workers; worker; worker = worker->next)
		while (!worker->process && atomic_load(&worker->phase) == BLOCKED &&
		       !worker_sleeps(worker))
			nanosleep(&pause, NULL);
}

bool caller_harvest(struct caller *caller)
{
	struct worker *first = NULL;

	for (struct worker *worker = caller->workers; worker; worker = worker->next)
		if (atomic_load(&worker->phase) == RETURNED &&
		    (!first || worker->call->ended < first->call->ended))
			first = worker;
	if (!first)
		return false;
	/* The semaphore is posted right after the phase is set, so this does not wait for long. */
	while (sem_wait(&first->returned) < 0)
		;
	worker_release(first);
	return true;
}

/* ---- the end ---- */

static void interrupted(int number)
{
	(void)number;
}

/* Returns true when the worker has left its call. */
static bool worker_interrupt(struct worker *worker)
{
	for (int i = 0; i < GIVE_UP_AFTER; i++) {
		pthread_kill(worker->thread, SIGRTMIN);
		if (worker_await(worker, LONGEST_PAUSE))
			return true;
	}
	return false;
}

static bool worker_end(struct worker *worker)
{
	if (worker->process) {
		close(worker->stat_fd);
		munmap(worker, sizeof(*worker));
		return true;
	}
	if (atomic_load(&worker->phase) != IDLE && !worker_interrupt(worker))
		return false;
	worker->call = NULL;
	sem_post(&worker->given);
	pthread_join(worker->thread, NULL);
	close(worker->stat_fd);
	close(worker->sched_fd);
	sem_destroy(&worker->given);
	sem_destroy(&worker->returned);
	free(worker);
	return true;
}

void caller_close(struct caller *caller)
{
	struct sigaction action = { .sa_handler = interrupted }, before;
	bool ended = true;

	if (!caller)
		return;
	sigaction(SIGRTMIN, &action, &before);
	for (struct worker *worker = caller->workers, *next; worker; worker = next) {
		next = worker->next;
		ended &= worker_end(worker);
	}
	/*
	 * When a thread cannot be brought out of its call, what it uses is kept until the process
	 * ends.
	 */
	if (ended) {
		sigaction(SIGRTMIN, &before, NULL);
		free(caller);
	}
}
