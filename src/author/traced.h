/*
 * The sockets of a program that strace watched, and the calls on them: who has which descriptor
 * through fork, dup and exec, and which socket is the end of which connection of a capture.
 */
#ifndef TCPCLOSE_AUTHOR_TRACED_H
#define TCPCLOSE_AUTHOR_TRACED_H

#include "author/conversation.h"
#include "author/strace.h"

struct traced_socket {
	struct endpoint local, remote; /* port 0: not known */
	bool born;                     /* the trace has the call that made it */
	bool nonblocking, lingers;     /* as the last call so far left them */
	bool wanted;                   /* its calls belong into the script */
	unsigned parent;               /* 1 + the listener that it was accepted on; 0: none */
	unsigned flow;                 /* 1 + the connection that it is the end of; 0: none */
};

struct traced_call {
	const struct strace_call *call; /* "+++": its process ended */
	usec_t at, until;               /* since the first packet; until 0: not known */
	unsigned socket;
	unsigned made; /* 1 + the socket that it made; 0: none */
	bool blocking; /* the socket was not O_NONBLOCK, or a close that lingers */
	bool closes;   /* a descriptor of the socket */
	bool last;     /* nobody has the socket any more */
};

struct traced {
	struct arena *arena;
	struct strace strace;
	struct traced_socket *sockets;
	size_t socket_count;
	struct traced_call *calls; /* in the order in which they began */
	size_t count;
	usec_t shift; /* what was added to the trace's clock; 0: it is the capture's */
};

/* Returns NULL, or why there is nothing to use, in the arena. */
const char *traced_read(struct traced *trace, struct arena *arena, const char *path);

/*
 * Finds the sockets of the chosen connections. The end that was traced is the kernel's, unless the
 * side was said. Returns NULL, or that there are none, in the arena.
 */
const char *traced_match(struct traced *trace, struct conversation *talk);

#endif
