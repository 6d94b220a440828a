#include "wire/segment.h"

#include <string.h>

#include "wire/bytes.h"
#include "wire/checksum.h"
#include "wire/icmp.h"

enum {
	QUOTED_BYTES = 8, /* how much is quoted behind the quoted IP header (RFC 792) */
	LENGTH_MAX = 65535,
};

static size_t ip_header_length(const struct segment *segment)
{
	return segment->source.family == AF_INET ? IPV4_HEADER : IPV6_HEADER;
}

static bool is_icmp(const struct segment *segment)
{
	return segment->protocol == IPPROTO_ICMP || segment->protocol == IPPROTO_ICMPV6;
}

/*
 * An ICMP segment's payload is what was captured, if there is any; otherwise it is made of the
 * quote.
 */
static bool makes_quote(const struct segment *segment)
{
	return is_icmp(segment) && segment->payload_captured == 0 &&
	       segment->icmp.quote.protocol != 0;
}

static size_t quote_length(const struct segment *segment)
{
	const struct icmp_quote *quote = &segment->icmp.quote;

	if (quote->protocol != IPPROTO_RAW)
		return ip_header_length(segment) + QUOTED_BYTES;
	return quote->payload_length < ICMP_HEADER ? 0
	                                           : quote->payload_length - (size_t)ICMP_HEADER;
}

static size_t payload_length(const struct segment *segment)
{
	return makes_quote(segment) ? quote_length(segment) : segment->payload_length;
}

/* 0 for another protocol. */
static size_t transport_header_length(const struct segment *segment)
{
	if (segment->protocol == IPPROTO_TCP)
		return TCP_HEADER + ((segment->tcp.options_length + 3u) & ~3u);
	if (segment->protocol == IPPROTO_UDP)
		return UDP_HEADER;
	return is_icmp(segment) ? ICMP_HEADER : 0;
}

static uint16_t value_or(const struct segment *segment, enum segment_fixed which, uint16_t fixed,
                         size_t computed)
{
	return segment->fixed & which ? fixed : (uint16_t)computed;
}

static void encode_ipv4(const struct segment *segment, size_t length, uint8_t *bytes)
{
	bytes[0] = 0x45;
	bytes[1] = segment->tos;
	put16(bytes + 2, value_or(segment, FIXED_IP_LENGTH, segment->ip_length, length));
	put16(bytes + 4, segment->ip_id);
	put16(bytes + 6, segment->dont_fragment ? 0x4000 : 0);
	bytes[8] = segment->ttl ? segment->ttl : 255;
	bytes[9] = segment->protocol;
	memcpy(bytes + 12, segment->source.bytes, 4);
	memcpy(bytes + 16, segment->destination.bytes, 4);
	uint16_t sum = checksum_bytes(bytes, IPV4_HEADER);
	if (segment->fixed & ADDED_IP_CHECKSUM)
		sum = checksum_wrong(sum, segment->ip_checksum);
	put16(bytes + 10, value_or(segment, FIXED_IP_CHECKSUM, segment->ip_checksum, sum));
}

static void encode_ipv6(const struct segment *segment, size_t length, uint8_t *bytes)
{
	put32(bytes, 6u << 28 | (uint32_t)segment->tos << 20 | (segment->flow_label & 0xfffff));
	put16(bytes + 4,
	      value_or(segment, FIXED_IP_LENGTH, segment->ip_length, length - IPV6_HEADER));
	bytes[6] = segment->protocol;
	bytes[7] = segment->ttl ? segment->ttl : 255;
	memcpy(bytes + 8, segment->source.bytes, 16);
	memcpy(bytes + 24, segment->destination.bytes, 16);
}

static void encode_ip(const struct segment *segment, size_t length, uint8_t *bytes)
{
	if (segment->source.family == AF_INET)
		encode_ipv4(segment, length, bytes);
	else
		encode_ipv6(segment, length, bytes);
}

static void encode_tcp(const struct segment *segment, uint8_t *bytes)
{
	const struct tcp_header *tcp = &segment->tcp;
	size_t words = transport_header_length(segment) / 4;

	put16(bytes, tcp->source);
	put16(bytes + 2, tcp->destination);
	put32(bytes + 4, tcp->sequence);
	put32(bytes + 8, tcp->acknowledgment);
	words = value_or(segment, FIXED_DATA_OFFSET, tcp->data_offset, words);
	put16(bytes + 12, (uint16_t)(words << 12 | (tcp->flags & 0x0fff)));
	put16(bytes + 14, tcp->window);
	put16(bytes + 18, tcp->urgent);
	memcpy(bytes + TCP_HEADER, tcp->options, tcp->options_length);
}

static void encode_udp(const struct segment *segment, size_t length, uint8_t *bytes)
{
	put16(bytes, segment->udp.source);
	put16(bytes + 2, segment->udp.destination);
	put16(bytes + 4, value_or(segment, FIXED_UDP_LENGTH, segment->udp.length, length));
}

static size_t quoted_transport_length(const struct icmp_quote *quote)
{
	return (quote->protocol == IPPROTO_TCP ? (size_t)TCP_HEADER : UDP_HEADER) +
	       quote->payload_length;
}

/* The packet that the error is about went the other way, so its addresses are exchanged. */
static void encode_quote(const struct segment *segment, uint8_t *bytes)
{
	const struct icmp_quote *quote = &segment->icmp.quote;
	struct segment quoted = {
		.source = segment->destination,
		.destination = segment->source,
		.protocol = quote->protocol,
	};
	size_t transport = quoted_transport_length(quote);

	if (quote->protocol == IPPROTO_RAW)
		return;
	encode_ip(&quoted, ip_header_length(segment) + transport, bytes);
	bytes += ip_header_length(segment);
	put16(bytes, quote->source);
	put16(bytes + 2, quote->destination);
	if (quote->protocol == IPPROTO_TCP)
		put32(bytes + 4, quote->sequence);
	else
		put16(bytes + 4, (uint16_t)transport);
}

static void encode_icmp(const struct segment *segment, uint8_t *bytes)
{
	bytes[0] = segment->icmp.type;
	bytes[1] = segment->icmp.code;
	put32(bytes + 4, segment->icmp.rest);
	if (makes_quote(segment))
		encode_quote(segment, bytes + ICMP_HEADER);
}

static void encode_payload(const struct segment *segment, uint8_t *bytes)
{
	size_t length = segment->payload_captured;

	if (length > segment->payload_length)
		length = segment->payload_length;
	if (length > 0)
		memcpy(bytes, segment->payload, length);
}

static void encode_checksum(const struct segment *segment, uint8_t *bytes, size_t length)
{
	size_t at = segment->protocol == IPPROTO_TCP   ? 16
	            : segment->protocol == IPPROTO_UDP ? 6
	                                               : 2;
	uint16_t sum = checksum_transport(&segment->source, &segment->destination,
	                                  segment->protocol, bytes, length);

	/* 0 would mean that there is no checksum (RFC 768). */
	if (segment->protocol == IPPROTO_UDP && sum == 0)
		sum = 0xffff;
	if (segment->fixed & ADDED_CHECKSUM)
		sum = checksum_wrong(sum, segment->checksum);
	put16(bytes + at, value_or(segment, FIXED_CHECKSUM, segment->checksum, sum));
}

/* The length field of IPv4 counts its own header, that of IPv6 does not. */
static size_t longest_body(const struct segment *segment)
{
	return LENGTH_MAX - (segment->source.family == AF_INET ? IPV4_HEADER : 0);
}

static bool is_quotable(const struct segment *segment)
{
	switch (segment->icmp.quote.protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		return quoted_transport_length(&segment->icmp.quote) <= longest_body(segment);
	case IPPROTO_RAW:
		return true;
	}
	return false;
}

static bool is_encodable(const struct segment *segment)
{
	sa_family_t family = segment->source.family;
	size_t header = transport_header_length(segment);

	if ((family != AF_INET && family != AF_INET6) || segment->destination.family != family ||
	    header == 0)
		return false;
	if (segment->protocol == IPPROTO_TCP && segment->tcp.options_length > TCP_OPTIONS_MAX)
		return false;
	if (makes_quote(segment) && !is_quotable(segment))
		return false;
	return payload_length(segment) + header <= longest_body(segment);
}

size_t segment_encode(const struct segment *segment, uint8_t *bytes)
{
	size_t header = transport_header_length(segment), length;
	uint8_t *transport;

	if (!is_encodable(segment))
		return 0;
	length = ip_header_length(segment) + header + payload_length(segment);
	memset(bytes, 0, length);
	encode_ip(segment, length, bytes);
	transport = bytes + ip_header_length(segment);
	length -= ip_header_length(segment);
	encode_payload(segment, transport + header);
	if (segment->protocol == IPPROTO_TCP)
		encode_tcp(segment, transport);
	else if (segment->protocol == IPPROTO_UDP)
		encode_udp(segment, length, transport);
	else
		encode_icmp(segment, transport);
	encode_checksum(segment, transport, length);
	return length + ip_header_length(segment);
}
