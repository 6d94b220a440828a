#include "kernel/processes.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fault.h"
#include "kernel/clock.h"
#include "kernel/guard.h"
#include "kernel/schedstat.h"

/* ---- starting ---- */

bool process_start(const char *text, bool own_namespace, pid_t *pid)
{
	char *const arguments[] = { "sh", "-c", (char *)text, NULL };

	posix_spawnattr_t attributes;
	sigset_t all, none;
	int failed;

	guard_start(own_namespace);
	sigfillset(&all);
	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
	                                              POSIX_SPAWN_SETSCHEDULER);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setsigmask(&attributes, &none);
	/*
	 * A test may have real-time priority. Programs, which anybody may have written, shall not
	 * have it.
	 */
	posix_spawnattr_setschedpolicy(&attributes, SCHED_OTHER);
	posix_spawnattr_setschedparam(&attributes, &(struct sched_param){ 0 });
	fflush(NULL);
	failed = posix_spawn(pid, "/bin/sh", NULL, &attributes, arguments, environ);
	posix_spawnattr_destroy(&attributes);
	errno = failed;
	return failed == 0;
}

static bool add(struct processes *processes, pid_t pid, unsigned *number)
{
	processes->list[processes->count] = (struct process){
		.pid = pid,
		.fd = (int)syscall(SYS_pidfd_open, pid, 0),
	};
	*number = ++processes->count;
	return true;
}

static bool has_room(const struct processes *processes, char *error)
{
	if (processes->count < PROCESSES_MAX)
		return true;
	fault_say(FAULT_BROKEN, error, "there are more than %d processes", PROCESSES_MAX);
	return false;
}

bool processes_fork(struct processes *processes, unsigned *number, char *error)
{
	pid_t pid;

	if (!has_room(processes, error))
		return false;
	fflush(NULL);
	if (caller_fork(processes->caller, processes->count + 1, &pid))
		return add(processes, pid, number);
	fault_say(FAULT_BROKEN, error, "fork: %s", strerror(errno));
	return false;
}

bool processes_spawn(struct processes *processes, const char *text, unsigned *number, char *error)
{
	pid_t pid;

	if (!has_room(processes, error))
		return false;
	if (process_start(text, processes->own_namespace, &pid))
		return add(processes, pid, number);
	fault_say(FAULT_BROKEN, error, "/bin/sh: %s", strerror(errno));
	return false;
}

/* ---- looking after them ---- */

/* A twin that was killed will not return from its call. */
void processes_look(struct processes *processes)
{
	for (unsigned i = 0; i < processes->count; i++) {
		struct process *process = &processes->list[i];

		siginfo_t end = { 0 };

		if (process->ended ||
		    waitid(P_PID, (id_t)process->pid, &end, WEXITED | WNOHANG | WNOWAIT) < 0 ||
		    !end.si_pid)
			continue;
		process->waited = schedstat_family_waited(process->pid);
		waitpid(process->pid, &process->status, 0);
		process->ended = true;
		process->at = clock_now();
		caller_bury(processes->caller, i + 1);
	}
}

bool processes_tell(struct processes *processes, struct host_end *end)
{
	struct process *first = NULL;

	for (unsigned i = 0; i < processes->count; i++) {
		struct process *process = &processes->list[i];

		if (process->ended && !process->told && (!first || process->at < first->at))
			first = process;
	}
	if (!first)
		return false;
	first->told = true;
	*end = (struct host_end){
		.process = (unsigned)(first - processes->list) + 1,
		.status = first->status,
		.at = first->at,
	};
	return true;
}

size_t processes_poll(const struct processes *processes, struct pollfd files[PROCESSES_MAX])
{
	size_t count = 0;

	for (unsigned i = 0; i < processes->count; i++)
		if (!processes->list[i].ended && processes->list[i].fd >= 0)
			files[count++] =
				(struct pollfd){ .fd = processes->list[i].fd, .events = POLLIN };
	return count;
}

bool processes_ended(struct processes *processes, unsigned number, int *status)
{
	const struct process *process = &processes->list[number - 1];

	processes_look(processes);
	*status = process->status;
	return process->ended;
}

bool processes_kill(struct processes *processes, unsigned number, int signal, char *error)
{
	int status;

	if (processes_ended(processes, number, &status) ||
	    kill(processes->list[number - 1].pid, signal) == 0)
		return true;
	fault_say(FAULT_BROKEN, error, "kill: %s", strerror(errno));
	return false;
}

usec_t processes_waited(struct processes *processes)
{
	usec_t waited = 0;

	processes_look(processes);
	for (unsigned i = 0; i < processes->count; i++) {
		const struct process *process = &processes->list[i];

		waited += process->ended ? process->waited : schedstat_family_waited(process->pid);
	}
	return waited;
}

void processes_end(struct processes *processes)
{
	const struct process *end = processes->list + processes->count;
	int status;

	for (const struct process *process = processes->list; process < end; process++)
		if (!process->ended)
			kill(process->pid, SIGKILL);
	for (const struct process *process = processes->list; process < end; process++) {
		while (!process->ended && waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
			;
		if (process->fd >= 0)
			close(process->fd);
	}
}
