/*
 * The system calls a script can make, one row each. A row says what each argument is; checking
 * (compile_call.c) and carrying out (run/run_call.c) read the rows and know no call by name.
 */
#ifndef TCPCLOSE_PROGRAM_SYSCALLS_H
#define TCPCLOSE_PROGRAM_SYSCALLS_H

#include <stddef.h>

enum argument_kind {
	ARG_NONE, /* the row has no more arguments */
	ARG_INT,
	ARG_UNUSED, /* a number that the kernel no longer looks at; 0 is handed over */
	ARG_DOMAIN, /* AF_xxx; ...: of the family that is played */
	ARG_FD,
	ARG_BUFFER_IN,    /* data to send: ... (zeros), "text", or 0 for NULL */
	ARG_BUFFER_OUT,   /* room to receive; a string is compared */
	ARG_SIZE,         /* of the buffer before it */
	ARG_ADDRESS_IN,   /* ...: the one to bind or to connect to; AF_UNSPEC; {sa_family=...} */
	ARG_ADDRESS_OUT,  /* ... or 0 */
	ARG_ADDRESS_SIZE, /* ...; of the address before it */
	ARG_ADDRESS_ROOM, /* ...; a pointer to it */
	ARG_IOVEC_IN,
	ARG_IOVEC_OUT, /* [{..., 100}, {..., 200}] */
	ARG_COUNT,     /* elements of the list before it */
	ARG_MESSAGE_IN,
	ARG_MESSAGE_OUT, /* {msg_name(...)=..., msg_iov(1)=[...], ...} */
	ARG_OPTION_IN,
	ARG_OPTION_OUT,  /* [1], {onoff=1, linger=5}, "cubic" */
	ARG_OPTION_SIZE, /* 4 */
	ARG_OPTION_ROOM, /* [4] */
	ARG_POLL,        /* [{fd=4, events=POLLIN, revents=POLLIN}] */
	ARG_TIMEOUT,     /* milliseconds, handed over as a timespec */
	ARG_EVENT_IN,
	ARG_EVENTS_OUT,     /* {events=EPOLLIN, fd=4} */
	ARG_PAIR_OUT,       /* [5, 6]: two new descriptors */
	ARG_OFFSET,         /* [0]: an offset in memory; 0: NULL */
	ARG_INT_REF,        /* [10]: an int in memory, compared afterwards */
	ARG_PATH,           /* "file" */
	ARG_CAPABILITY_SET, /* CAP_EFFECTIVE ...: capset's header */
	ARG_CAPABILITY,     /* CAP_NET_RAW ...: its data, what the thread has and this one */
	ARGUMENT_KINDS
};

enum syscall_result {
	RESULT_NUMBER,
	RESULT_DESCRIPTOR, /* a new one: the script's number stands for the kernel's */
};

/* What a call means for the connections of the script. */
enum syscall_effect {
	EFFECT_NONE,
	EFFECT_SOCKET,
	EFFECT_LISTEN,
	EFFECT_ACCEPT,
	EFFECT_CONNECT,
	EFFECT_SEND_TO,
	EFFECT_CLOSE,
	EFFECT_DUP,
	EFFECT_PAIR,
};

struct syscall_row {
	const char *name;
	long number;
	enum syscall_result result;
	enum syscall_effect effect;
	enum argument_kind arguments[6];
	size_t optional;   /* this many at the end may be left out */
	long prefix;       /* an argument of the kernel that the script does not write, */
	unsigned prefixed; /* handed over before the others when this is 1 */
};

const struct syscall_row *syscall_find(const char *name);
const struct syscall_row *syscall_at(size_t index); /* NULL after the last */

/* Arguments the row has. */
size_t syscall_arity(const struct syscall_row *row);

/* What a script may write there, for messages: "a descriptor". */
const char *argument_wants(enum argument_kind kind);

#endif
