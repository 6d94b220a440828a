#include "stacks/lwip/wire.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lwip/init.h>
#include <lwip/ip.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/sys.h>
#include <lwip/tcpip.h>
#include <lwip/timeouts.h>

enum { TIMERS_NS = 5000000 };

/* A packet that lwIP has sent and nobody has taken yet. */
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
	struct packet *first, **end; /* under the lock */
} wire = { .lock = PTHREAD_MUTEX_INITIALIZER,
	   .came = PTHREAD_COND_INITIALIZER,
	   .end = &wire.first };

/* ---- the wire ---- */

static _Atomic int64_t driven; /* 0, or what the clock shows that others drive */

static int64_t now_usecs(void)
{
	struct timespec now;

	if (driven)
		return driven;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* lwIP asks this one, and not that of the library. */
u32_t sys_now(void)
{
	return (u32_t)(now_usecs() / 1000);
}

int wire_time(void *userdata, struct timeval *time, struct timezone *zone)
{
	int64_t now = now_usecs();

	(void)userdata, (void)zone;
	*time = (struct timeval){ now / 1000000, now % 1000000 };
	return 0;
}

/* To the next of lwIP's timers at most: what it wakes is not known here. */
int64_t wire_advance(void *userdata, int64_t until)
{
	int64_t next;

	(void)userdata;
	LOCK_TCPIP_CORE();
	next = driven + (int64_t)sys_timeouts_sleeptime() * 1000;
	driven = next < until ? next : until;
	sys_check_timeouts();
	UNLOCK_TCPIP_CORE();
	return driven;
}

/* lwIP's neighbour discovery and multicast reports are no part of a test. */
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

int wire_send(void *userdata, const void *bytes, size_t count)
{
	struct pbuf *p = count <= 65535 ? pbuf_alloc(PBUF_RAW, (u16_t)count, PBUF_RAM) : NULL;

	(void)userdata;
	if (!p || pbuf_take(p, bytes, (u16_t)count) != ERR_OK) {
		errno = ENOBUFS;
		return -1;
	}
	LOCK_TCPIP_CORE();
	wire.netif.input(p, &wire.netif); /* frees it */
	UNLOCK_TCPIP_CORE();
	return 0;
}

/* For a packet until the timers are to be looked at again. False: there is none. */
static bool wait_for_packet(void)
{
	bool came;
	struct timespec until;

	LOCK_TCPIP_CORE();
	sys_check_timeouts();
	UNLOCK_TCPIP_CORE();
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += TIMERS_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&wire.lock);
	while (!wire.first && pthread_cond_timedwait(&wire.came, &wire.lock, &until) == 0)
		;
	came = wire.first != NULL;
	pthread_mutex_unlock(&wire.lock);
	return came;
}

/* With none, *count is 0. */
int wire_receive(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	struct packet *packet;

	(void)userdata;
	/* packetdrill takes no for an error, whatever its header says. */
	while (!driven && !wait_for_packet() && !wire.world.version)
		;
	pthread_mutex_lock(&wire.lock);
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

/* ---- the interface, under lwIP's lock ---- */

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

static void add_interface(void)
{
	const struct tcpclose_ends *ends = &wire.world.ipv4;
	ip4_addr_t local = { 0 }, gateway = { 0 }, mask = { 0 };

	if (ends->local.ss_family == AF_INET) {
		local.addr = ((const struct sockaddr_in *)&ends->local)->sin_addr.s_addr;
		gateway.addr = ((const struct sockaddr_in *)&ends->gateway)->sin_addr.s_addr;
		mask.addr = htonl(ends->prefix ? ~0u << (32 - ends->prefix) : 0);
	}
	netif_add(&wire.netif, &local, &mask, &gateway, NULL, netif_begin, ip_input);
	netif_set_default(&wire.netif);
	netif_set_up(&wire.netif);
	netif_set_link_up(&wire.netif);
	if (wire.world.ipv6.local.ss_family == AF_INET6)
		set_address6(&wire.world.ipv6.local);
}

/* ---- the beginning ---- */

void wire_set_world(const struct tcpclose_world *world)
{
	wire.world = *world;
	driven = world->start;
}

/* packetdrill tells no addresses: these are to be asked for there (--local_ip, --gateway_ip). */
static void set_usual_world(void)
{
	struct sockaddr_in *local = (struct sockaddr_in *)&wire.world.ipv4.local,
			   *gateway = (struct sockaddr_in *)&wire.world.ipv4.gateway;

	wire.world.mtu = 1500;
	wire.world.ipv4.prefix = 16;
	local->sin_family = gateway->sin_family = AF_INET;
	local->sin_addr.s_addr = htonl(0xc0a80002);   /* 192.168.0.2 */
	gateway->sin_addr.s_addr = htonl(0xc0a80001); /* 192.168.0.1 */
}

bool wire_begin(void)
{
	bool told = wire.world.version != 0;

	if (!told)
		set_usual_world();
	lwip_init();
	sys_mutex_new(&lock_tcpip_core);
	LOCK_TCPIP_CORE();
	add_interface();
	UNLOCK_TCPIP_CORE();
	return told;
}
