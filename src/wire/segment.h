/*
 * A segment: one IP packet with TCP, UDP or ICMP in it, all numbers in host order. The same form
 * serves what a script wrote, what is injected, and what was captured.
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
	SEGMENT_BYTES_MAX = 65535 + 40, /* an encoded packet never is longer */
};

/*
 * Fields that encoding computes unless their bit is set in segment.fixed: then the value in the
 * segment goes out as it is, however wrong. On a decoded segment the bit means: seen to be wrong.
 */
enum segment_fixed {
	FIXED_IP_CHECKSUM = 1 << 0,
	FIXED_IP_LENGTH = 1 << 1, /* IPv4 total length, IPv6 payload length */
	FIXED_CHECKSUM = 1 << 2,  /* TCP, UDP or ICMP */
	FIXED_DATA_OFFSET = 1 << 3,
	FIXED_UDP_LENGTH = 1 << 4,
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
 * What an ICMP error quotes of the packet it is about: an IP header and eight bytes of TCP or UDP.
 * Decoding finds it in the payload (which is all that follows the eight bytes of ICMP header);
 * encoding makes the payload from it where payload_captured is 0. IPPROTO_RAW quotes nothing and
 * makes the ICMP message payload_length bytes long, its header included.
 */
struct icmp_quote {
	uint8_t protocol;             /* IPPROTO_TCP, IPPROTO_UDP, IPPROTO_RAW; 0: no quote */
	uint16_t source, destination; /* ports, seen from the quoted packet */
	uint32_t sequence;            /* TCP only */
	uint16_t payload_length;      /* behind a TCP header without options, if that was cut off */
};

struct icmp_header {
	uint8_t type, code;
	uint32_t rest;           /* bytes 4 to 7: MTU, or identifier << 16 | sequence */
	struct icmp_quote quote; /* its addresses are the outer ones, exchanged */
};

struct segment {
	struct ip_address source, destination;
	uint8_t tos;                     /* DSCP and ECN; the IPv6 traffic class */
	uint8_t ttl;                     /* hop limit; 0 on encoding means 255 */
	uint16_t ip_id;                  /* IPv4 only */
	bool dont_fragment;              /* IPv4 only */
	uint32_t flow_label;             /* IPv6 only */
	uint16_t ip_length, ip_checksum; /* as captured, or with FIXED_* */
	uint16_t checksum;               /* of TCP, UDP or ICMP; likewise */
	uint8_t protocol; /* IPPROTO_TCP, _UDP, _ICMP, _ICMPV6: which of these is set */
	union {
		struct tcp_header tcp;
		struct udp_header udp;
		struct icmp_header icmp;
	};
	uint32_t payload_length;   /* on the wire */
	uint32_t payload_captured; /* bytes at `payload`; 0: the payload is all zero bytes */
	const uint8_t *payload;    /* not owned */
	const uint8_t *outer;      /* headers around the packet, see encapsulation.h; not owned */
	uint16_t outer_length;
	unsigned fixed; /* enum segment_fixed */
};

/* What is known of the checksum of a TCP or UDP packet that is decoded. */
enum checksum_trust {
	CHECKSUM_EXACT,   /* a wrong one is wrong */
	CHECKSUM_OFFLOAD, /* the sender may have left it to a device: then it holds the sum of the
	                     pseudo header alone, and is not looked at */
	CHECKSUM_IGNORED, /* it is not looked at */
};

/*
 * Decodes `length` captured bytes of a packet that was `wire_length` long on the wire (a GSO packet
 * or a short snapshot may be longer than what was captured). Returns NULL, or a static text that
 * says what is wrong with the bytes. segment->payload points into `bytes`.
 *
 * A checksum that covers bytes that were not captured is not looked at, whatever `trust` says. IP
 * options and IPv6 extension headers are stepped over; a first fragment is decoded as far as it
 * goes, a later one refused; of packets within packets the innermost is decoded, and segment->outer
 * points to what is around it. A length field that is too short cuts the payload, as it would at a
 * receiver; one that is too long does not count.
 */
const char *segment_decode(const uint8_t *bytes, size_t length, size_t wire_length,
                           enum checksum_trust trust, struct segment *segment);

/*
 * Encodes into `bytes` (room for SEGMENT_BYTES_MAX) and returns the length, 0 when it does not fit
 * or has no address, a protocol of no use here, or too many option bytes. Used by tests and tools;
 * what is injected is built by libnet (kernel/inject.c).
 */
size_t segment_encode(const struct segment *segment, uint8_t *bytes);

/*
 * As a script would write it, without direction, time or addresses:
 * "F. 1:1(0) ack 1 win 257 <nop,nop,TS val 5 ecr 7>". Never writes beyond `size`; returns `text`.
 * Sequence numbers are printed as they stand in the segment.
 */
enum { SEGMENT_TEXT = 512 };
const char *segment_print(const struct segment *segment, char *text, size_t size);

/*
 * "P.", "F.", "S", "-" ...; the letters are packetdrill's, in the order in which it prints them:
 * FSRP.UEWA; then ours for the reserved bits, x (0x200), y (0x400) and z (0x800).
 */
enum { TCP_FLAGS_TEXT = 16 };
const char *tcp_flags_print(uint16_t flags, char text[TCP_FLAGS_TEXT]);

#endif
