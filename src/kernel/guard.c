#include "kernel/guard.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { PASSES = 10, LINK_TEXT = 64 }; /* room for "net:[4026531840]" */

static bool read_link(const char *process, char text[LINK_TEXT])
{
	char path[64];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%.20s/ns/net", process);
	length = readlink(path, text, LINK_TEXT - 1);
	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/* Kills all other processes in our network namespace. Returns false when there are none. */
static bool kill_neighbours(const char *ours)
{
	DIR *processes = opendir("/proc");
	bool found = false;
	char theirs[LINK_TEXT];

	for (struct dirent *entry; processes && (entry = readdir(processes));) {
		pid_t pid =
			isdigit((unsigned char)entry->d_name[0]) ? (pid_t)atol(entry->d_name) : 0;

		if (pid <= 0 || pid == getpid() || !read_link(entry->d_name, theirs) ||
		    strcmp(ours, theirs))
			continue;
		kill(pid, SIGKILL);
		found = true;
	}
	if (processes)
		closedir(processes);
	return found;
}

/*
 * Nobody writes into the pipe. It ends with the test, because the programs of the test have not
 * inherited it.
 */
static _Noreturn void watch(pid_t group, bool own_namespace, int pipe)
{
	char byte, ours[LINK_TEXT];

	setpgid(0, 0);
	sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){ 0 });
	dup2(pipe, STDIN_FILENO);
	close_range(STDIN_FILENO + 1, ~0u, 0);
	while (read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR)
		;
	kill(-group, SIGKILL);
	/*
	 * Processes that have left the group are still in the namespace. They may be starting
	 * others, so this is done several times.
	 */
	if (own_namespace && read_link("self", ours))
		for (int i = 0; i < PASSES && kill_neighbours(ours); i++)
			;
	syscall(SYS_exit_group, 0);
	__builtin_unreachable();
}

void guard_start(bool own_namespace)
{
	static bool started;
	pid_t group = getpgrp();
	int ends[2];

	if (started || group != getpid() || pipe2(ends, O_CLOEXEC) != 0)
		return;
	started = true;
	if (fork() == 0)
		watch(group, own_namespace, ends[0]);
	close(ends[0]);
}
