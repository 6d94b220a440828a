/*
 * Theory of operation. strace -yy names a socket by its ends where it has them, and by an inode
 * before. So a table of descriptors is kept for each process, as the kernel does: threads share
 * one, fork copies it. A descriptor that nobody was seen to make (strace came later, or it was
 * passed over a socket) is known by the ends that stand beside it.
 */
#include "author/traced.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct held {
	unsigned table;
	int fd;
	unsigned socket;
	bool until_exec;
};

struct process {
	unsigned pid, table;
};

struct reading {
	struct traced *trace;
	struct held *held;
	size_t held_count, held_room;
	struct process *processes;
	size_t process_count, process_room;
	size_t socket_room, call_room;
	unsigned tables;
};

/* ---- what was made ---- */

static unsigned add_socket(struct reading *reading, bool born)
{
	struct traced *trace = reading->trace;

	trace->sockets = arena_grown(trace->arena, trace->sockets, trace->socket_count,
	                             &reading->socket_room, sizeof(*trace->sockets));
	trace->sockets[trace->socket_count] = (struct traced_socket){ .born = born };
	return (unsigned)trace->socket_count++;
}

static struct traced_call *add_call(struct reading *reading, const struct strace_call *call,
                                    unsigned socket)
{
	struct traced *trace = reading->trace;

	trace->calls = arena_grown(trace->arena, trace->calls, trace->count, &reading->call_room,
	                           sizeof(*trace->calls));
	trace->calls[trace->count] = (struct traced_call){
		.call = call,
		.socket = socket,
		.at = call->at,
		.until = call->until,
		.blocking = !trace->sockets[socket].nonblocking,
	};
	return &trace->calls[trace->count++];
}

/* ---- who has what ---- */

static struct process *process_of(struct reading *reading, unsigned pid)
{
	for (size_t i = 0; i < reading->process_count; i++)
		if (reading->processes[i].pid == pid)
			return &reading->processes[i];
	reading->processes =
		arena_grown(reading->trace->arena, reading->processes, reading->process_count,
	                    &reading->process_room, sizeof(*reading->processes));
	struct process *process = &reading->processes[reading->process_count++];
	*process = (struct process){ pid, reading->tables++ };
	return process;
}

static struct held *find_held(struct reading *reading, unsigned table, int fd)
{
	for (size_t i = 0; i < reading->held_count; i++)
		if (reading->held[i].table == table && reading->held[i].fd == fd)
			return &reading->held[i];
	return NULL;
}

static bool is_held(const struct reading *reading, unsigned socket)
{
	for (size_t i = 0; i < reading->held_count; i++)
		if (reading->held[i].socket == socket)
			return true;
	return false;
}

/* Nobody saw the call that closed it, where `call` is NULL. */
static void let_go(struct reading *reading, struct held *held, const struct strace_call *call)
{
	unsigned socket = held->socket;

	*held = reading->held[--reading->held_count];
	if (!call)
		return;
	struct traced_call *closed = add_call(reading, call, socket);
	closed->last = !is_held(reading, socket);
	closed->closes = true;
	closed->blocking = reading->trace->sockets[socket].lingers;
}

/* What the descriptor was before is closed, by `call` where it is not NULL. */
static void hold(struct reading *reading, unsigned table, int fd, unsigned socket, bool until_exec,
                 const struct strace_call *call)
{
	struct held *held = find_held(reading, table, fd);

	if (held)
		let_go(reading, held, call);
	reading->held = arena_grown(reading->trace->arena, reading->held, reading->held_count,
	                            &reading->held_room, sizeof(*reading->held));
	reading->held[reading->held_count++] = (struct held){ table, fd, socket, until_exec };
}

/* ---- processes ---- */

static void copy_table(struct reading *reading, unsigned from, unsigned to)
{
	for (size_t i = 0, count = reading->held_count; i < count; i++)
		if (reading->held[i].table == from)
			hold(reading, to, reading->held[i].fd, reading->held[i].socket,
			     reading->held[i].until_exec, NULL);
}

static void fork_process(struct reading *reading, const struct strace_call *call)
{
	unsigned parent = process_of(reading, call->pid)->table;
	long child = strtol(call->result, NULL, 10);

	if (child <= 0)
		return;
	struct process *process = process_of(reading, (unsigned)child);
	if (strace_mentions(call, "CLONE_FILES"))
		process->table = parent;
	else
		copy_table(reading, parent, process->table = reading->tables++);
}

/* Lets go what an exec or close_range() closes, or the end of a process, in the kernel's order. */
static void let_go_all(struct reading *reading, unsigned table, long from, long to, bool exec,
                       const struct strace_call *call)
{
	for (;;) {
		struct held *next = NULL;

		for (size_t i = 0; i < reading->held_count; i++) {
			struct held *held = &reading->held[i];

			if (held->table == table && held->fd >= from && held->fd <= to &&
			    (!exec || held->until_exec) && (!next || held->fd < next->fd))
				next = held;
		}
		if (!next)
			return;
		let_go(reading, next, call);
	}
}

static void end_process(struct reading *reading, const struct strace_call *call)
{
	struct process *process = process_of(reading, call->pid);
	unsigned table = process->table;

	*process = reading->processes[--reading->process_count];
	for (size_t i = 0; i < reading->process_count; i++)
		if (reading->processes[i].table == table)
			return; /* another thread goes on */
	let_go_all(reading, table, 0, INT32_MAX, false, call);
}

/* Is it about processes or all descriptors? */
static bool take_process_call(struct reading *reading, const struct strace_call *call)
{
	const char *name = call->name;

	if (!strcmp(name, "+++"))
		end_process(reading, call);
	else if (!strncmp(name, "clone", 5) || !strcmp(name, "fork") || !strcmp(name, "vfork"))
		fork_process(reading, call);
	else if (!strncmp(name, "execve", 6) && !strcmp(call->result, "0"))
		let_go_all(reading, process_of(reading, call->pid)->table, 0, INT32_MAX, true,
		           call);
	else if (!strcmp(name, "close_range") && call->argument_count == 3 &&
	         !strcmp(call->result, "0") && !strace_mentions(call, "CLOSE_RANGE_CLOEXEC"))
		let_go_all(reading, process_of(reading, call->pid)->table,
		           strtol(call->arguments[0], NULL, 10),
		           strtol(call->arguments[1], NULL, 10), false, call);
	else
		return !strncmp(name, "execve", 6) || !strcmp(name, "close_range");
	return true;
}

/* ---- sockets ---- */

struct named {
	int fd;
	struct endpoint local, remote; /* port 0: not shown */
};

/* "4<TCP:[192.0.2.1:80->192.0.2.2:40001]>", "3<TCPv6:[[::]:80]>" or "3<TCP:[27166186]>" */
static bool read_name(const char *text, struct named *named)
{
	char ends[256];
	const char *open = text ? strstr(text, "<TCP") : NULL;
	const char *from = open ? strchr(open, '[') : NULL, *to = from ? strstr(from, "]>") : NULL;

	*named = (struct named){ .fd = -1 };
	if (!to || to - from - 1 >= (long)sizeof(ends))
		return false;
	const char *digits = open;
	while (digits > text && digits[-1] >= '0' && digits[-1] <= '9')
		digits--;
	named->fd = strace_descriptor(digits);
	memcpy(ends, from + 1, (size_t)(to - from - 1));
	ends[to - from - 1] = '\0';
	char *arrow = strstr(ends, "->");
	if (arrow) {
		*arrow = '\0';
		endpoint_parse(arrow + 2, &named->remote);
	}
	if (strchr(ends, ':'))
		endpoint_parse(ends, &named->local);
	return named->fd >= 0;
}

/* The socket that a call is about: an argument, or what stands in one. */
static bool name_of_call(const struct strace_call *call, struct named *named)
{
	for (size_t i = 0; i < call->argument_count; i++)
		if (strace_descriptor(call->arguments[i]) >= 0 &&
		    read_name(call->arguments[i], named))
			return true;
	for (size_t i = 0; i < call->argument_count; i++)
		if (call->arguments[i][0] != '"' && read_name(call->arguments[i], named))
			return true;
	return false;
}

/* What is shown contradicts what is known: the descriptor stands for another by now. */
static bool contradicts(const struct traced_socket *socket, const struct named *named)
{
	return named->remote.port && socket->local.port && socket->remote.port &&
	       (!endpoint_equal(&named->local, &socket->local) ||
	        !endpoint_equal(&named->remote, &socket->remote));
}

static void learn(struct traced_socket *socket, const struct named *named)
{
	if (named->local.port)
		socket->local = named->local;
	if (named->remote.port)
		socket->remote = named->remote;
}

/* A socket with those ends that somebody has; else a new one. */
static unsigned adopt(struct reading *reading, const struct named *named)
{
	const struct traced *trace = reading->trace;

	for (size_t i = 0; named->local.port && i < trace->socket_count; i++)
		if (endpoint_equal(&trace->sockets[i].local, &named->local) &&
		    endpoint_equal(&trace->sockets[i].remote, &named->remote) &&
		    is_held(reading, (unsigned)i))
			return (unsigned)i;
	return add_socket(reading, false);
}

static unsigned socket_of(struct reading *reading, unsigned table, const struct named *named)
{
	struct held *held = find_held(reading, table, named->fd);
	unsigned socket;

	if (held && !contradicts(&reading->trace->sockets[held->socket], named)) {
		socket = held->socket;
	} else {
		socket = adopt(reading, named);
		hold(reading, table, named->fd, socket, false, NULL);
	}
	learn(&reading->trace->sockets[socket], named);
	return socket;
}

/* "{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}", or of IPv6. */
static bool read_address(const char *text, struct endpoint *end)
{
	const char *port = strstr(text, "port=htons("), *quote;
	char address[IP_ADDRESS_TEXT + 16];

	quote = strstr(text, "inet_addr(\"");
	if (!quote)
		quote = strstr(text, "inet_pton(AF_INET6, \"");
	if (!port || !quote)
		return false;
	quote = strchr(quote, '"') + 1;
	snprintf(address, sizeof(address), "[%.*s]:%lu",
	         (int)(strcspn(quote, "\"") % IP_ADDRESS_TEXT), quote,
	         strtoul(port + strlen("port=htons("), NULL, 10));
	return endpoint_parse(address, end);
}

static void note_setting(struct traced_socket *socket, const struct strace_call *call)
{
	if (!strcmp(call->name, "fcntl") && strace_mentions(call, "F_SETFL"))
		socket->nonblocking = strace_mentions(call, "O_NONBLOCK");
	else if (!strcmp(call->name, "ioctl") && strace_mentions(call, "FIONBIO"))
		socket->nonblocking = !strace_mentions(call, "[0]");
	else if (!strcmp(call->name, "setsockopt") && strace_mentions(call, "SO_LINGER"))
		socket->lingers = !strace_mentions(call, "l_onoff=0") &&
		                  !strace_mentions(call, "l_linger=0}");
}

/* What a call made: a socket, or a second descriptor of one. */
static void take_result(struct reading *reading, unsigned table, struct traced_call *made,
                        const struct strace_call *call, unsigned socket)
{
	struct named named;
	bool accepts = !strncmp(call->name, "accept", 6);
	bool copies = !strncmp(call->name, "dup", 3) || strace_mentions(call, "F_DUPFD");

	if (!read_name(call->result, &named) || (!accepts && !copies))
		return;
	if (accepts) {
		unsigned child = add_socket(reading, true);
		struct traced_socket *it = &reading->trace->sockets[child];

		it->parent = 1 + socket;
		it->nonblocking = strace_mentions(call, "SOCK_NONBLOCK");
		learn(it, &named);
		made->made = 1 + child;
		socket = child;
	}
	hold(reading, table, named.fd, socket, strace_mentions(call, "CLOEXEC"), call);
}

static void take_birth(struct reading *reading, unsigned table, const struct strace_call *call)
{
	struct named named;

	if (!read_name(call->result, &named))
		return;
	unsigned socket = add_socket(reading, true);
	add_call(reading, call, socket)->made = 1 + socket;
	reading->trace->sockets[socket].nonblocking = strace_mentions(call, "SOCK_NONBLOCK");
	hold(reading, table, named.fd, socket, strace_mentions(call, "SOCK_CLOEXEC"), NULL);
}

static void take_call(struct reading *reading, const struct strace_call *call)
{
	struct named named;

	if (take_process_call(reading, call))
		return;
	unsigned table = process_of(reading, call->pid)->table;
	if (!strcmp(call->name, "socket")) {
		take_birth(reading, table, call);
		return;
	}
	if (!name_of_call(call, &named))
		return;
	unsigned socket = socket_of(reading, table, &named);
	if (!strcmp(call->name, "close")) {
		let_go(reading, find_held(reading, table, named.fd), call);
		return;
	}
	if (!strcmp(call->name, "connect") && call->argument_count > 1)
		read_address(call->arguments[1], &reading->trace->sockets[socket].remote);
	if (!strcmp(call->name, "fcntl") && strace_mentions(call, "F_SETFD"))
		find_held(reading, table, named.fd)->until_exec =
			strace_mentions(call, "FD_CLOEXEC");
	struct traced_call *made = add_call(reading, call, socket);
	note_setting(&reading->trace->sockets[socket], call);
	take_result(reading, table, made, call, socket);
}

const char *traced_read(struct traced *trace, struct arena *arena, const char *path)
{
	struct reading reading = { .trace = trace };

	*trace = (struct traced){ .arena = arena };
	const char *why = strace_read(&trace->strace, arena, path);
	for (size_t i = 0; !why && i < trace->strace.count; i++)
		take_call(&reading, &trace->strace.calls[i]);
	return why;
}
