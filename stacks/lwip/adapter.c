/*
 * lwIP (Debian's liblwip, or another build of it as a shared library with its lock and sockets) as
 * a stack to be tested: its sockets are the calls, and its lists of connections show the states.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lwip/init.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>

#include "stacks/lwip/wire.h"

/* ---- states ---- */

/* Gives lwIP's states the numbers of Linux. */
static int state_of(enum tcp_state state)
{
	static const int numbers[] = {
		/* clang-format off */
		[CLOSED]      = TCPCLOSE_CLOSED,
		[LISTEN]      = TCPCLOSE_LISTEN,
		[SYN_SENT]    = TCPCLOSE_SYN_SENT,
		[SYN_RCVD]    = TCPCLOSE_SYN_RECEIVED,
		[ESTABLISHED] = TCPCLOSE_ESTABLISHED,
		[FIN_WAIT_1]  = TCPCLOSE_FIN_WAIT_1,
		[FIN_WAIT_2]  = TCPCLOSE_FIN_WAIT_2,
		[CLOSE_WAIT]  = TCPCLOSE_CLOSE_WAIT,
		[CLOSING]     = TCPCLOSE_CLOSING,
		[LAST_ACK]    = TCPCLOSE_LAST_ACK,
		[TIME_WAIT]   = TCPCLOSE_TIME_WAIT,
		/* clang-format on */
	};

	return numbers[state];
}

static unsigned port_of(const struct sockaddr *end)
{
	return ntohs(end->sa_family == AF_INET6 ? ((const struct sockaddr_in6 *)end)->sin6_port
	                                        : ((const struct sockaddr_in *)end)->sin_port);
}

/* The timer that runs, and the time until it expires. The caller holds lwIP's lock. */
static void read_timer(const struct tcp_pcb *pcb, struct tcpclose_state *state)
{
	long long ticks = 0;

	if (pcb->state == TIME_WAIT) {
		state->timer = TCPCLOSE_TIMER_TIME_WAIT;
		ticks = 2 * TCP_MSL / TCP_SLOW_INTERVAL - (long long)(tcp_ticks - pcb->tmr);
	} else if (pcb->persist_backoff > 0) {
		state->timer = TCPCLOSE_TIMER_PROBE;
	} else if (pcb->rtime >= 0) {
		state->timer = TCPCLOSE_TIMER_RETRANSMIT;
		ticks = pcb->rto - pcb->rtime;
	}
	state->expires = ticks > 0 ? ticks * TCP_SLOW_INTERVAL * 1000 : 0;
	state->retransmits = pcb->nrtx;
}

static bool find_connection(struct tcp_pcb *list, unsigned local, unsigned remote,
                            struct tcpclose_state *state)
{
	for (const struct tcp_pcb *pcb = list; pcb; pcb = pcb->next)
		if (pcb->local_port == local && pcb->remote_port == remote) {
			state->state = state_of(pcb->state);
			read_timer(pcb, state);
			return true;
		}
	return false;
}

static void find_listener(unsigned local, struct tcpclose_state *state)
{
	for (const struct tcp_pcb_listen *pcb = tcp_listen_pcbs.listen_pcbs; pcb; pcb = pcb->next)
		if (pcb->local_port == local)
			state->state = TCPCLOSE_LISTEN;
}

static int state(void *userdata, const struct sockaddr *local, const struct sockaddr *remote,
                 struct tcpclose_state *seen)
{
	unsigned local_port = port_of(local), remote_port = port_of(remote);

	(void)userdata;
	*seen = (struct tcpclose_state){ .state = TCPCLOSE_CLOSED };
	LOCK_TCPIP_CORE();
	if (remote_port == 0)
		find_listener(local_port, seen);
	else if (!find_connection(tcp_active_pcbs, local_port, remote_port, seen))
		find_connection(tcp_tw_pcbs, local_port, remote_port, seen);
	UNLOCK_TCPIP_CORE();
	return 0;
}

/* ---- calls: those of lwIP, without the first argument ---- */

static int call_socket(void *u, int domain, int type, int protocol)
{
	int flags = type & (SOCK_NONBLOCK | SOCK_CLOEXEC);
	int fd = lwip_socket(domain, type & ~flags, protocol);

	(void)u;
	if (fd >= 0 && flags & SOCK_NONBLOCK)
		lwip_fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

#define CALL(type, name, parameters, arguments) \
	static type call_##name parameters      \
	{                                       \
		(void)u;                        \
		return lwip_##name arguments;   \
	}

/* clang-format off */
CALL(int, bind, (void *u, int fd, const struct sockaddr *end, socklen_t length), (fd, end, length))
CALL(int, listen, (void *u, int fd, int backlog), (fd, backlog))
CALL(int, accept, (void *u, int fd, struct sockaddr *end, socklen_t *length), (fd, end, length))
CALL(int, connect, (void *u, int fd, const struct sockaddr *end, socklen_t length), (fd, end, length))
CALL(ssize_t, read, (void *u, int fd, void *bytes, size_t size), (fd, bytes, size))
CALL(ssize_t, readv, (void *u, int fd, const struct iovec *vector, int count), (fd, vector, count))
CALL(ssize_t, recv, (void *u, int fd, void *bytes, size_t size, int flags), (fd, bytes, size, flags))
CALL(ssize_t, recvfrom, (void *u, int fd, void *bytes, size_t size, int flags, struct sockaddr *end,
	socklen_t *length), (fd, bytes, size, flags, end, length))
CALL(ssize_t, recvmsg, (void *u, int fd, struct msghdr *message, int flags), (fd, message, flags))
CALL(ssize_t, write, (void *u, int fd, const void *bytes, size_t size), (fd, bytes, size))
CALL(ssize_t, writev, (void *u, int fd, const struct iovec *vector, int count), (fd, vector, count))
CALL(ssize_t, send, (void *u, int fd, const void *bytes, size_t size, int flags), (fd, bytes, size, flags))
CALL(ssize_t, sendto, (void *u, int fd, const void *bytes, size_t size, int flags,
	const struct sockaddr *end, socklen_t length), (fd, bytes, size, flags, end, length))
CALL(ssize_t, sendmsg, (void *u, int fd, const struct msghdr *message, int flags), (fd, message, flags))
CALL(int, close, (void *u, int fd), (fd))
CALL(int, shutdown, (void *u, int fd, int how), (fd, how))
CALL(int, getsockopt, (void *u, int fd, int level, int option, void *value, socklen_t *length),
	(fd, level, option, value, length))
CALL(int, setsockopt, (void *u, int fd, int level, int option, const void *value, socklen_t length),
	(fd, level, option, value, length))
CALL(int, poll, (void *u, struct pollfd *files, nfds_t count, int timeout), (files, count, timeout))
/* clang-format on */

static int call_fcntl(void *u, int fd, int command, ...)
{
	va_list arguments;
	int value;

	(void)u;
	va_start(arguments, command);
	value = va_arg(arguments, int);
	va_end(arguments);
	return lwip_fcntl(fd, command, value);
}

static int call_ioctl(void *u, int fd, unsigned long request, ...)
{
	va_list arguments;
	void *value;

	(void)u;
	va_start(arguments, request);
	value = va_arg(arguments, void *);
	va_end(arguments);
	return lwip_ioctl(fd, (long)request, value);
}

/* lwIP cannot be ended; packetdrill wants the function all the same. */
static void call_free(void *u)
{
	(void)u;
}

/* packetdrill lets the stack sleep; we sleep ourselves. */
static int call_usleep(void *u, useconds_t usecs)
{
	(void)u;
	return usleep(usecs);
}

/* ---- what is exported ---- */

int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size)
{
	if (world->version != TCPCLOSE_STACK_VERSION) {
		snprintf(why, size, "it knows version %d of the interface", TCPCLOSE_STACK_VERSION);
		return -1;
	}
	wire_set_world(world);
	*stack = (struct tcpclose_stack){ .version = TCPCLOSE_STACK_VERSION,
		                          .name = "lwIP " LWIP_VERSION_STRING,
		                          .tick = TCP_SLOW_INTERVAL * 1000,
		                          .state = state,
		                          .advance = wire_advance };
	return 0;
}

void packetdrill_interface_init(const char *flags, struct packetdrill_interface *interface)
{
	bool told = wire_begin();

	(void)flags;
	*interface = (struct packetdrill_interface){
		/* clang-format off */
		.free = call_free,
		.socket = call_socket,         .bind = call_bind,
		.listen = call_listen,         .accept = call_accept,
		.connect = call_connect,       .read = call_read,
		.readv = call_readv,           .recv = call_recv,
		.recvfrom = call_recvfrom,     .recvmsg = call_recvmsg,
		.write = call_write,           .writev = call_writev,
		.send = call_send,             .sendto = call_sendto,
		.sendmsg = call_sendmsg,       .fcntl = call_fcntl,
		.ioctl = call_ioctl,           .close = call_close,
		.shutdown = call_shutdown,     .getsockopt = call_getsockopt,
		.setsockopt = call_setsockopt, .poll = call_poll,
		.netdev_send = wire_send,      .netdev_receive = wire_receive,
		.gettimeofday = wire_time,     .usleep = told ? NULL : call_usleep,
		/* clang-format on */
	};
}
