#include "kernel/inject.h"

#include <errno.h>
#include <libnet.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "wire/bytes.h"
#include "wire/checksum.h"
#include "wire/encapsulation.h"

enum {
	PACKET_MAX = 65535, /* IPv6 does not count its header in this length */
	DEFAULT_TTL = 255,
	DONT_FRAGMENT = 0x4000,
	QUOTED_BYTES = 8, /* how much is quoted behind the quoted IP header (RFC 792) */
};

struct inject {
	libnet_t *net;
	uint8_t *packet; /* belongs to libnet; from the last call */
	uint8_t payload[SEGMENT_BYTES_MAX];
	uint8_t wrapped[SEGMENT_BYTES_MAX];
};

enum fault inject_open(struct inject **result, char *error)
{
	struct inject *inject = calloc(1, sizeof(*inject));
	char why[LIBNET_ERRBUF_SIZE] = "";

	if (!inject)
		return fault_say(FAULT_BROKEN, error, "injection: %s", strerror(errno));
	inject->net = libnet_init(LIBNET_NONE, NULL, why);
	if (!inject->net) {
		free(inject);
		return fault_say(FAULT_BROKEN, error, "injection: %s", why);
	}
	/*
	 * Only libnet's link type returns the packet, and it also opens a packet socket, which
	 * would never be used and takes the kernel 16 ms to close. So libnet is opened without a
	 * link type, and is told afterwards.
	 */
	inject->net->injection_type = LIBNET_LINK_ADV;
	*result = inject;
	return FAULT_NONE;
}

void inject_close(struct inject *inject)
{
	if (!inject)
		return;
	if (inject->packet)
		libnet_adv_free_packet(inject->net, inject->packet);
	libnet_destroy(inject->net);
	free(inject);
}

/* ---- what a segment carries ---- */

struct body {
	const uint8_t *bytes;
	uint32_t length;
};

static struct libnet_in6_addr ipv6_address(const struct ip_address *address)
{
	struct libnet_in6_addr copy;

	memcpy(&copy, address->bytes, sizeof(copy));
	return copy;
}

static uint32_t ipv4_address(const struct ip_address *address)
{
	uint32_t copy;

	memcpy(&copy, address->bytes, sizeof(copy));
	return copy;
}

/* Zeros, where the segment has no bytes. */
static struct body payload_body(struct inject *inject, const struct segment *segment)
{
	uint32_t length = segment->payload_length, given = segment->payload_captured;

	if (given >= length)
		return (struct body){ length ? segment->payload : NULL, length };
	if (given)
		memcpy(inject->payload, segment->payload, given);
	memset(inject->payload + given, 0, length - given);
	return (struct body){ inject->payload, length };
}

/* The IP header of the packet that an ICMP error is about. It went the other way. */
static size_t quote_ip(const struct segment *outer, size_t transport, uint8_t *out)
{
	const struct icmp_quote *quote = &outer->icmp.quote;

	if (outer->source.family == AF_INET6) {
		out[0] = 0x60;
		put16(out + 4, (uint16_t)transport);
		out[6] = quote->protocol;
		out[7] = DEFAULT_TTL;
		memcpy(out + 8, outer->destination.bytes, 16);
		memcpy(out + 24, outer->source.bytes, 16);
		return IPV6_HEADER;
	}
	out[0] = 0x45;
	put16(out + 2, (uint16_t)(IPV4_HEADER + transport));
	out[8] = DEFAULT_TTL;
	out[9] = quote->protocol;
	memcpy(out + 12, outer->destination.bytes, 4);
	memcpy(out + 16, outer->source.bytes, 4);
	put16(out + 10, checksum_bytes(out, IPV4_HEADER));
	return IPV4_HEADER;
}

static struct body quote_body(struct inject *inject, const struct segment *segment)
{
	const struct icmp_quote *quote = &segment->icmp.quote;
	bool udp = quote->protocol == IPPROTO_UDP;
	size_t transport = (udp ? UDP_HEADER : TCP_HEADER) + quote->payload_length;
	uint8_t *out = inject->payload;
	size_t ip;

	if (quote->protocol == IPPROTO_RAW) {
		size_t length = quote->payload_length > ICMP_HEADER
		                        ? quote->payload_length - ICMP_HEADER
		                        : 0;

		return (struct body){ memset(out, 0, length), (uint32_t)length };
	}
	memset(out, 0, IPV6_HEADER + QUOTED_BYTES);
	ip = quote_ip(segment, transport, out);
	put16(out + ip, quote->source);
	put16(out + ip + 2, quote->destination);
	if (udp)
		put16(out + ip + 4, (uint16_t)transport);
	else
		put32(out + ip + 4, quote->sequence);
	return (struct body){ out, (uint32_t)(ip + QUOTED_BYTES) };
}

static struct body segment_body(struct inject *inject, const struct segment *segment)
{
	bool icmp = segment->protocol == IPPROTO_ICMP || segment->protocol == IPPROTO_ICMPV6;

	if (icmp && segment->payload_captured == 0 && segment->icmp.quote.protocol != 0)
		return quote_body(inject, segment);
	return payload_body(inject, segment);
}

/* ---- headers; the innermost comes first, as libnet wants it ---- */

static size_t options_padded(const struct tcp_header *tcp)
{
	return (tcp->options_length + 3u) & ~3u;
}

static bool build_tcp(libnet_t *net, const struct segment *segment, const struct body *body)
{
	const struct tcp_header *tcp = &segment->tcp;
	uint8_t options[TCP_OPTIONS_MAX] = { 0 }; /* zeros behind the options are EOL */
	size_t padded = options_padded(tcp);

	memcpy(options, tcp->options, tcp->options_length);
	if (padded && libnet_build_tcp_options(options, padded, net, 0) < 0)
		return false;
	return libnet_build_tcp(tcp->source, tcp->destination, tcp->sequence, tcp->acknowledgment,
	                        tcp->flags & 0xff, tcp->window, 0, tcp->urgent,
	                        (uint16_t)(TCP_HEADER + padded + body->length), body->bytes,
	                        body->length, net, 0) >= 0;
}

static bool build_udp(libnet_t *net, const struct segment *segment, const struct body *body)
{
	return libnet_build_udp(segment->udp.source, segment->udp.destination,
	                        (uint16_t)(UDP_HEADER + body->length), 0, body->bytes, body->length,
	                        net, 0) >= 0;
}

/* libnet's echo builder has what any ICMP message has: type, code, four bytes, and a body. */
static bool build_icmp(libnet_t *net, const struct segment *segment, const struct body *body)
{
	const struct icmp_header *icmp = &segment->icmp;
	uint16_t high = (uint16_t)(icmp->rest >> 16), low = (uint16_t)icmp->rest;

	if (segment->protocol == IPPROTO_ICMPV6)
		return libnet_build_icmpv6_echo(icmp->type, icmp->code, 0, high, low,
		                                (uint8_t *)body->bytes, body->length, net, 0) >= 0;
	return libnet_build_icmpv4_echo(icmp->type, icmp->code, 0, high, low, body->bytes,
	                                body->length, net, 0) >= 0;
}

static bool build_ip(libnet_t *net, const struct segment *segment, size_t transport)
{
	bool ipv6 = segment->source.family == AF_INET6;
	uint8_t ttl = segment->ttl ? segment->ttl : DEFAULT_TTL;
	uint16_t length = segment->fixed & FIXED_IP_LENGTH
	                          ? segment->ip_length
	                          : (uint16_t)(transport + (ipv6 ? 0 : IPV4_HEADER));

	if (ipv6)
		return libnet_build_ipv6(segment->tos, 0, length, segment->protocol, ttl,
		                         ipv6_address(&segment->source),
		                         ipv6_address(&segment->destination), NULL, 0, net, 0) >= 0;
	return libnet_build_ipv4(length, segment->tos, segment->ip_id,
	                         segment->dont_fragment ? DONT_FRAGMENT : 0, ttl, segment->protocol,
	                         0, ipv4_address(&segment->source),
	                         ipv4_address(&segment->destination), NULL, 0, net, 0) >= 0;
}

/* ---- what libnet does not set ---- */

static size_t checksum_offset(uint8_t protocol)
{
	return protocol == IPPROTO_TCP ? 16 : protocol == IPPROTO_UDP ? 6 : 2;
}

/*
 * Sets fields within the TCP or UDP header. Returns true when a byte that the checksum covers was
 * changed.
 */
static bool patch_transport(const struct segment *segment, uint8_t *transport)
{
	if (segment->protocol == IPPROTO_TCP) {
		uint8_t old = transport[12];
		uint8_t offset =
			segment->fixed & FIXED_DATA_OFFSET ? segment->tcp.data_offset : old >> 4;

		transport[12] = (uint8_t)(offset << 4 | (segment->tcp.flags >> 8 & 0xf));
		return transport[12] != old;
	}
	if (segment->protocol == IPPROTO_UDP && segment->fixed & FIXED_UDP_LENGTH) {
		put16(transport + 4, segment->udp.length);
		return true;
	}
	return false;
}

static void patch(const struct segment *segment, uint8_t *packet, size_t length)
{
	size_t ip = segment->source.family == AF_INET6 ? IPV6_HEADER : IPV4_HEADER;
	uint8_t *transport = packet + ip;
	uint8_t *checksum = transport + checksum_offset(segment->protocol);

	if (patch_transport(segment, transport)) {
		put16(checksum, 0);
		put16(checksum, checksum_transport(&segment->source, &segment->destination,
		                                   segment->protocol, transport, length - ip));
	}
	if (segment->fixed & FIXED_CHECKSUM)
		put16(checksum, segment->checksum);
	if (segment->fixed & ADDED_CHECKSUM)
		put16(checksum, checksum_wrong(get16(checksum), segment->checksum));
	/* libnet puts the bytes of the flow label in the wrong order. */
	if (ip == IPV6_HEADER)
		put32(packet,
		      6u << 28 | (uint32_t)segment->tos << 20 | (segment->flow_label & 0xfffff));
	else if (segment->fixed & FIXED_IP_CHECKSUM)
		put16(packet + 10, segment->ip_checksum);
	else if (segment->fixed & ADDED_IP_CHECKSUM)
		put16(packet + 10, checksum_wrong(get16(packet + 10), segment->ip_checksum));
}

/* ---- the whole packet ---- */

/* How many bytes there are before the body; 0 for a protocol that cannot be built. */
static size_t header_length(const struct segment *segment)
{
	switch (segment->protocol) {
	case IPPROTO_TCP:
		return TCP_HEADER + options_padded(&segment->tcp);
	case IPPROTO_UDP:
		return UDP_HEADER;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return ICMP_HEADER;
	default:
		return 0;
	}
}

static bool build(libnet_t *net, const struct segment *segment, const struct body *body)
{
	bool built;

	if (segment->protocol == IPPROTO_TCP)
		built = build_tcp(net, segment, body);
	else if (segment->protocol == IPPROTO_UDP)
		built = build_udp(net, segment, body);
	else
		built = build_icmp(net, segment, body);
	return built && build_ip(net, segment, header_length(segment) + body->length);
}

static bool is_buildable(const struct segment *segment, char *error)
{
	size_t header = header_length(segment);
	size_t length = header + segment->payload_length +
	                (segment->source.family == AF_INET6 ? 0 : IPV4_HEADER);

	if (header == 0 || segment->source.family != segment->destination.family)
		fault_say(FAULT_BROKEN, error, "a packet of protocol %u cannot be built",
		          segment->protocol);
	else if (segment->protocol == IPPROTO_TCP && segment->tcp.options_length > TCP_OPTIONS_MAX)
		fault_say(FAULT_BROKEN, error, "a TCP header has no room for %u bytes of options",
		          segment->tcp.options_length);
	else if (length > PACKET_MAX)
		fault_say(FAULT_BROKEN, error, "a packet of %zu bytes is longer than IP allows",
		          length);
	else
		return true;
	return false;
}

/* The outer headers are bytes already. libnet does not know of them. */
static bool wrap(struct inject *inject, const struct segment *segment, const uint8_t **bytes,
                 size_t *length, char *error)
{
	size_t outer = segment->outer_length, total = outer + *length;

	if (total > sizeof(inject->wrapped)) {
		fault_say(FAULT_BROKEN, error, "a packet of %zu bytes is longer than IP allows",
		          total);
		return false;
	}
	memcpy(inject->wrapped, segment->outer, outer);
	memcpy(inject->wrapped + outer, *bytes, *length);
	encapsulation_finish(inject->wrapped, outer, total);
	*bytes = inject->wrapped;
	*length = total;
	return true;
}

bool inject_build(struct inject *inject, const struct segment *segment, const uint8_t **bytes,
                  size_t *length, char *error)
{
	uint32_t culled = 0;
	struct body body;

	if (!is_buildable(segment, error))
		return false;
	body = segment_body(inject, segment);
	if (inject->packet)
		libnet_adv_free_packet(inject->net, inject->packet);
	inject->packet = NULL;
	/*
	 * The packet is built anew each time: when libnet changes a packet by tags, it gets lengths
	 * wrong if options come or go.
	 */
	libnet_clear_packet(inject->net);
	if (!build(inject->net, segment, &body) ||
	    libnet_adv_cull_packet(inject->net, &inject->packet, &culled) < 0) {
		inject->packet = NULL;
		fault_say(FAULT_BROKEN, error, "libnet: %s", libnet_geterror(inject->net));
		return false;
	}
	patch(segment, inject->packet, culled);
	*bytes = inject->packet;
	*length = culled;
	return !segment->outer_length || wrap(inject, segment, bytes, length, error);
}
