/*
 * libpcap makes the filter and writes the files, but does not open the socket: its ring of packets
 * costs an RCU grace period in the kernel (PACKET_RX_RING, 10 to 25 ms measured), ten times as
 * much as the rest of a world. A plain packet socket costs nothing, and its timestamps are as good.
 */
#include "host/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/fault.h"
#include "wire/bytes.h"
#include "wire/checksum.h"

enum {
	SNAPSHOT_BYTES = 2048,          /* that are looked at ... */
	PACKET_BYTES = 262144,          /* ... of a packet, whose full length the filter must pass on */
	BUFFER_BYTES = 8 << 20,         /* a GSO packet counts with all its bytes */
	NSEC_PER_USEC = 1000,
};

/* Of ICMPv6 the errors and echo (RFC 4443); what follows is multicast and neighbour discovery. */
static const char filter[] = "tcp or udp or icmp or (icmp6 and ip6[40] < 130)";

struct capture {
	int fd;
	pcap_t *format;                 /* what the packets are, for filter and file */
	pcap_dumper_t *file;            /* NULL: none is wanted */
	uint8_t bytes[SNAPSHOT_BYTES];
};

/*
 * Did the kernel leave the TCP or UDP checksum to the device? Then the field holds the sum of the
 * pseudo header alone. What it computes itself (RST and ACK without a socket) is to be checked.
 */
static bool checksum_is_partial(const uint8_t *bytes, size_t captured, size_t length)
{
	bool ipv6 = captured > 0 && bytes[0] >> 4 == 6;
	size_t header = ipv6 ? 40 : captured > 0 ? (bytes[0] & 0xf) * 4u : 0;
	size_t addresses = ipv6 ? 32 : 8;
	uint8_t pseudo[32 + 6] = { 0 };
	uint8_t protocol;
	size_t at;

	if (header < 20 || captured < header || length < header)
		return false;
	protocol = bytes[ipv6 ? 6 : 9];
	if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
		return false;
	at = header + (protocol == IPPROTO_TCP ? 16 : 6);
	if (captured < at + 2)
		return false;
	memcpy(pseudo, bytes + (ipv6 ? 8 : 12), addresses);
	put32(pseudo + addresses, (uint32_t)(length - header));
	put16(pseudo + addresses + 4, protocol);
	/* The one is the complement of the other. */
	return checksum_bytes(pseudo, sizeof(pseudo)) + get16(bytes + at) == 0xffff;
}

/* ---- opening ---- */

static enum host_failure filter_attach(const struct capture *capture, char *error)
{
	struct bpf_program program;
	int status;

	if (pcap_compile(capture->format, &program, filter, 1, PCAP_NETMASK_UNKNOWN) < 0)
		return host_fault(HOST_FAULT, error, "capture filter: %s", pcap_geterr(capture->format));
	/* libpcap's instructions are the kernel's. */
	struct sock_fprog kernel = {
		.len = (unsigned short)program.bf_len, .filter = (struct sock_filter *)program.bf_insns,
	};
	status = setsockopt(capture->fd, SOL_SOCKET, SO_ATTACH_FILTER, &kernel, sizeof(kernel));
	pcap_freecode(&program);
	if (status < 0)
		return host_fault(HOST_FAULT, error, "capture filter: %s", strerror(errno));
	return HOST_OK;
}

/* The socket hears nothing until it is bound, when all is in place. */
static enum host_failure socket_start(struct capture *capture, const char *device, char *error)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(device),
	};
	int on = 1, size = BUFFER_BYTES;
	enum host_failure failure;

	capture->fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (capture->fd < 0 && errno == EPERM)
		return host_fault(HOST_MISSING, error, "capturing is not allowed here (CAP_NET_RAW)");
	if (capture->fd < 0)
		return host_fault(HOST_FAULT, error, "capture: %s", strerror(errno));
	/* Without privilege on the machine the buffer is as large as net.core.rmem_max allows. */
	if (setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(capture->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(capture->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) < 0)
		return host_fault(HOST_FAULT, error, "capture timestamps: %s", strerror(errno));
	failure = filter_attach(capture, error);
	if (failure != HOST_OK)
		return failure;
	if (bind(capture->fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return host_fault(HOST_FAULT, error, "capture on %s: %s", device, strerror(errno));
	return HOST_OK;
}

static enum host_failure file_start(struct capture *capture, const char *path, char *error)
{
	capture->file = pcap_dump_open(capture->format, path);
	if (!capture->file)
		return host_fault(HOST_FAULT, error, "%s", pcap_geterr(capture->format));
	fcntl(fileno(pcap_dump_file(capture->file)), F_SETFD, FD_CLOEXEC);
	pcap_dump_flush(capture->file);
	return HOST_OK;
}

enum host_failure capture_open(struct capture **result, const char *device, const char *pcap_path,
                               char *error)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	enum host_failure failure;

	if (!capture)
		return host_fault(HOST_FAULT, error, "capture: %s", strerror(errno));
	capture->fd = -1;
	capture->format = pcap_open_dead_with_tstamp_precision(DLT_RAW, PACKET_BYTES,
	                                                       PCAP_TSTAMP_PRECISION_NANO);
	failure = capture->format ? socket_start(capture, device, error)
	                          : host_fault(HOST_FAULT, error, "capture: out of memory");
	if (failure == HOST_OK && pcap_path)
		failure = file_start(capture, pcap_path, error);
	if (failure != HOST_OK) {
		capture_close(capture);
		return failure;
	}
	*result = capture;
	return HOST_OK;
}

void capture_close(struct capture *capture)
{
	if (!capture)
		return;
	if (capture->file)
		pcap_dump_close(capture->file);
	if (capture->format)
		pcap_close(capture->format);
	if (capture->fd >= 0)
		close(capture->fd);
	free(capture);
}

int capture_descriptor(const struct capture *capture)
{
	return capture->fd;
}

/* ---- packets ---- */

/* Each packet is flushed: the file is to be readable when the run is killed. */
static void file_add(struct capture *capture, const struct pcap_pkthdr *header, const uint8_t *bytes)
{
	pcap_dump((u_char *)capture->file, header, bytes);
	pcap_dump_flush(capture->file);
}

bool capture_is_written(const struct capture *capture)
{
	return capture->file != NULL;
}

void capture_write_injected(struct capture *capture, const uint8_t *bytes, size_t length, usec_t at)
{
	struct pcap_pkthdr header = {
		/* With nanosecond precision tv_usec holds nanoseconds. */
		.ts = { at / USEC_PER_SEC, at % USEC_PER_SEC * NSEC_PER_USEC },
		.caplen = length < SNAPSHOT_BYTES ? length : SNAPSHOT_BYTES,
		.len = length,
	};

	file_add(capture, &header, bytes);
}

/* Did the buffer overflow? What comes after a hole must not be judged. */
static enum capture_result overflow_check(struct capture *capture, char *error)
{
	struct tpacket_stats counts = { 0 };
	socklen_t size = sizeof(counts);

	if (getsockopt(capture->fd, SOL_PACKET, PACKET_STATISTICS, &counts, &size) < 0 ||
	    counts.tp_drops == 0)
		return CAPTURE_NONE;
	host_fault(HOST_FAULT, error, "capture: %u packets came faster than they were taken and are lost",
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

/* One packet of either direction; its length on the wire, 0 when there is none, -1 with errno. */
static ssize_t receive(struct capture *capture, struct sockaddr_ll *from, struct timespec *at)
{
	union {
		struct cmsghdr header;
		char bytes[256];
	} control;
	struct iovec iov = { capture->bytes, sizeof(capture->bytes) };
	struct msghdr message = {
		.msg_name = from, .msg_namelen = sizeof(*from), .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	ssize_t length = recvmsg(capture->fd, &message, MSG_DONTWAIT | MSG_TRUNC);

	/* The device was taken down: said once, and what it sends when it is up again is heard. */
	if (length < 0)
		return errno == EAGAIN || errno == EINTR || errno == ENETDOWN ? 0 : -1;
	*at = time_of(&message);
	return length;
}

enum capture_result capture_next(struct capture *capture, struct host_packet *packet, char *error)
{
	struct sockaddr_ll from;
	struct timespec at;
	ssize_t length;

	do
		length = receive(capture, &from, &at);
	while (length > 0 && from.sll_pkttype != PACKET_OUTGOING);
	if (length == 0)
		return overflow_check(capture, error);
	if (length < 0) {
		host_fault(HOST_FAULT, error, "capture: %s", strerror(errno));
		return CAPTURE_BROKEN;
	}
	*packet = (struct host_packet) {
		.at = (usec_t)at.tv_sec * USEC_PER_SEC + at.tv_nsec / NSEC_PER_USEC,
		.bytes = capture->bytes, .length = (size_t)length,
		.captured = (size_t)length < sizeof(capture->bytes) ? (size_t)length : sizeof(capture->bytes),
	};
	if (capture->file) {
		struct pcap_pkthdr header = {
			.ts = { at.tv_sec, at.tv_nsec }, .caplen = (bpf_u_int32)packet->captured,
			.len = (bpf_u_int32)length,
		};
		file_add(capture, &header, capture->bytes);
	}
	packet->bad = segment_decode(packet->bytes, packet->captured, packet->length,
		checksum_is_partial(packet->bytes, packet->captured, packet->length), &packet->segment);
	return CAPTURE_PACKET;
}
