/*
 * A segment is an IP packet with TCP, UDP or ICMP in it. All its numbers are in host byte order.
 * What a script writes, what is injected and what is captured have this same form.
 */
#ifndef TCPCLOSE_WIRE_SEGMENT_H
#define TCPCLOSE_WIRE_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/address.h"

enum tcp_flag { /* as in bytes 12 and 13 of the header, RFC 9293 3.1 */
	        TCP_FIN = 0x001,
	        TCP_SYN = 0x002,
	        TCP_RST = 0x004,
	        TCP_PSH = 0x008,
	        TCP_ACK = 0x010,
	        TCP_URG = 0x020,
	        TCP_ECE = 0x040,
	        TCP_CWR = 0x080,
	        TCP_AE = 0x100, /* RFC 9768 */
	        TCP_RESERVED = 0xe00,
};

enum {
	TCP_OPTIONS_MAX = 40,
	SEGMENT_BYTES_MAX = 65535 + 40, /* no encoded packet is longer */
};

/*
 * Fields that segment_encode() computes. When a field's bit is set in segment.fixed, the value in
 * the segment is sent as it is, also when it is wrong. In a decoded segment the bit means that the
 * value was wrong.
 */
enum segment_fixed {
	FIXED_IP_CHECKSUM = 1 << 0,
	FIXED_IP_LENGTH = 1 << 1, /* the total length of IPv4, the payload length of IPv6 */
	FIXED_CHECKSUM = 1 << 2,  /* of TCP, UDP or ICMP */
	FIXED_DATA_OFFSET = 1 << 3,
	FIXED_UDP_LENGTH = 1 << 4,
	/* The value in the segment is added to the one that is computed; encoded only. */
	ADDED_IP_CHECKSUM = 1 << 5,
	ADDED_CHECKSUM = 1 << 6,
};

struct tcp_header {
	uint16_t source, destination;
	uint32_t sequence, acknowledgment;
	uint16_t flags;  /* enum tcp_flag */
	uint16_t window; /* as on the wire, not scaled */
	uint16_t urgent;
	uint8_t data_offset; /* in words of four bytes */
	uint8_t options_length;
	uint8_t options[TCP_OPTIONS_MAX];
};

struct udp_header {
	uint16_t source, destination;
	uint16_t length;
};

/*
 * What an ICMP error quotes of the packet that it is about: an IP header and eight bytes of TCP or
 * UDP. segment_decode() finds it in the payload, which is everything behind the eight bytes of the
 * ICMP header. segment_encode() makes the payload of it when payload_captured is 0. IPPROTO_RAW
 * quotes nothing: the ICMP message is payload_length bytes long, its header included.
 */
struct icmp_quote {
	uint8_t protocol;             /* IPPROTO_TCP, IPPROTO_UDP, IPPROTO_RAW; 0: no quote */
	uint16_t source, destination; /* ports, as the quoted packet has them */
	uint32_t sequence;            /* TCP only */
	/*
	 * Bytes of payload that the quoted packet had; for TCP cut off before its data offset: as
	 * if it had no options.
	 */
	uint16_t payload_length;
};

struct icmp_header {
	uint8_t type, code;
	uint32_t rest;           /* bytes 4 to 7: MTU, or identifier << 16 | sequence */
	struct icmp_quote quote; /* its addresses are those of the error, exchanged */
};

struct segment {
	struct ip_address source, destination;
	uint8_t tos;         /* DSCP and ECN; the IPv6 traffic class */
	uint8_t ttl;         /* the hop limit of IPv6; when encoded, 0 means 255 */
	uint16_t ip_id;      /* IPv4 only */
	bool dont_fragment;  /* IPv4 only */
	uint32_t flow_label; /* IPv6 only */
	/* As captured; encoded only with FIXED_IP_LENGTH, FIXED_IP_CHECKSUM. */
	uint16_t ip_length, ip_checksum;
	uint16_t checksum; /* of TCP, UDP or ICMP; encoded only with FIXED_CHECKSUM */
	/* IPPROTO_TCP, _UDP, _ICMP or _ICMPV6: says which member of the union is set */
	uint8_t protocol;
	union {
		struct tcp_header tcp;
		struct udp_header udp;
		struct icmp_header icmp;
	};
	uint32_t payload_length; /* bytes on the wire */
	/* Bytes at `payload`; when it is 0, all bytes of the payload are zero. */
	uint32_t payload_captured;
	const uint8_t *payload; /* belongs to somebody else */
	const uint8_t *outer; /* outer headers, see encapsulation.h; they belong to somebody else */
	uint16_t outer_length;
	unsigned fixed; /* enum segment_fixed */
};

/* How far the checksum of a packet that is decoded can be believed. */
enum checksum_trust {
	CHECKSUM_EXACT, /* it must be right */
	/*
	 * The sender may have left it to a device: where the field holds the sum of the pseudo
	 * header alone, it is not checked.
	 */
	CHECKSUM_OFFLOAD,
	CHECKSUM_IGNORED, /* it is not checked */
};

/*
 * Decodes the first `length` bytes of a packet that had `wire_length` bytes on the wire (a GSO
 * packet may be longer than what was captured, and so may any packet in a capture file that cuts
 * them). Returns NULL, or a static text that says what is wrong with the bytes. segment->payload
 * points into `bytes`.
 *
 * A checksum over bytes that were not captured is never checked, whatever `trust` says. IP options
 * and IPv6 extension headers are skipped. Of a first fragment everything that is there is decoded;
 * a later fragment is refused. Of a packet within packets the innermost is decoded, and
 * segment->outer points to the outer headers. When a length field is too short, the payload is cut
 * there, as a receiver would do; when it is too long, it is ignored.
 */
const char *segment_decode(const uint8_t *bytes, size_t length, size_t wire_length,
                           enum checksum_trust trust, struct segment *segment);

/*
 * Encodes into `bytes`, which has room for SEGMENT_BYTES_MAX, and returns the length. Returns 0
 * when the segment does not fit, or has no address, another protocol or too many bytes of options.
 * Only tests and tools use it: what is injected is built by libnet (kernel/inject.c).
 */
size_t segment_encode(const struct segment *segment, uint8_t *bytes);

/*
 * Writes the segment as a script would, without direction, time and addresses: "F. 1:1(0) ack 1 win
 * 257 <nop,nop,TS val 5 ecr 7>". Sequence numbers are printed as they are in the segment. What does
 * not fit in `size` bytes is cut off. Returns `text`.
 */
enum { SEGMENT_TEXT = 512 };
const char *segment_print(const struct segment *segment, char *text, size_t size);

/*
 * Writes the flags as packetdrill does: "P.", "F.", "S", "-" ... The letters are packetdrill's, in
 * its order, FSRP.UEWA. For the reserved bits we add x (0x200), y (0x400) and z (0x800).
 */
enum { TCP_FLAGS_TEXT = 16 };
const char *tcp_flags_print(uint16_t flags, char text[TCP_FLAGS_TEXT]);

#endif
