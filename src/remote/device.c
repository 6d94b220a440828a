#include "remote/device.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { REQUEST_BYTES = 512, ANSWER_BYTES = 8192 };

/* Sends a request and returns the errno value of the answer, or 0. */
static int ask(struct mnl_socket *socket, struct nlmsghdr *message)
{
	char answer[ANSWER_BYTES] __attribute__((aligned(8)));
	const struct nlmsghdr *head = (const struct nlmsghdr *)answer;
	ssize_t length;

	message->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	if (mnl_socket_sendto(socket, message, message->nlmsg_len) < 0)
		return errno;
	do
		length = mnl_socket_recvfrom(socket, answer, sizeof(answer));
	while (length < 0 && errno == EINTR);
	if (length < 0 || !mnl_nlmsg_ok(head, (int)length) || head->nlmsg_type != NLMSG_ERROR)
		return length < 0 ? errno : EPROTO;
	return -((const struct nlmsgerr *)mnl_nlmsg_get_payload(head))->error;
}

static void put_macvlan(struct nlmsghdr *message)
{
	struct nlattr *info = mnl_attr_nest_start(message, IFLA_LINKINFO), *data;

	mnl_attr_put_strz(message, IFLA_INFO_KIND, "macvlan");
	data = mnl_attr_nest_start(message, IFLA_INFO_DATA);
	mnl_attr_put_u32(message, IFLA_MACVLAN_MODE, MACVLAN_MODE_PRIVATE);
	mnl_attr_nest_end(message, data);
	mnl_attr_nest_end(message, info);
}

enum fault device_make(struct mnl_socket *before, unsigned parent,
                       const uint8_t ethernet[ETHERNET_ADDRESS], unsigned *index, char *error)
{
	char bytes[REQUEST_BYTES] __attribute__((aligned(8)));
	struct nlmsghdr *message = mnl_nlmsg_put_header(bytes);
	struct ifinfomsg *link;
	int failed;

	message->nlmsg_type = RTM_NEWLINK;
	message->nlmsg_flags = NLM_F_CREATE | NLM_F_EXCL;
	link = mnl_nlmsg_put_extra_header(message, sizeof(*link));
	link->ifi_family = AF_UNSPEC;
	mnl_attr_put_strz(message, IFLA_IFNAME, DEVICE_NAME);
	mnl_attr_put_u32(message, IFLA_LINK, parent);
	mnl_attr_put_u32(message, IFLA_NET_NS_PID, (uint32_t)getpid());
	mnl_attr_put(message, IFLA_ADDRESS, ETHERNET_ADDRESS, ethernet);
	put_macvlan(message);
	failed = ask(before, message);
	if (failed == EPERM)
		return fault_say(FAULT_MISSING, error, "--wire_client wants root (CAP_NET_ADMIN)");
	if (failed == EOPNOTSUPP)
		return fault_say(FAULT_MISSING, error,
		                 "this kernel has no macvlan (CONFIG_MACVLAN), which "
		                 "--wire_client needs");
	if (failed)
		return fault_say(FAULT_BROKEN, error,
		                 "a macvlan of the client's device, which must be an "
		                 "Ethernet one: %s",
		                 strerror(failed));
	*index = if_nametoindex(DEVICE_NAME);
	return *index ? FAULT_NONE : fault_say(FAULT_BROKEN, error, DEVICE_NAME " is not there");
}

/* ---- when it is up ---- */

/* Segments go as the kernel made them, and with checksums. */
static enum fault offloads_off(char *error)
{
	static const uint32_t offloads[] = { ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_STXCSUM,
		                             ETHTOOL_SGRO };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool good = fd >= 0;

	for (size_t i = 0; good && i < sizeof(offloads) / sizeof(*offloads); i++) {
		struct ethtool_value value = { .cmd = offloads[i] };
		struct ifreq request = { .ifr_name = DEVICE_NAME, .ifr_data = (char *)&value };

		good = ioctl(fd, SIOCETHTOOL, &request) == 0 || errno == EOPNOTSUPP;
	}
	if (!good)
		fault_say(FAULT_BROKEN, error, "offloads of " DEVICE_NAME ": %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	return good ? FAULT_NONE : FAULT_BROKEN;
}

static int neighbour_make(struct mnl_socket *socket, unsigned index,
                          const struct ip_address *address, const uint8_t *ethernet)
{
	char bytes[REQUEST_BYTES] __attribute__((aligned(8)));
	struct nlmsghdr *message = mnl_nlmsg_put_header(bytes);
	struct ndmsg *neighbour;

	message->nlmsg_type = RTM_NEWNEIGH;
	message->nlmsg_flags = NLM_F_CREATE | NLM_F_REPLACE;
	neighbour = mnl_nlmsg_put_extra_header(message, sizeof(*neighbour));
	neighbour->ndm_family = (uint8_t)address->family;
	neighbour->ndm_ifindex = (int)index;
	neighbour->ndm_state = NUD_PERMANENT;
	mnl_attr_put(message, NDA_DST, address->family == AF_INET6 ? 16 : 4, address->bytes);
	mnl_attr_put(message, NDA_LLADDR, ETHERNET_ADDRESS, ethernet);
	return ask(socket, message);
}

enum fault device_ready(const struct host_config *config, unsigned index,
                        const uint8_t neighbour[ETHERNET_ADDRESS], char *error)
{
	const struct ip_address *const addresses[] = { &config->gateway, &config->remote };
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	int failed = socket ? 0 : errno;

	for (size_t i = 0; !failed && i < 2; i++)
		if (addresses[i]->family)
			failed = neighbour_make(socket, index, addresses[i], neighbour);
	if (socket)
		mnl_socket_close(socket);
	if (failed)
		return fault_say(FAULT_BROKEN, error, "the neighbour of " DEVICE_NAME ": %s",
		                 strerror(failed));
	return offloads_off(error);
}
