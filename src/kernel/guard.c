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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { PASSES = 10, NAMESPACES = 2, ENVIRONMENT = 16384 };

/*
 * The inode is the number of a namespace, and the kernel gives it to the next one as soon as this
 * one has ended. So the guard keeps each of them until it has done its work: else it would kill
 * the processes of another test. The one that it is in needs no descriptor (-1).
 */
static struct {
	dev_t device;
	ino_t inode;
	int fd;
} guarded[NAMESPACES];
static int guarded_count;
static char guarded_word[64];

static bool is_guarded(const struct stat *namespace)
{
	for (int i = 0; i < guarded_count; i++)
		if (guarded[i].inode == namespace->st_ino && guarded[i].device == namespace->st_dev)
			return true;
	return false;
}

static bool namespace_of(const char *process, struct stat *namespace)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%.20s/ns/net", process);
	return stat(path, namespace) == 0;
}

static void add(const struct stat *namespace, int fd)
{
	if (guarded_count == NAMESPACES)
		return;
	guarded[guarded_count].device = namespace->st_dev;
	guarded[guarded_count].inode = namespace->st_ino;
	guarded[guarded_count++].fd = fd;
}

/* Tells whether the guarded word is in the environment with which this process began. */
static bool has_word(const char *process)
{
	static char text[ENVIRONMENT];
	char path[64];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%.20s/environ", process);
	fd = *guarded_word ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return false;
	length = read(fd, text, sizeof(text));
	close(fd);
	return length > 0 && memmem(text, (size_t)length, guarded_word, strlen(guarded_word) + 1);
}

/*
 * Kills all other processes in the guarded namespaces, and those that have the guarded word.
 * Returns false when there are none.
 */
static bool kill_neighbours(void)
{
	DIR *processes = opendir("/proc");
	bool found = false;
	struct stat theirs;

	for (struct dirent *entry; processes && (entry = readdir(processes));) {
		pid_t pid =
			isdigit((unsigned char)entry->d_name[0]) ? (pid_t)atol(entry->d_name) : 0;

		if (pid <= 0 || pid == getpid() ||
		    (!(namespace_of(entry->d_name, &theirs) && is_guarded(&theirs)) &&
		     !has_word(entry->d_name)))
			continue;
		kill(pid, SIGKILL);
		found = true;
	}
	if (processes)
		closedir(processes);
	return found;
}

/* Closes all but the pipe, which becomes standard input, and the namespaces behind it. */
static void keep_only(int pipe)
{
	int kept = STDIN_FILENO;

	dup2(pipe, STDIN_FILENO);
	for (int i = 0; i < guarded_count; i++)
		if (guarded[i].fd > kept && dup2(guarded[i].fd, kept + 1) > kept)
			kept++;
	close_range(kept + 1, ~0u, 0);
}

/*
 * Nobody writes into the pipe. It ends with the test, because the programs of the test have not
 * inherited it.
 */
static _Noreturn void watch(pid_t group, int pipe)
{
	char byte;

	setpgid(0, 0);
	sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){ 0 });
	keep_only(pipe);
	while (read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR)
		;
	kill(-group, SIGKILL);
	/*
	 * Processes that have left the group are still in a guarded namespace, or have the word.
	 * They may be starting others, so this is done several times.
	 */
	for (int i = 0; i < PASSES && (guarded_count || *guarded_word) && kill_neighbours(); i++)
		;
	syscall(SYS_exit_group, 0);
	__builtin_unreachable();
}

void guard_start(bool own_namespace)
{
	static bool started;
	pid_t group = getpgrp();
	struct stat ours;
	int ends[2];

	if (started || group != getpid() || pipe2(ends, O_CLOEXEC) != 0)
		return;
	started = true;
	if (own_namespace && !guarded_count && namespace_of("self", &ours))
		add(&ours, -1);
	if (fork() == 0)
		watch(group, ends[0]);
	close(ends[0]);
}

void guard_namespace(int fd)
{
	struct stat namespace;

	if (fstat(fd, &namespace) == 0)
		add(&namespace, fd);
}

void guard_word(const char *word)
{
	snprintf(guarded_word, sizeof(guarded_word), "%s", word);
}
