/* The processes of a test beside the one that plays it: twins that make calls, and programs. */
#ifndef TCPCLOSE_KERNEL_PROCESSES_H
#define TCPCLOSE_KERNEL_PROCESSES_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/usec.h"
#include "kernel/caller.h"

enum { PROCESSES_MAX = 32 };

struct process {
	pid_t pid;
	int fd; /* readable when it has ended; -1: there is none */
	bool ended, told;
	int status;    /* its wait status, when it has */
	usec_t at;     /* when that was noticed */
	usec_t waited; /* for a processor, until then */
};

/* Begins with zeros, and with the caller that the twins work for. */
struct processes {
	struct caller *caller;
	bool own_namespace; /* see guard_start() */
	struct process list[PROCESSES_MAX];
	unsigned count;
};

/*
 * Starts /bin/sh -c, without our signal handlers and real-time priority. Before that it starts the
 * guard, which ends everything that a test has started. Returns false with errno on an error.
 */
bool process_start(const char *text, bool own_namespace, pid_t *pid);

/*
 * These do what call_ops says about the functions with the same names. `error` has FAULT_TEXT
 * bytes. Numbers begin with 1.
 */
bool processes_fork(struct processes *processes, unsigned *number, char *error);
bool processes_spawn(struct processes *processes, const char *text, unsigned *number, char *error);
bool processes_kill(struct processes *processes, unsigned number, int signal, char *error);
bool processes_ended(struct processes *processes, unsigned number, int *status);
usec_t processes_waited(struct processes *processes);

/*
 * Looks which processes have ended, so that a call that one of them was in is known not to return.
 */
void processes_look(struct processes *processes);

/* One that has ended and was not told yet, the earliest first. False: there is none. */
bool processes_tell(struct processes *processes, struct host_end *end);

/* Fills in what is to be polled for the end of those that run; returns how many files. */
size_t processes_poll(const struct processes *processes, struct pollfd files[PROCESSES_MAX]);

/* Kills all, and waits for them. */
void processes_end(struct processes *processes);

#endif
