/*
 * The system calls that a script can make. Each has a row, which says what each argument is.
 * Checking (compile_call.c) and making a call (run/step_call.c) read the rows. They know no call by
 * its name and no argument by its place: they ask for the argument of a kind.
 */
#ifndef TCPCLOSE_PROGRAM_SYSCALLS_H
#define TCPCLOSE_PROGRAM_SYSCALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program/program.h"

enum argument_kind {
	ARG_NONE, /* the row has no more arguments */
	ARG_INT,
	ARG_FLAGS,  /* MSG_xxx, of a call that sends or receives */
	ARG_UNUSED, /* a number that the kernel no longer looks at; 0 is handed over */
	ARG_DOMAIN, /* AF_xxx; ...: of the family that is played */
	ARG_TYPE,   /* SOCK_xxx */
	ARG_PROTOCOL,
	ARG_FD,
	/*
	 * The lowest and the highest number of those that the call closes; they need not be open.
	 */
	ARG_FIRST_FD,
	ARG_LAST_FD,
	ARG_NEW_FD,      /* the number for the new descriptor; if it is open, it is closed first */
	ARG_FD_COUNT,    /* select(): the highest number in the lists behind it, plus one */
	ARG_FD_SET,      /* [{fd=4, isset=1}, ...]: who is asked, and who must answer; 0: nobody */
	ARG_COMMAND,     /* F_xxx; for some of them the call has a row of its own */
	ARG_REQUEST,     /* FIONREAD ...: what the ioctl does */
	ARG_BUFFER_IN,   /* data to send: ... (zeros), "text", or 0 for NULL */
	ARG_BUFFER_OUT,  /* a buffer to receive into; a string is compared with it */
	ARG_SIZE,        /* the size of the buffer before it */
	ARG_ADDRESS_IN,  /* "...": the address to bind or connect to; AF_UNSPEC; {sa_family=...} */
	ARG_ADDRESS_OUT, /* ..., 0, or the address of the peer that is expected */
	ARG_OWN_ADDRESS_OUT, /* the same, but it is the socket's own address */
	ARG_ADDRESS_SIZE,    /* "...", or the size of the address before it */
	ARG_ADDRESS_ROOM,    /* "...": a pointer to that size */
	ARG_IOVEC_IN,
	ARG_IOVEC_OUT, /* [{..., 100}, {..., 200}] */
	ARG_COUNT,     /* the number of elements of the list before it */
	ARG_MESSAGE_IN,
	ARG_MESSAGE_OUT, /* {msg_name(...)=..., msg_iov(1)=[...], ...} */
	ARG_LEVEL,       /* SOL_xxx: the level of the option */
	ARG_OPTION,      /* SO_xxx, TCP_xxx: the option */
	ARG_OPTION_IN,
	ARG_OPTION_OUT,  /* [1], {onoff=1, linger=5}, "cubic" */
	ARG_OPTION_SIZE, /* 4 */
	ARG_OPTION_ROOM, /* [4] */
	ARG_POLL,        /* [{fd=4, events=POLLIN, revents=POLLIN}] */
	ARG_TIMEOUT,     /* milliseconds, passed as a timespec */
	ARG_TIMESPEC,    /* {tv_sec=0, tv_nsec=5}, or 0 for NULL */
	ARG_TIMEVAL,     /* {tv_sec=0, tv_usec=5}, or 0 for NULL; passed as a timespec */
	ARG_SIGNAL_SET,  /* 0 for NULL; nothing else can be written */
	ARG_EVENT_IN,
	ARG_EVENTS_OUT,     /* {events=EPOLLIN, fd=4} */
	ARG_PAIR_OUT,       /* [5, 6]: two new descriptors */
	ARG_OFFSET,         /* [0]: an offset in memory; 0: NULL */
	ARG_INT_REF,        /* [10]: an int in memory, which is compared afterwards */
	ARG_PATH,           /* "file" */
	ARG_CAPABILITY_SET, /* CAP_EFFECTIVE ...: goes into the header of capset(2) */
	/* CAP_NET_RAW ...: goes into the data, which is what the thread has, changed by this. */
	ARG_CAPABILITY,
	ARG_CAPABILITY_ON, /* CAP_SET or CAP_CLEAR: how the data is changed */
	ARGUMENT_KINDS
};

enum syscall_result {
	RESULT_NUMBER,
	RESULT_DESCRIPTOR, /* a new descriptor: the script's number stands for the kernel's */
};

/* What a call does to the connections of the script. */
enum syscall_effect {
	EFFECT_NONE,
	EFFECT_SOCKET,
	EFFECT_LISTEN,
	EFFECT_ACCEPT,
	EFFECT_CONNECT,
	EFFECT_SEND_TO,
	EFFECT_CLOSE,
	EFFECT_CLOSE_RANGE,
	EFFECT_DUP,
	EFFECT_PAIR,
};

struct syscall_row {
	const char *name;
	long number;
	enum syscall_result result;
	enum syscall_effect effect;
	enum argument_kind arguments[6];
	size_t optional;   /* so many arguments at the end may be left out */
	long prefix;       /* an argument that the script does not write; it is passed */
	unsigned prefixed; /* before the others when this is 1 */
	bool commanded;    /* the row is only for one value of ARG_COMMAND, */
	int64_t command;   /* which is this */
};

/*
 * Finds the call of this name, for all commands that have no row of their own; NULL when there is
 * none.
 */
const struct syscall_row *syscall_find(const char *name);

/* The row for one command of a call; `row` itself when the command has no row. */
const struct syscall_row *syscall_commanded(const struct syscall_row *row, int64_t command);
const struct syscall_row *syscall_at(size_t index); /* NULL after the last */

/* How many arguments the row has. */
size_t syscall_arity(const struct syscall_row *row);

/* The value that was written for the first argument of this kind; NULL when there is none. */
const struct value *call_argument_of(const struct call_want *call, enum argument_kind kind);

/* Tells whether a close_range(2) closes nothing, but only sets FD_CLOEXEC. */
bool call_only_marks(const struct call_want *call);

/* What a script may write for this kind, for messages: "a descriptor". */
const char *argument_wants(enum argument_kind kind);

#endif
