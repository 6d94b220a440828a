#include "remote/frames.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include "wire/bytes.h"

enum { BUFFER_BYTES = 8 << 20, TYPE_AT = 2 * ETHERNET_ADDRESS };

void ethernet_make_up(uint8_t address[ETHERNET_ADDRESS])
{
	if (getrandom(address, ETHERNET_ADDRESS, 0) != ETHERNET_ADDRESS)
		memset(address, 0x5a, ETHERNET_ADDRESS);
	address[0] = (uint8_t)((address[0] & ~1U) | 2);
}

/* ---- the device ---- */

static bool device_ask(int fd, const char *name, unsigned long what, struct ifreq *request)
{
	strncpy(request->ifr_name, name, IFNAMSIZ - 1);
	return ioctl(fd, what, request) == 0;
}

static bool device_check(int fd, const char *name, char *error)
{
	struct ethtool_value joins = { .cmd = ETHTOOL_GGRO };
	struct ifreq request = { 0 }, flags = { 0 }, gro = { .ifr_data = (char *)&joins };

	if (!device_ask(fd, name, SIOCGIFHWADDR, &request))
		fault_say(FAULT_BROKEN, error, "device %s: %s", name, strerror(errno));
	else if (request.ifr_hwaddr.sa_family != ARPHRD_ETHER)
		fault_say(FAULT_BROKEN, error, "device %s has no Ethernet frames", name);
	else if (!device_ask(fd, name, SIOCGIFFLAGS, &flags) || !(flags.ifr_flags & IFF_UP))
		fault_say(FAULT_BROKEN, error, "device %s is down", name);
	else if (device_ask(fd, name, SIOCETHTOOL, &gro) && joins.data)
		fault_say(FAULT_BROKEN, error,
		          "device %s joins segments before they are seen: ethtool -K %s gro off",
		          name, name);
	else
		return true;
	return false;
}

bool frames_device(const char *name, unsigned *index, char error[FAULT_TEXT])
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool good = strlen(name) < IFNAMSIZ && fd >= 0 && device_check(fd, name, error);

	if (strlen(name) >= IFNAMSIZ || fd < 0)
		fault_say(FAULT_BROKEN, error, "device %s: %s", name, strerror(ENODEV));
	if (fd >= 0)
		close(fd);
	*index = good ? if_nametoindex(name) : 0;
	return good;
}

/* ---- opening ---- */

static bool frames_bind(struct frames *frames)
{
	const struct sockaddr_ll address = { .sll_family = AF_PACKET,
		                             .sll_protocol = htons(ETH_P_ALL),
		                             .sll_ifindex = (int)frames->device };
	struct packet_mreq also = { .mr_ifindex = (int)frames->device,
		                    .mr_type = PACKET_MR_UNICAST,
		                    .mr_alen = ETHERNET_ADDRESS };
	int on = 1, size = BUFFER_BYTES;

	memcpy(also.mr_address, frames->own, ETHERNET_ADDRESS);
	if (setsockopt(frames->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(frames->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	return setsockopt(frames->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) == 0 &&
	       setsockopt(frames->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &also, sizeof(also)) ==
	               0 &&
	       bind(frames->fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
}

bool frames_open(struct frames *frames, unsigned device, const uint8_t theirs[ETHERNET_ADDRESS],
                 char error[FAULT_TEXT])
{
	/* It hears nothing until bind(2), because of its protocol of 0. */
	frames->fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	frames->device = device;
	memcpy(frames->theirs, theirs, ETHERNET_ADDRESS);
	ethernet_make_up(frames->own);
	if (frames->fd >= 0 && frames_bind(frames))
		return true;
	fault_say(FAULT_BROKEN, error, "packets of the device cannot be had: %s", strerror(errno));
	frames_close(frames);
	return false;
}

void frames_close(struct frames *frames)
{
	if (frames->fd >= 0)
		close(frames->fd);
	frames->fd = -1;
}

/* ---- packets ---- */

static usec_t real_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return usec_of_timespec(now);
}

bool frames_send(struct frames *frames, const uint8_t *bytes, size_t size, usec_t *at,
                 char error[FAULT_TEXT])
{
	uint8_t *frame = frames->bytes;

	memcpy(frame, frames->theirs, ETHERNET_ADDRESS);
	memcpy(frame + ETHERNET_ADDRESS, frames->own, ETHERNET_ADDRESS);
	put16(frame + TYPE_AT, bytes[0] >> 4 == 6 ? ETH_P_IPV6 : ETH_P_IP);
	memcpy(frame + ETH_HLEN, bytes, size);
	*at = real_time();
	if (send(frames->fd, frame, ETH_HLEN + size, 0) >= 0)
		return true;
	fault_say(FAULT_BROKEN, error, "the server's device does not take the packet: %s",
	          strerror(errno));
	return false;
}

static usec_t time_of(struct msghdr *message)
{
	struct timespec at = { 0 };

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
			memcpy(&at, CMSG_DATA(c), sizeof(at));
	return usec_of_timespec(at);
}

/* The length of the frame, 0 when there is none, -1 on an error. */
static ssize_t frame_next(struct frames *frames, usec_t *at)
{
	union {
		struct cmsghdr header;
		char bytes[256];
	} control;
	struct iovec iov = { frames->bytes, sizeof(frames->bytes) };
	struct msghdr message = { .msg_iov = &iov,
		                  .msg_iovlen = 1,
		                  .msg_control = &control,
		                  .msg_controllen = sizeof(control) };
	ssize_t length = recvmsg(frames->fd, &message, MSG_DONTWAIT);

	*at = length > 0 ? time_of(&message) : 0;
	return length >= 0 ? length : errno == EAGAIN || errno == EINTR ? 0 : -1;
}

/* Of the client's device, and IP. A short packet is padded to the least length of a frame. */
static bool read_frame(const struct frames *frames, size_t length, struct wire_message *packet)
{
	const uint8_t *bytes = frames->bytes + ETH_HLEN;
	size_t size = length - ETH_HLEN, own;

	if (memcmp(frames->bytes + ETHERNET_ADDRESS, frames->theirs, ETHERNET_ADDRESS) ||
	    length < ETH_HLEN + IPV4_HEADER)
		return false;
	own = bytes[0] >> 4 == 4 ? get16(bytes + 2) : (size_t)get16(bytes + 4) + IPV6_HEADER;
	packet->bytes = bytes;
	packet->size = packet->length = own < size ? own : size;
	return get16(frames->bytes + TYPE_AT) == ETH_P_IP ||
	       get16(frames->bytes + TYPE_AT) == ETH_P_IPV6;
}

static bool is_lost(const struct frames *frames)
{
	struct tpacket_stats counts = { 0 };
	socklen_t size = sizeof(counts);

	return getsockopt(frames->fd, SOL_PACKET, PACKET_STATISTICS, &counts, &size) == 0 &&
	       counts.tp_drops > 0;
}

enum frames_result frames_next(struct frames *frames, struct wire_message *packet,
                               char error[FAULT_TEXT])
{
	*packet = (struct wire_message){ .kind = WIRE_PACKET };
	for (;;) {
		ssize_t length = frame_next(frames, &packet->at);

		if (length < 0) {
			fault_say(FAULT_BROKEN, error, "the server's device: %s", strerror(errno));
			return FRAMES_BROKEN;
		}
		if (length == 0 && is_lost(frames)) {
			fault_say(FAULT_BROKEN, error, "packets came faster than they were read");
			return FRAMES_BROKEN;
		}
		if (length == 0)
			return FRAMES_NONE;
		if (read_frame(frames, (size_t)length, packet))
			return FRAMES_PACKET;
	}
}
