/*
 * lwIP (Debian's liblwip, or another build as a shared library with threads and sockets) as a stack
 * that can be tested. Its sockets make the calls, a network interface of this file is its wire, and
 * its lists of connections show the states.
 *
 * A process has only one instance of lwIP, which cannot be shut down again.
 */
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/sockets.h>
#include <lwip/tcpip.h>

#include "stacks/stack.h"

enum { PACKET_MAX = 65535 + 40, WAIT_MS = 100 };

/* A packet that lwIP has sent and nobody has read yet. */
struct packet {
	struct packet *next;
	long long at;
	size_t length;
	char bytes[];
};

static struct {
	struct netif netif;
	struct tcpclose_world world;
	pthread_mutex_t lock;
	pthread_cond_t came;
	struct packet *first, **end; /* protected by the lock */
} wire = { .lock = PTHREAD_MUTEX_INITIALIZER,
	   .came = PTHREAD_COND_INITIALIZER,
	   .end = &wire.first };

/* ---- the wire ---- */

static long long now_usecs(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* lwIP's neighbour discovery and multicast reports do not belong to a test. */
static bool is_for_the_peer(const struct pbuf *p)
{
	unsigned char first[7] = { 0 };

	pbuf_copy_partial(p, first, sizeof(first), 0);
	return first[0] >> 4 == 4 || first[6] == IPPROTO_TCP || first[6] == IPPROTO_UDP;
}

static err_t keep(struct pbuf *p)
{
	struct packet *packet;

	if (!is_for_the_peer(p))
		return ERR_OK;
	packet = malloc(sizeof(*packet) + p->tot_len);
	if (!packet)
		return ERR_MEM;
	packet->next = NULL;
	packet->at = now_usecs();
	packet->length = pbuf_copy_partial(p, packet->bytes, p->tot_len, 0);
	pthread_mutex_lock(&wire.lock);
	*wire.end = packet;
	wire.end = &packet->next;
	pthread_cond_signal(&wire.came);
	pthread_mutex_unlock(&wire.lock);
	return ERR_OK;
}

static err_t output4(struct netif *netif, struct pbuf *p, const ip4_addr_t *to)
{
	(void)netif, (void)to;
	return keep(p);
}

static err_t output6(struct netif *netif, struct pbuf *p, const ip6_addr_t *to)
{
	(void)netif, (void)to;
	return keep(p);
}

static int netdev_send(void *userdata, const void *bytes, size_t count)
{
	struct pbuf *p = count <= 65535 ? pbuf_alloc(PBUF_RAW, (u16_t)count, PBUF_POOL) : NULL;

	(void)userdata;
	if (!p || pbuf_take(p, bytes, (u16_t)count) != ERR_OK ||
	    wire.netif.input(p, &wire.netif) != ERR_OK) {
		if (p)
			pbuf_free(p);
		errno = ENOBUFS;
		return -1;
	}
	return 0;
}

/* Waits a while for a packet. When there is none, *count becomes 0. */
static int netdev_receive(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	struct packet *packet;
	struct timespec until;

	(void)userdata;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += WAIT_MS * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&wire.lock);
	while (!wire.first && pthread_cond_timedwait(&wire.came, &wire.lock, &until) == 0)
		;
	packet = wire.first;
	if (packet && !(wire.first = packet->next))
		wire.end = &wire.first;
	pthread_mutex_unlock(&wire.lock);
	if (!packet || packet->length > *count) {
		*count = 0;
	} else {
		memcpy(bytes, packet->bytes, packet->length);
		*count = packet->length;
		*time_usecs = packet->at;
	}
	free(packet);
	return 0;
}

/* ---- the interface, in lwIP's own thread ---- */

static void set_address6(const struct sockaddr_storage *storage)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)storage;
	ip6_addr_t address;
	s8_t index = 0;

	memset(&address, 0, sizeof(address));
	memcpy(address.addr, &in6->sin6_addr, sizeof(address.addr));
	netif_add_ip6_address(&wire.netif, &address, &index);
	if (index >= 0)
		netif_ip6_addr_set_state(&wire.netif, index, IP6_ADDR_PREFERRED);
}

static err_t netif_begin(struct netif *netif)
{
	netif->name[0] = 't';
	netif->name[1] = 'u';
	netif->mtu = (u16_t)wire.world.mtu;
	netif->mtu6 = (u16_t)wire.world.mtu;
	netif->output = output4;
	netif->output_ip6 = output6;
	netif->flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP;
	return ERR_OK;
}

static void begin(void *done)
{
	const struct tcpclose_ends *ends = &wire.world.ipv4;
	ip4_addr_t local = { 0 }, gateway = { 0 }, mask = { 0 };

	if (ends->local.ss_family == AF_INET) {
		local.addr = ((const struct sockaddr_in *)&ends->local)->sin_addr.s_addr;
		gateway.addr = ((const struct sockaddr_in *)&ends->gateway)->sin_addr.s_addr;
		mask.addr = htonl(ends->prefix ? ~0u << (32 - ends->prefix) : 0);
	}
	netif_add(&wire.netif, &local, &mask, &gateway, NULL, netif_begin, tcpip_input);
	netif_set_default(&wire.netif);
	netif_set_up(&wire.netif);
	netif_set_link_up(&wire.netif);
	if (wire.world.ipv6.local.ss_family == AF_INET6)
		set_address6(&wire.world.ipv6.local);
	sys_sem_signal(done);
}

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

/* ---- what is exported ---- */

int tcpclose_stack_init(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
                        size_t size)
{
	if (world->version != TCPCLOSE_STACK_VERSION) {
		snprintf(why, size, "it knows version %d of the interface", TCPCLOSE_STACK_VERSION);
		return -1;
	}
	wire.world = *world;
	*stack = (struct tcpclose_stack){ .version = TCPCLOSE_STACK_VERSION,
		                          .name = "lwIP " LWIP_VERSION_STRING,
		                          .tick = TCP_SLOW_INTERVAL * 1000,
		                          .state = state };
	return 0;
}

void packetdrill_interface_init(const char *flags, struct packetdrill_interface *interface)
{
	sys_sem_t done;

	(void)flags;
	sys_sem_new(&done, 0);
	tcpip_init(begin, &done);
	sys_arch_sem_wait(&done, 0);
	sys_sem_free(&done);
	*interface = (struct packetdrill_interface){
		/* clang-format off */
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
		.netdev_send = netdev_send,    .netdev_receive = netdev_receive,
		/* clang-format on */
	};
}
