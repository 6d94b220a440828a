#include "host/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/fault.h"
#include "wire/bytes.h"
#include "wire/checksum.h"

enum {
	/* With the ring's own header a little less than 2048, so that two fit into a page. */
	SNAPSHOT_BYTES = 1900,
	RING_BYTES = 2 << 20,           /* some 1000 packets, of both directions */
	NSEC_PER_USEC = 1000,
};

/* Of ICMPv6 the errors and echo (RFC 4443); what follows is multicast and neighbour discovery. */
static const char filter[] = "tcp or udp or icmp or (icmp6 and ip6[40] < 130)";

struct capture {
	pcap_t *pcap;
	pcap_dumper_t *file;            /* NULL: none is wanted */
	int last_holder[2];             /* see socket_outlive() */
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

static enum host_failure pcap_start(pcap_t *pcap, char *error)
{
	struct bpf_program program;
	char why[PCAP_ERRBUF_SIZE] = "";
	int status;

	pcap_set_snaplen(pcap, SNAPSHOT_BYTES);
	pcap_set_promisc(pcap, 0);
	pcap_set_immediate_mode(pcap, 1);
	pcap_set_buffer_size(pcap, RING_BYTES);
	pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
	status = pcap_activate(pcap);
	if (status == PCAP_ERROR_PERM_DENIED)
		return host_fault(HOST_MISSING, error, "capturing is not allowed here (CAP_NET_RAW)");
	if (status < 0)
		return host_fault(HOST_FAULT, error, "capture: %s", pcap_geterr(pcap));
	if (pcap_setnonblock(pcap, 1, why) < 0)
		return host_fault(HOST_FAULT, error, "capture: %s", why);
	/*
	 * "outbound" in the filter would do the same within the kernel, but libpcap itself runs the
	 * filter on the first packet, where it cannot know the direction, and drops that packet.
	 */
	if (pcap_setdirection(pcap, PCAP_D_OUT) < 0)
		return host_fault(HOST_FAULT, error, "capture direction: %s", pcap_geterr(pcap));
	if (pcap_compile(pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN) < 0)
		return host_fault(HOST_FAULT, error, "capture filter: %s", pcap_geterr(pcap));
	status = pcap_setfilter(pcap, &program);
	pcap_freecode(&program);
	if (status < 0)
		return host_fault(HOST_FAULT, error, "capture filter: %s", pcap_geterr(pcap));
	/* libpcap does not ask for it, and a command must not inherit the socket. */
	fcntl(pcap_get_selectable_fd(pcap), F_SETFD, FD_CLOEXEC);
	return HOST_OK;
}

/*
 * To close a packet socket the kernel waits two RCU grace periods, some 30 ms, and with it whoever
 * closes it, also by exit or by SIGKILL. So a second reference to it is left in a message that a
 * unix socket has for itself: when we are gone only the kernel's collector of such sockets can
 * find it, and that works in the background (since 6.9; before, this gains nothing). The first
 * of the pair is that socket, the second is closed after it and thereby calls the collector.
 */
static void socket_outlive(struct capture *capture)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} rights = { .header = {
		.cmsg_len = CMSG_LEN(2 * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
	} };
	struct iovec byte = { "", 1 };
	struct msghdr message = {
		.msg_iov = &byte, .msg_iovlen = 1,
		.msg_control = rights.bytes, .msg_controllen = sizeof(rights.bytes),
	};
	int held[2] = { pcap_get_selectable_fd(capture->pcap) };

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, capture->last_holder) < 0)
		return;
	held[1] = capture->last_holder[0];
	memcpy(CMSG_DATA(&rights.header), held, sizeof(held));
	/* Where it is refused the end is slower, and that is all. */
	if (sendmsg(capture->last_holder[1], &message, MSG_DONTWAIT) < 0)
		return;
}

static enum host_failure file_start(struct capture *capture, const char *path, char *error)
{
	capture->file = pcap_dump_open(capture->pcap, path);
	if (!capture->file)
		return host_fault(HOST_FAULT, error, "%s", pcap_geterr(capture->pcap));
	fcntl(fileno(pcap_dump_file(capture->file)), F_SETFD, FD_CLOEXEC);
	pcap_dump_flush(capture->file);
	return HOST_OK;
}

enum host_failure capture_open(struct capture **result, const char *device, const char *pcap_path,
                               char *error)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	char why[PCAP_ERRBUF_SIZE] = "";
	enum host_failure failure;

	if (!capture)
		return host_fault(HOST_FAULT, error, "capture: %s", strerror(errno));
	capture->last_holder[0] = capture->last_holder[1] = -1;
	capture->pcap = pcap_create(device, why);
	if (capture->pcap)
		failure = pcap_start(capture->pcap, error);
	else
		failure = host_fault(HOST_FAULT, error, "capture: %s", why);
	if (failure == HOST_OK && pcap_path)
		failure = file_start(capture, pcap_path, error);
	if (failure != HOST_OK) {
		capture_close(capture);
		return failure;
	}
	socket_outlive(capture);
	*result = capture;
	return HOST_OK;
}

void capture_close(struct capture *capture)
{
	if (!capture)
		return;
	if (capture->file)
		pcap_dump_close(capture->file);
	if (capture->pcap)
		pcap_close(capture->pcap);
	for (int i = 0; i < 2; i++)
		if (capture->last_holder[i] >= 0)
			close(capture->last_holder[i]);
	free(capture);
}

int capture_descriptor(const struct capture *capture)
{
	return pcap_get_selectable_fd(capture->pcap);
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

/* Did the ring overflow? What comes after a hole must not be judged. */
static enum capture_result ring_check(struct capture *capture, char *error)
{
	struct pcap_stat counts;

	if (pcap_stats(capture->pcap, &counts) < 0 || counts.ps_drop == 0)
		return CAPTURE_NONE;
	host_fault(HOST_FAULT, error, "capture: %u packets came faster than they were taken and are lost",
	           counts.ps_drop);
	return CAPTURE_BROKEN;
}

enum capture_result capture_next(struct capture *capture, struct host_packet *packet, char *error)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int status = pcap_next_ex(capture->pcap, &header, &bytes);

	if (status == 0)
		return ring_check(capture, error);
	if (status < 0) {
		host_fault(HOST_FAULT, error, "capture: %s", pcap_geterr(capture->pcap));
		return CAPTURE_BROKEN;
	}
	if (capture->file)
		file_add(capture, header, bytes);
	*packet = (struct host_packet) {
		.at = (usec_t)header->ts.tv_sec * USEC_PER_SEC + header->ts.tv_usec / NSEC_PER_USEC,
		.bytes = bytes, .captured = header->caplen, .length = header->len,
	};
	packet->bad = segment_decode(bytes, header->caplen, header->len,
	                             checksum_is_partial(bytes, header->caplen, header->len),
	                             &packet->segment);
	return CAPTURE_PACKET;
}
