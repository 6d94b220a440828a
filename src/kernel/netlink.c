#include "kernel/netlink.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <string.h>

#include "base/fault.h"

enum {
	LOOPBACK_INDEX = 1,   /* the index of lo in every namespace */
	QUEUE_LENGTH = 10000, /* packets that may wait in the device until somebody reads them */
	REPLY_BYTES = 8192,
};

/* ---- set-up ---- */

/* Requests that are sent together. `what` is for the message when one of them is refused. */
enum { BATCH_BYTES = 2048, BATCH_REQUESTS = 8 };

struct batch {
	char bytes[BATCH_BYTES];
	size_t length;
	unsigned count;
	const char *what[BATCH_REQUESTS];
	const char *value[BATCH_REQUESTS];
	bool optional[BATCH_REQUESTS]; /* a kernel without IPv6 may refuse it */
};

static struct nlmsghdr *batch_add(struct batch *batch, uint16_t type, uint16_t flags,
                                  const char *what, const char *value)
{
	struct nlmsghdr *message;

	/* A request is much shorter than this. batch_run() reads the answers. */
	assert(batch->count < BATCH_REQUESTS && batch->length <= BATCH_BYTES / 2);
	message = mnl_nlmsg_put_header(batch->bytes + batch->length);
	message->nlmsg_type = type;
	message->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	message->nlmsg_seq = batch->count;
	batch->what[batch->count] = what;
	batch->value[batch->count++] = value;
	return message;
}

static void batch_end(struct batch *batch, const struct nlmsghdr *message)
{
	batch->length += MNL_ALIGN(message->nlmsg_len);
	assert(batch->length <= BATCH_BYTES);
}

static void put_address(struct nlmsghdr *message, uint16_t type, const struct ip_address *address)
{
	mnl_attr_put(message, type, address->family == AF_INET6 ? 16 : 4, address->bytes);
}

static void add_link(struct batch *batch, unsigned index, const char *name, unsigned mtu,
                     unsigned queue, bool up)
{
	struct nlmsghdr *message =
		batch_add(batch, RTM_NEWLINK, 0, up ? "bringing up" : "taking down", name);
	struct ifinfomsg *link = mnl_nlmsg_put_extra_header(message, sizeof(*link));

	link->ifi_family = AF_UNSPEC;
	link->ifi_index = index;
	link->ifi_change = IFF_UP;
	link->ifi_flags = up ? IFF_UP : 0;
	if (mtu)
		mnl_attr_put_u32(message, IFLA_MTU, mtu);
	if (queue)
		mnl_attr_put_u32(message, IFLA_TXQLEN, queue);
	batch_end(batch, message);
}

/*
 * IPv6 makes no address of its own on the device, and without a link-local address it also looks
 * for no router. This is set by netlink, not by sysctl: writers of such a sysctl spin while the
 * kernel is busy with other namespaces (rtnl_trylock).
 */
static void add_no_link_local(struct batch *batch, unsigned index)
{
	struct nlmsghdr *message =
		batch_add(batch, RTM_NEWLINK, 0, "no link-local address on", "tun0");
	struct ifinfomsg *link = mnl_nlmsg_put_extra_header(message, sizeof(*link));
	struct nlattr *families, *family;

	link->ifi_index = (int)index;
	families = mnl_attr_nest_start(message, IFLA_AF_SPEC);
	family = mnl_attr_nest_start(message, AF_INET6);
	mnl_attr_put_u8(message, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
	mnl_attr_nest_end(message, family);
	mnl_attr_nest_end(message, families);
	batch->optional[message->nlmsg_seq] = true;
	batch_end(batch, message);
}

static void add_address(struct batch *batch, unsigned device, const struct ip_address *address,
                        unsigned prefix, const char *text)
{
	struct nlmsghdr *message = batch_add(batch, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE,
	                                     "giving the device the address", text);
	struct ifaddrmsg *body = mnl_nlmsg_put_extra_header(message, sizeof(*body));

	body->ifa_family = address->family;
	body->ifa_prefixlen = prefix;
	body->ifa_flags = address->family == AF_INET6 ? IFA_F_NODAD : 0;
	body->ifa_scope = RT_SCOPE_UNIVERSE;
	body->ifa_index = device;
	put_address(message, IFA_LOCAL, address);
	put_address(message, IFA_ADDRESS, address);
	batch_end(batch, message);
}

struct route {
	struct ip_address to;
	unsigned prefix;
	const struct ip_address *gateway; /* NULL: the route has none */
	uint8_t type, table, scope;
	unsigned metric; /* 0: what the kernel chooses */
};

static void add_route(struct batch *batch, unsigned device, const struct route *route,
                      const char *text)
{
	struct nlmsghdr *message = batch_add(batch, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE,
	                                     "making a route to", text);
	struct rtmsg *body = mnl_nlmsg_put_extra_header(message, sizeof(*body));

	body->rtm_family = route->to.family;
	body->rtm_dst_len = route->prefix;
	body->rtm_table = route->table;
	body->rtm_protocol = RTPROT_STATIC;
	body->rtm_scope = route->scope;
	body->rtm_type = route->type;
	/* The gateway need not be in the local prefix: on a TUN device nobody looks for it. */
	body->rtm_flags = route->gateway ? RTNH_F_ONLINK : 0;
	put_address(message, RTA_DST, &route->to);
	if (route->gateway)
		put_address(message, RTA_GATEWAY, route->gateway);
	mnl_attr_put_u32(message, RTA_OIF, device);
	if (route->metric)
		mnl_attr_put_u32(message, RTA_PRIORITY, route->metric);
	batch_end(batch, message);
}

static void add_remote_route(struct batch *batch, const struct host_config *config, unsigned device,
                             const char *text)
{
	bool gateway = config->gateway.family == config->remote.family && !config->anyip &&
	               !ip_address_equal(&config->gateway, &config->local);
	struct route route = {
		.to = ip_address_prefix(&config->remote, config->remote_prefix),
		.prefix = config->remote_prefix,
		.gateway = gateway ? &config->gateway : NULL,
		.type = RTN_UNICAST,
		.table = RT_TABLE_MAIN,
		.scope = gateway || config->remote.family == AF_INET6 ? RT_SCOPE_UNIVERSE
		                                                      : RT_SCOPE_LINK,
	};

	add_route(batch, device, &route, text);
}

/* Packets to this address are for us, although no device has it (or does not have it yet). */
static void add_anyip_route(struct batch *batch, const struct host_config *config, unsigned device,
                            const char *text)
{
	struct route route = {
		.to = config->local,
		.prefix = config->local.family == AF_INET6 ? 128 : 32,
		.type = RTN_LOCAL,
		.table = RT_TABLE_LOCAL,
		.scope = config->local.family == AF_INET6 ? RT_SCOPE_UNIVERSE : RT_SCOPE_HOST,
		/* So that a script which makes the same route itself does not get "file exists". */
		.metric = 4096,
	};

	add_route(batch, device, &route, text);
}

static enum fault batch_refused(const struct batch *batch, unsigned i, int failed, bool ipv6,
                                char *error)
{
	if (ipv6 && (failed == EOPNOTSUPP || failed == EAFNOSUPPORT || failed == EACCES))
		return fault_say(FAULT_MISSING, error, "IPv6 is not available here: %s %s: %s",
		                 batch->what[i], batch->value[i], strerror(failed));
	return fault_say(failed == EPERM ? FAULT_MISSING : FAULT_BROKEN, error, "%s %s: %s",
	                 batch->what[i], batch->value[i], strerror(failed));
}

/* Sends the batch and reads the answers. The kernel answers each request, in their order. */
static enum fault batch_run(const struct batch *batch, struct mnl_socket *socket, bool ipv6,
                            char *error)
{
	char reply[REPLY_BYTES] __attribute__((aligned(8)));
	enum fault failure = FAULT_NONE;
	unsigned answered = 0;

	if (mnl_socket_sendto(socket, batch->bytes, batch->length) < 0)
		return fault_say(FAULT_BROKEN, error, "asking the kernel by netlink: %s",
		                 strerror(errno));
	while (answered < batch->count) {
		ssize_t received = mnl_socket_recvfrom(socket, reply, sizeof(reply));
		const struct nlmsghdr *message = (const struct nlmsghdr *)reply;
		int left = (int)received;

		if (received < 0 && errno == EINTR)
			continue;
		if (received < 0)
			return fault_say(FAULT_BROKEN, error, "netlink's answer: %s",
			                 strerror(errno));
		for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
			const struct nlmsgerr *answer = mnl_nlmsg_get_payload(message);
			unsigned which = message->nlmsg_seq < batch->count ? message->nlmsg_seq : 0;

			if (message->nlmsg_type != NLMSG_ERROR)
				continue;
			answered++;
			if (answer->error && failure == FAULT_NONE && !batch->optional[which])
				failure = batch_refused(batch, which, -answer->error, ipv6, error);
		}
	}
	return failure;
}

enum fault netlink_configure(const struct host_config *config, unsigned device, char *error)
{
	char local[IP_ADDRESS_TEXT], remote[IP_ADDRESS_TEXT];
	struct batch batch = { .length = 0 };
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	enum fault failure;

	if (!socket)
		return fault_say(FAULT_BROKEN, error, "no netlink socket could be made: %s",
		                 strerror(errno));
	ip_address_print(&config->local, local);
	ip_address_print(&config->remote, remote);
	add_no_link_local(&batch, device);
	add_link(&batch, LOOPBACK_INDEX, "lo", 0, 0, true);
	add_link(&batch, device, "tun0", config->mtu, QUEUE_LENGTH, true);
	/*
	 * The kernel makes the route of an IPv6 address later, in a work queue that all namespaces
	 * share.
	 */
	if (config->anyip || config->local.family == AF_INET6)
		add_anyip_route(&batch, config, device, local);
	if (!config->anyip)
		add_address(&batch, device, &config->local, config->local_prefix, local);
	add_remote_route(&batch, config, device, remote);
	failure = batch_run(&batch, socket, config->local.family == AF_INET6, error);
	mnl_socket_close(socket);
	return failure;
}

enum fault netlink_down(unsigned device, char *error)
{
	struct batch batch = { .length = 0 };
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	enum fault failure;

	if (!socket)
		return fault_say(FAULT_BROKEN, error, "no netlink socket could be made: %s",
		                 strerror(errno));
	add_link(&batch, device, "tun0", 0, 0, false);
	failure = batch_run(&batch, socket, false, error);
	mnl_socket_close(socket);
	return failure;
}

/* ---- sock_diag ---- */

enum fault netlink_diag_open(struct netlink_diag *diag, unsigned device, char *error)
{
	*diag = (struct netlink_diag){
		.socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC),
		.device = device,
	};
	if (!diag->socket)
		return fault_say(FAULT_MISSING, error,
		                 "the state of sockets cannot be read (sock_diag): %s",
		                 strerror(errno));
	return FAULT_NONE;
}

void netlink_diag_close(struct netlink_diag *diag)
{
	if (diag->socket)
		mnl_socket_close(diag->socket);
	diag->socket = NULL;
}

/*
 * Sends a request and reads one message. Returns 0, or the errno value with which the kernel
 * answered. Below 0 there was no answer, and errno says why.
 */
static int diag_ask(struct netlink_diag *diag, uint16_t flags,
                    const struct inet_diag_req_v2 *question, struct inet_diag_msg *answer)
{
	char bytes[REPLY_BYTES] __attribute__((aligned(8)));
	struct nlmsghdr *message = mnl_nlmsg_put_header(bytes);
	struct inet_diag_req_v2 *body;

	message->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	message->nlmsg_flags = NLM_F_REQUEST | flags;
	message->nlmsg_seq = ++diag->sequence;
	body = mnl_nlmsg_put_extra_header(message, sizeof(*body));
	*body = *question;
	if (mnl_socket_sendto(diag->socket, message, message->nlmsg_len) < 0)
		return -1;
	for (;;) {
		ssize_t received = mnl_socket_recvfrom(diag->socket, bytes, sizeof(bytes));

		if (received < 0 && errno == EINTR)
			continue;
		if (received < 0)
			return -1;
		if (!mnl_nlmsg_ok(message, (int)received) || message->nlmsg_seq != diag->sequence)
			continue;
		if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE)
			return -*(const int *)mnl_nlmsg_get_payload(message);
		if (message->nlmsg_type == SOCK_DIAG_BY_FAMILY) {
			memcpy(answer, mnl_nlmsg_get_payload(message), sizeof(*answer));
			return 0;
		}
	}
}

/*
 * ENOENT may mean that there is no such socket, or that the kernel cannot answer at all. A dump of
 * sockets in no state tells which: it is empty, or it fails in the same way.
 */
static bool diag_usable(struct netlink_diag *diag, uint8_t family)
{
	struct inet_diag_req_v2 question = { .sdiag_family = family,
		                             .sdiag_protocol = IPPROTO_TCP };
	struct inet_diag_msg answer;

	if (!diag->usable)
		diag->usable = diag_ask(diag, NLM_F_DUMP, &question, &answer) == 0;
	return diag->usable;
}

static bool same_end(const struct ip_address *want, uint16_t want_port, uint8_t family,
                     const uint32_t seen[4], uint16_t seen_port)
{
	struct ip_address mapped = { .family = family }, address, wanted = ip_address_unmap(want);

	memcpy(mapped.bytes, seen, family == AF_INET6 ? 16 : 4);
	address = ip_address_unmap(&mapped);
	return want_port == ntohs(seen_port) && ip_address_equal(&wanted, &address);
}

/*
 * The kernel looks the connection up as it does for an arriving segment. So it may find the
 * listener that would get the segment.
 */
static bool is_wanted(const struct tcp_tuple *tuple, const struct inet_diag_msg *seen)
{
	if (tuple->remote_port == 0)
		return seen->idiag_state == STATE_LISTEN;
	return same_end(&tuple->local, tuple->local_port, seen->idiag_family, seen->id.idiag_src,
	                seen->id.idiag_sport) &&
	       same_end(&tuple->remote, tuple->remote_port, seen->idiag_family, seen->id.idiag_dst,
	                seen->id.idiag_dport);
}

static void diag_read(const struct inet_diag_msg *seen, struct tcp_status *connection)
{
	*connection = (struct tcp_status){
		.state = seen->idiag_state == STATE_NEW_SYN_RECV
		                 ? STATE_SYN_RECV
		                 : (enum tcp_state)seen->idiag_state,
		.timer = seen->idiag_timer < TIMER_COUNT ? (enum tcp_timer)seen->idiag_timer
		                                         : TIMER_NONE,
		.retransmits = seen->idiag_retrans,
		.receive_queue = seen->idiag_rqueue,
		.send_queue = seen->idiag_wqueue,
		.uid = seen->idiag_uid,
		.inode = seen->idiag_inode,
	};
	if (connection->timer != TIMER_NONE)
		connection->expires = (usec_t)seen->idiag_expires * USEC_PER_MSEC;
}

bool netlink_diag_find(struct netlink_diag *diag, const struct tcp_tuple *tuple,
                       struct tcp_status *connection, char *error)
{
	struct ip_address local = ip_address_unmap(&tuple->local);
	struct ip_address remote = ip_address_unmap(&tuple->remote);
	struct inet_diag_req_v2 question = {
		.sdiag_family = local.family, .sdiag_protocol = IPPROTO_TCP,
		.idiag_states = ~0u,
		.id = {
			.idiag_sport = htons(tuple->local_port),
			.idiag_dport = htons(tuple->remote_port),
			.idiag_if = diag->device,
			.idiag_cookie = { INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE },
		},
	};
	struct inet_diag_msg seen;
	int failed;

	*connection = (struct tcp_status){ .state = STATE_CLOSED };
	memcpy(question.id.idiag_src, local.bytes, sizeof(question.id.idiag_src));
	if (tuple->remote_port)
		memcpy(question.id.idiag_dst, remote.bytes, sizeof(question.id.idiag_dst));
	failed = diag_ask(diag, 0, &question, &seen);
	if (failed == 0 && is_wanted(tuple, &seen))
		diag_read(&seen, connection);
	if (failed == 0 || (failed == ENOENT && diag_usable(diag, local.family)))
		return true;
	fault_say(FAULT_BROKEN, error, "sock_diag: %s",
	          failed == ENOENT ? "this kernel cannot show TCP sockets (CONFIG_INET_TCP_DIAG)"
	                           : strerror(failed < 0 ? errno : failed));
	return false;
}
