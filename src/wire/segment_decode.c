#include "wire/segment.h"

#include <string.h>

#include "wire/bytes.h"
#include "wire/checksum.h"
#include "wire/encapsulation.h"
#include "wire/icmp.h"

/* A longer packet has 0 in its length fields (BIG TCP with IPv6 jumbograms, RFC 2675). */
enum { LONGEST_PLAIN = 65535 };

/* What the IP headers say that a segment does not keep. */
struct ip_headers {
	size_t length;        /* of the header with its options and extension headers */
	size_t packet_length; /* of the whole packet, as the length field says */
	bool incomplete;      /* a first fragment: the rest is in other fragments */
	/* The destination is not the one that the checksum covers (a routing header). */
	bool rerouted;
};

static const char *decode_ipv4(const uint8_t *bytes, size_t length, struct segment *segment,
                               struct ip_headers *ip)
{
	uint16_t fragment;

	if (length < IPV4_HEADER)
		return "the IPv4 header is cut off";
	ip->length = 4 * (bytes[0] & 0x0fu);
	if (ip->length < IPV4_HEADER)
		return "the IPv4 header length is below 20 bytes";
	if (length < ip->length)
		return "the IPv4 options are cut off";
	fragment = get16(bytes + 6);
	if (fragment & 0x1fff)
		return "an IPv4 fragment other than the first";
	ip->incomplete = fragment & 0x2000;
	segment->tos = bytes[1];
	segment->ip_length = get16(bytes + 2);
	ip->packet_length = segment->ip_length;
	segment->ip_id = get16(bytes + 4);
	segment->dont_fragment = fragment & 0x4000;
	segment->ttl = bytes[8];
	segment->protocol = bytes[9];
	segment->ip_checksum = get16(bytes + 10);
	if (checksum_bytes(bytes, ip->length) != 0)
		segment->fixed |= FIXED_IP_CHECKSUM;
	segment->source.family = segment->destination.family = AF_INET;
	memcpy(segment->source.bytes, bytes + 12, 4);
	memcpy(segment->destination.bytes, bytes + 16, 4);
	return NULL;
}

/* Skips one extension header (RFC 8200 4). Its field "next header" is the new protocol. */
static const char *skip_extension(const uint8_t *bytes, size_t length, struct segment *segment,
                                  struct ip_headers *ip)
{
	const uint8_t *extension = bytes + ip->length;
	uint8_t kind = segment->protocol;

	if (length - ip->length < 8)
		return "an IPv6 extension header is cut off";
	segment->protocol = extension[0];
	ip->length += kind == IPPROTO_FRAGMENT ? 8 : 8 * ((size_t)extension[1] + 1);
	if (ip->length > length)
		return "an IPv6 extension header is cut off";
	if (kind == IPPROTO_ROUTING && extension[3] > 0)
		ip->rerouted = true;
	if (kind == IPPROTO_FRAGMENT) {
		if (get16(extension + 2) & 0xfff8)
			return "an IPv6 fragment other than the first";
		ip->incomplete = get16(extension + 2) & 1;
	}
	return NULL;
}

static const char *decode_ipv6(const uint8_t *bytes, size_t length, struct segment *segment,
                               struct ip_headers *ip)
{
	const char *wrong = NULL;

	if (length < IPV6_HEADER)
		return "the IPv6 header is cut off";
	ip->length = IPV6_HEADER;
	segment->tos = (uint8_t)(get16(bytes) >> 4);
	segment->flow_label = get32(bytes) & 0xfffff;
	segment->ip_length = get16(bytes + 4);
	ip->packet_length = IPV6_HEADER + (size_t)segment->ip_length;
	segment->protocol = bytes[6];
	segment->ttl = bytes[7];
	segment->source.family = segment->destination.family = AF_INET6;
	memcpy(segment->source.bytes, bytes + 8, 16);
	memcpy(segment->destination.bytes, bytes + 24, 16);
	while (!wrong &&
	       (segment->protocol == IPPROTO_HOPOPTS || segment->protocol == IPPROTO_ROUTING ||
	        segment->protocol == IPPROTO_FRAGMENT || segment->protocol == IPPROTO_DSTOPTS))
		wrong = skip_extension(bytes, length, segment, ip);
	return wrong;
}

static const char *decode_ip(const uint8_t *bytes, size_t length, struct segment *segment,
                             struct ip_headers *ip)
{
	if (length == 0)
		return "the packet is empty";
	if (bytes[0] >> 4 == 4)
		return decode_ipv4(bytes, length, segment, ip);
	if (bytes[0] >> 4 == 6)
		return decode_ipv6(bytes, length, segment, ip);
	return "the packet is neither IPv4 nor IPv6";
}

/*
 * Where the packet ends. The length field is believed unless it is impossible, as a receiver does.
 */
static size_t packet_end(struct segment *segment, const struct ip_headers *ip, size_t wire_length)
{
	if (ip->packet_length == wire_length)
		return wire_length;
	if (segment->ip_length == 0 && wire_length > LONGEST_PLAIN)
		return wire_length;
	segment->fixed |= FIXED_IP_LENGTH;
	if (ip->packet_length < ip->length || ip->packet_length > wire_length)
		return wire_length;
	return ip->packet_length;
}

/* What follows the IP headers: `length` bytes on the wire, of which `captured` are at `bytes`. */
struct body {
	const uint8_t *bytes;
	size_t captured, length;
};

static void set_payload(const struct body *body, size_t header, struct segment *segment)
{
	segment->payload = body->bytes + header;
	segment->payload_captured = (uint32_t)(body->captured - header);
	segment->payload_length = (uint32_t)(body->length - header);
}

static const char *decode_tcp(const struct body *body, struct segment *segment)
{
	const uint8_t *bytes = body->bytes;
	struct tcp_header *tcp = &segment->tcp;
	size_t header;

	if (body->captured < TCP_HEADER)
		return "the TCP header is cut off";
	tcp->source = get16(bytes);
	tcp->destination = get16(bytes + 2);
	tcp->sequence = get32(bytes + 4);
	tcp->acknowledgment = get32(bytes + 8);
	tcp->data_offset = bytes[12] >> 4;
	tcp->flags = get16(bytes + 12) & 0x0fff;
	tcp->window = get16(bytes + 14);
	segment->checksum = get16(bytes + 16);
	tcp->urgent = get16(bytes + 18);
	header = 4u * tcp->data_offset;
	if (header < TCP_HEADER || header > body->length) {
		segment->fixed |= FIXED_DATA_OFFSET;
		header = TCP_HEADER;
	}
	if (header > body->captured)
		return "the TCP options are cut off";
	tcp->options_length = (uint8_t)(header - TCP_HEADER);
	memcpy(tcp->options, bytes + TCP_HEADER, tcp->options_length);
	set_payload(body, header, segment);
	return NULL;
}

static const char *decode_udp(const struct body *body, struct segment *segment)
{
	struct udp_header *udp = &segment->udp;

	if (body->captured < UDP_HEADER)
		return "the UDP header is cut off";
	udp->source = get16(body->bytes);
	udp->destination = get16(body->bytes + 2);
	udp->length = get16(body->bytes + 4);
	segment->checksum = get16(body->bytes + 6);
	if (udp->length != body->length && (udp->length != 0 || body->length <= LONGEST_PLAIN))
		segment->fixed |= FIXED_UDP_LENGTH;
	set_payload(body, UDP_HEADER, segment);
	return NULL;
}

/*
 * The quoted packet is nearly always cut off, so its own length field says how long it was. When
 * the quote ends before the data offset of TCP, we assume a header without options.
 */
static void decode_quote(const uint8_t *bytes, size_t length, struct icmp_quote *quote)
{
	struct segment quoted = { .fixed = 0 };
	struct ip_headers ip = { .length = 0 };
	size_t left, header;

	if (decode_ip(bytes, length, &quoted, &ip))
		return;
	bytes += ip.length;
	left = length - ip.length;
	quote->protocol = quoted.protocol;
	if ((quoted.protocol != IPPROTO_TCP && quoted.protocol != IPPROTO_UDP) || left < 4)
		return;
	quote->source = get16(bytes);
	quote->destination = get16(bytes + 2);
	header = UDP_HEADER;
	if (quoted.protocol == IPPROTO_TCP) {
		header = left > 12 && bytes[12] >> 4 >= 5 ? 4u * (bytes[12] >> 4) : TCP_HEADER;
		quote->sequence = left < 8 ? 0 : get32(bytes + 4);
	}
	if (ip.packet_length > ip.length + header)
		quote->payload_length = (uint16_t)(ip.packet_length - ip.length - header);
}

static const char *decode_icmp(const struct body *body, struct segment *segment)
{
	struct icmp_header *icmp = &segment->icmp;

	if (body->captured < ICMP_HEADER)
		return "the ICMP header is cut off";
	icmp->type = body->bytes[0];
	icmp->code = body->bytes[1];
	segment->checksum = get16(body->bytes + 2);
	icmp->rest = get32(body->bytes + 4);
	set_payload(body, ICMP_HEADER, segment);
	if (icmp_is_error(segment->protocol, icmp->type))
		decode_quote(segment->payload, segment->payload_captured, &icmp->quote);
	return NULL;
}

static const char *decode_transport(const struct body *body, struct segment *segment)
{
	switch (segment->protocol) {
	case IPPROTO_TCP:
		return decode_tcp(body, segment);
	case IPPROTO_UDP:
		return decode_udp(body, segment);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return decode_icmp(body, segment);
	}
	return "the packet is neither TCP nor UDP nor ICMP";
}

static bool checksum_is_wrong(const struct body *body, const struct segment *segment,
                              enum checksum_trust trust)
{
	bool offloads = segment->protocol == IPPROTO_TCP || segment->protocol == IPPROTO_UDP;
	uint16_t sum;

	if (trust == CHECKSUM_OFFLOAD && offloads &&
	    segment->checksum == checksum_pseudo(&segment->source, &segment->destination,
	                                         segment->protocol, body->length))
		return false;
	/* Over IPv4, UDP may go without a checksum (RFC 768). */
	if (segment->protocol == IPPROTO_UDP && segment->source.family == AF_INET &&
	    segment->checksum == 0)
		return false;
	sum = checksum_transport(&segment->source, &segment->destination, segment->protocol,
	                         body->bytes, body->length);
	/* An ICMP message that is all zeros: one's complement has two zeros, and both are right. */
	return sum != 0 && sum != 0xffff;
}

const char *segment_decode(const uint8_t *bytes, size_t length, size_t wire_length,
                           enum checksum_trust trust, struct segment *segment)
{
	struct ip_headers ip = { .length = 0 };
	struct body body;
	const char *wrong;
	size_t end, outer;

	memset(segment, 0, sizeof(*segment));
	if (wire_length < length)
		wire_length = length;
	if (wire_length > UINT32_MAX)
		return "the packet is too long";
	outer = encapsulation_length(bytes, length);
	if (outer > 0 && outer <= ENCAPSULATION_MAX) {
		segment->outer = bytes;
		segment->outer_length = (uint16_t)outer;
		bytes += outer, length -= outer, wire_length -= outer;
	}
	wrong = decode_ip(bytes, length, segment, &ip);
	if (wrong)
		return wrong;
	end = packet_end(segment, &ip, wire_length);
	body.bytes = bytes + ip.length;
	body.length = end - ip.length;
	body.captured = (end < length ? end : length) - ip.length;
	wrong = decode_transport(&body, segment);
	if (wrong)
		return wrong;
	if (body.captured == body.length && trust != CHECKSUM_IGNORED && !ip.incomplete &&
	    !ip.rerouted && checksum_is_wrong(&body, segment, trust))
		segment->fixed |= FIXED_CHECKSUM;
	return NULL;
}
