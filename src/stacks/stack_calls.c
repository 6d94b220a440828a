/*
 * A host_call has the arguments of a Linux system call, which need not be those of the script's
 * call: poll becomes ppoll, and epoll_wait becomes epoll_pwait. A row turns them into what the
 * stack's function wants.
 */
#include "stacks/stack_calls.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#define S const struct packetdrill_interface *s
#define A const long *a
#define FD(i) ((int)a[i])
#define INT(i) ((int)a[i])
#define SIZE(i) ((size_t)a[i])
#define AT(i) ((void *)a[i])

static int milliseconds(const struct timespec *time)
{
	return time ? (int)(time->tv_sec * 1000 + time->tv_nsec / 1000000) : -1;
}

static long make_socket(S, A)
{
	return s->socket(s->userdata, INT(0), INT(1), INT(2));
}

static long make_bind(S, A)
{
	return s->bind(s->userdata, FD(0), AT(1), (socklen_t)a[2]);
}

static long make_listen(S, A)
{
	return s->listen(s->userdata, FD(0), INT(1));
}

static long make_accept(S, A)
{
	return s->accept(s->userdata, FD(0), AT(1), AT(2));
}

static long make_connect(S, A)
{
	return s->connect(s->userdata, FD(0), AT(1), (socklen_t)a[2]);
}

static long make_read(S, A)
{
	return s->read(s->userdata, FD(0), AT(1), SIZE(2));
}

static long make_readv(S, A)
{
	return s->readv(s->userdata, FD(0), AT(1), INT(2));
}

static long make_recv(S, A)
{
	return s->recv(s->userdata, FD(0), AT(1), SIZE(2), INT(3));
}

static long make_recvfrom(S, A)
{
	return s->recvfrom(s->userdata, FD(0), AT(1), SIZE(2), INT(3), AT(4), AT(5));
}

static long make_recvmsg(S, A)
{
	return s->recvmsg(s->userdata, FD(0), AT(1), INT(2));
}

static long make_write(S, A)
{
	return s->write(s->userdata, FD(0), AT(1), SIZE(2));
}

static long make_writev(S, A)
{
	return s->writev(s->userdata, FD(0), AT(1), INT(2));
}

static long make_send(S, A)
{
	return s->send(s->userdata, FD(0), AT(1), SIZE(2), INT(3));
}

static long make_sendto(S, A)
{
	return s->sendto(s->userdata, FD(0), AT(1), SIZE(2), INT(3), AT(4), (socklen_t)a[5]);
}

static long make_sendmsg(S, A)
{
	return s->sendmsg(s->userdata, FD(0), AT(1), INT(2));
}

static long make_fcntl(S, A)
{
	return s->fcntl(s->userdata, FD(0), INT(1), a[2]);
}

static long make_ioctl(S, A)
{
	return s->ioctl(s->userdata, FD(0), (unsigned long)a[1], a[2]);
}

static long make_close(S, A)
{
	return s->close(s->userdata, FD(0));
}

static long make_shutdown(S, A)
{
	return s->shutdown(s->userdata, FD(0), INT(1));
}

static long make_getsockopt(S, A)
{
	return s->getsockopt(s->userdata, FD(0), INT(1), INT(2), AT(3), AT(4));
}

static long make_setsockopt(S, A)
{
	return s->setsockopt(s->userdata, FD(0), INT(1), INT(2), AT(3), (socklen_t)a[4]);
}

static long make_poll(S, A)
{
	return s->poll(s->userdata, AT(0), (nfds_t)a[1], milliseconds(AT(2)));
}

static long make_epoll_create(S, A)
{
	(void)a;
	return s->epoll_create(s->userdata, 1);
}

static long make_epoll_ctl(S, A)
{
	return s->epoll_ctl(s->userdata, FD(0), INT(1), FD(2), AT(3));
}

static long make_epoll_wait(S, A)
{
	return s->epoll_wait(s->userdata, FD(0), AT(1), INT(2), INT(3));
}

static long make_pipe(S, A)
{
	return s->pipe(s->userdata, AT(0));
}

static long make_splice(S, A)
{
	return s->splice(s->userdata, FD(0), AT(1), FD(2), AT(3), SIZE(4), (unsigned)a[5]);
}

#define FUNCTION(name) offsetof(struct packetdrill_interface, name)

static const struct stack_call_row {
	const char *name;
	size_t function; /* the offset of the function in the interface */
	long (*make)(const struct packetdrill_interface *s, const long *a);
} rows[] = {
	/* clang-format off */
	{ "socket",       FUNCTION(socket),       make_socket },
	{ "bind",         FUNCTION(bind),         make_bind },
	{ "listen",       FUNCTION(listen),       make_listen },
	{ "accept",       FUNCTION(accept),       make_accept },
	{ "connect",      FUNCTION(connect),      make_connect },
	{ "read",         FUNCTION(read),         make_read },
	{ "readv",        FUNCTION(readv),        make_readv },
	{ "recv",         FUNCTION(recv),         make_recv },
	{ "recvfrom",     FUNCTION(recvfrom),     make_recvfrom },
	{ "recvmsg",      FUNCTION(recvmsg),      make_recvmsg },
	{ "write",        FUNCTION(write),        make_write },
	{ "writev",       FUNCTION(writev),       make_writev },
	{ "send",         FUNCTION(send),         make_send },
	{ "sendto",       FUNCTION(sendto),       make_sendto },
	{ "sendmsg",      FUNCTION(sendmsg),      make_sendmsg },
	{ "fcntl",        FUNCTION(fcntl),        make_fcntl },
	{ "ioctl",        FUNCTION(ioctl),        make_ioctl },
	{ "close",        FUNCTION(close),        make_close },
	{ "shutdown",     FUNCTION(shutdown),     make_shutdown },
	{ "getsockopt",   FUNCTION(getsockopt),   make_getsockopt },
	{ "setsockopt",   FUNCTION(setsockopt),   make_setsockopt },
	{ "poll",         FUNCTION(poll),         make_poll },
	{ "epoll_create", FUNCTION(epoll_create), make_epoll_create },
	{ "epoll_ctl",    FUNCTION(epoll_ctl),    make_epoll_ctl },
	{ "epoll_wait",   FUNCTION(epoll_wait),   make_epoll_wait },
	{ "pipe",         FUNCTION(pipe),         make_pipe },
	{ "splice",       FUNCTION(splice),       make_splice },
	/* clang-format on */
};

static const struct stack_call_row *row_of(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}

bool stack_call_offered(const struct packetdrill_interface *stack, const char *name)
{
	const struct stack_call_row *row = row_of(name);
	void (*function)(void);

	if (!row)
		return false;
	memcpy(&function, (const char *)stack + row->function, sizeof(function));
	return function;
}

void stack_call_make(const struct packetdrill_interface *stack, struct host_call *call)
{
	const struct stack_call_row *row = row_of(call->name);

	errno = ENOSYS;
	call->result =
		stack_call_offered(stack, call->name) ? row->make(stack, call->arguments) : -1;
	call->error = call->result == -1 ? errno : 0;
}
