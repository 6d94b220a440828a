/*
 * A plain packet socket. libpcap would give it a ring of packets. Making a ring costs an RCU grace
 * period in the kernel (PACKET_RX_RING, measured: 10 to 25 ms), which is ten times as much as
 * everything else in a world. The timestamps are the same.
 */
#include "kernel/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "base/fault.h"
#include "capture/pcap_file.h"

enum {
	SNAPSHOT_BYTES = 2048,  /* bytes of a packet that we look at */
	PACKET_BYTES = 262144,  /* bytes of a packet that the filter passes on */
	BUFFER_BYTES = 8 << 20, /* a GSO packet takes room for all its bytes */
};

/* Offsets in the IP headers of what the filter looks at. */
enum { IPV4_PROTOCOL = 9, IPV6_NEXT = 6, IPV6_PAYLOAD = 40, ICMPV6_CHATTER = 130 };

#define LOAD(at) BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (at))
#define IF_EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define IF_LESS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (value), (no), (yes))
#define RETURN(bytes) BPF_STMT(BPF_RET | BPF_K, (bytes))

/*
 * The filter leaves out what a kernel says for itself: multicast (IGMP; MLD, which has a hop-by-hop
 * header) and neighbour discovery. There may be outer headers of any kind. A jump counts from the
 * line behind it.
 */
static const struct sock_filter instructions[] = {
	/*  0 */ LOAD(SKF_AD_OFF + SKF_AD_PKTTYPE),
	/*  1 */ IF_EQUAL(PACKET_OUTGOING, 0, 12),
	/*  2 */ LOAD(0),
	/*  3 */ BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 4),
	/*  4 */ IF_EQUAL(6, 3, 0),
	/*  5 */ IF_EQUAL(4, 0, 8),
	/*  6 */ LOAD(IPV4_PROTOCOL),
	/*  7 */ IF_EQUAL(IPPROTO_IGMP, 6, 5),
	/*  8 */ LOAD(IPV6_NEXT),
	/*  9 */ IF_EQUAL(IPPROTO_HOPOPTS, 4, 0),
	/* 10 */ IF_EQUAL(IPPROTO_ICMPV6, 0, 2),
	/* 11 */ LOAD(IPV6_PAYLOAD),
	/* 12 */ IF_LESS(ICMPV6_CHATTER, 0, 1),
	/* 13 */ RETURN(PACKET_BYTES),
	/* 14 */ RETURN(0),
};

const struct sock_fprog capture_filter = {
	.len = sizeof(instructions) / sizeof(instructions[0]),
	.filter = (struct sock_filter *)instructions,
};

struct capture {
	int fd;
	struct pcap_file *file; /* NULL: no file is written */
	uint8_t bytes[SNAPSHOT_BYTES];
};

/* ---- opening ---- */

/* The socket hears nothing until bind(2), which comes when all is ready. */
static enum fault socket_start(struct capture *capture, unsigned device, char *error)
{
	const struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)device,
	};
	int on = 1, size = BUFFER_BYTES;

	capture->fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (capture->fd < 0 && errno == EPERM)
		return fault_say(FAULT_MISSING, error,
		                 "capturing is not allowed here (CAP_NET_RAW)");
	if (capture->fd < 0)
		return fault_say(FAULT_BROKEN, error, "capture: %s", strerror(errno));
	/*
	 * Without privileges on the machine, the buffer is only as large as net.core.rmem_max
	 * allows.
	 */
	if (setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(capture->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) < 0)
		return fault_say(FAULT_BROKEN, error, "capture timestamps: %s", strerror(errno));
	if (setsockopt(capture->fd, SOL_SOCKET, SO_ATTACH_FILTER, &capture_filter,
	               sizeof(capture_filter)) < 0)
		return fault_say(FAULT_BROKEN, error, "capture filter: %s", strerror(errno));
	if (bind(capture->fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return fault_say(FAULT_BROKEN, error, "capture: %s", strerror(errno));
	return FAULT_NONE;
}

enum fault capture_open(struct capture **result, unsigned device, const char *pcap_path, char *lost,
                        char *error)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	enum fault failure;

	if (!capture)
		return fault_say(FAULT_BROKEN, error, "capture: %s", strerror(errno));
	capture->fd = -1;
	failure = device ? socket_start(capture, device, error) : FAULT_NONE;
	if (failure == FAULT_NONE && pcap_path)
		failure = pcap_file_open(&capture->file, pcap_path, lost, error);
	if (failure != FAULT_NONE) {
		capture_close(capture);
		return failure;
	}
	*result = capture;
	return FAULT_NONE;
}

void capture_close(struct capture *capture)
{
	if (!capture)
		return;
	pcap_file_close(capture->file);
	if (capture->fd >= 0)
		close(capture->fd);
	free(capture);
}

int capture_descriptor(const struct capture *capture)
{
	return capture->fd;
}

/* ---- packets ---- */

bool capture_is_written(const struct capture *capture)
{
	return capture->file != NULL;
}

void capture_write_injected(struct capture *capture, const uint8_t *bytes, size_t length, usec_t at)
{
	size_t captured = length < SNAPSHOT_BYTES ? length : SNAPSHOT_BYTES;

	pcap_file_add(capture->file, bytes, captured, length, timespec_of_usec(at));
}

/*
 * Checks whether the buffer has overflowed. Then packets are missing, and what comes after them
 * must not be judged.
 */
static enum capture_result overflow_check(struct capture *capture, char *error)
{
	struct tpacket_stats counts = { 0 };
	socklen_t size = sizeof(counts);

	if (getsockopt(capture->fd, SOL_PACKET, PACKET_STATISTICS, &counts, &size) < 0 ||
	    counts.tp_drops == 0)
		return CAPTURE_NONE;
	fault_say(FAULT_BROKEN, error,
	          "capture: %u packets are lost, because they came faster than they were read",
	          counts.tp_drops);
	return CAPTURE_BROKEN;
}

static struct timespec time_of(struct msghdr *message)
{
	struct timespec at = { 0 };

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
			memcpy(&at, CMSG_DATA(c), sizeof(at));
	return at;
}

/* Receives a packet. Returns its length on the wire; 0 when there is none; -1 with errno. */
static ssize_t receive(struct capture *capture, struct timespec *at)
{
	union {
		struct cmsghdr header;
		char bytes[256];
	} control;
	struct iovec iov = { capture->bytes, sizeof(capture->bytes) };
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t length = recvmsg(capture->fd, &message, MSG_DONTWAIT | MSG_TRUNC);

	/*
	 * ENETDOWN comes once when the device is taken down. What it sends when it is up again is
	 * heard.
	 */
	if (length < 0)
		return errno == EAGAIN || errno == EINTR || errno == ENETDOWN ? 0 : -1;
	*at = time_of(&message);
	return length;
}

void capture_found(struct capture *capture, const uint8_t *bytes, size_t captured, size_t length,
                   struct timespec at, struct host_packet *packet)
{
	*packet = (struct host_packet){
		.at = clock_of(at),
		.exact = (int64_t)at.tv_sec * NSEC_PER_SEC + at.tv_nsec,
		.bytes = bytes,
		.length = length,
		.captured = captured,
	};
	if (capture->file)
		pcap_file_add(capture->file, packet->bytes, packet->captured, packet->length, at);
	/*
	 * CHECKSUM_OFFLOAD: where the kernel computes the checksum itself (a RST or an ACK without
	 * a socket), it is checked.
	 */
	packet->bad = segment_decode(packet->bytes, packet->captured, packet->length,
	                             CHECKSUM_OFFLOAD, &packet->segment);
}

enum capture_result capture_next(struct capture *capture, struct host_packet *packet, char *error)
{
	struct timespec at;
	ssize_t length = receive(capture, &at);

	if (length == 0)
		return overflow_check(capture, error);
	if (length < 0) {
		fault_say(FAULT_BROKEN, error, "capture: %s", strerror(errno));
		return CAPTURE_BROKEN;
	}
	capture_found(capture, capture->bytes,
	              (size_t)length < sizeof(capture->bytes) ? (size_t)length
	                                                      : sizeof(capture->bytes),
	              (size_t)length, at, packet);
	return CAPTURE_PACKET;
}
