#include "wire/packet_print.h"

#include <string.h>

#include "base/text.h"
#include "wire/address.h"

enum { SHOWN = 64 }; /* bytes: the IP and TCP headers, and a little more */

/* Protocol numbers as IANA assigns them: only those that a host sends without being asked. */
static const struct {
	uint8_t number;
	const char *name;
} protocols[] = {
	/* clang-format off */
	{ IPPROTO_HOPOPTS,  "hop-by-hop options" },
	{ IPPROTO_ICMP,     "ICMP" },
	{ IPPROTO_IGMP,     "IGMP" },
	{ IPPROTO_IPIP,     "IPv4 in it" },
	{ IPPROTO_TCP,      "TCP" },
	{ IPPROTO_UDP,      "UDP" },
	{ IPPROTO_IPV6,     "IPv6 in it" },
	{ IPPROTO_ROUTING,  "routing header" },
	{ IPPROTO_FRAGMENT, "fragment" },
	{ IPPROTO_GRE,      "GRE" },
	{ IPPROTO_ESP,      "ESP" },
	{ IPPROTO_AH,       "AH" },
	{ IPPROTO_ICMPV6,   "ICMPv6" },
	{ IPPROTO_DSTOPTS,  "destination options" },
	{ IPPROTO_SCTP,     "SCTP" },
	/* clang-format on */
};

static void print_protocol(struct text_buffer *out, uint8_t number)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (protocols[i].number == number) {
			text_add(out, ", %s", protocols[i].name);
			return;
		}
	text_add(out, ", protocol %u", number);
}

static void print_addresses(struct text_buffer *out, sa_family_t family, const uint8_t *bytes,
                            size_t size)
{
	struct ip_address source = { .family = family }, destination = { .family = family };
	char from[IP_ADDRESS_TEXT], to[IP_ADDRESS_TEXT];

	memcpy(source.bytes, bytes, size);
	memcpy(destination.bytes, bytes + size, size);
	text_add(out, ", %s > %s", ip_address_print(&source, from),
	         ip_address_print(&destination, to));
}

/* ICMP and ICMPv6 have their type and code in the first two bytes. */
static void print_type(struct text_buffer *out, uint8_t protocol, const uint8_t *bytes, size_t left)
{
	bool icmp = protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6;

	print_protocol(out, protocol);
	if ((icmp || protocol == IPPROTO_IGMP) && left >= 2)
		text_add(out, " type %u", bytes[0]);
	if (icmp && left >= 2)
		text_add(out, " code %u", bytes[1]);
}

static void print_headers(struct text_buffer *out, const uint8_t *bytes, size_t captured)
{
	enum { V4 = 20, V6 = 40 };
	unsigned version = captured > 0 ? bytes[0] >> 4 : 0;
	size_t header = version == 4 ? 4 * (bytes[0] & 0xfu) : V6;

	if (version == 4 && captured >= V4 && header >= V4) {
		text_add(out, "IPv4");
		print_type(out, bytes[9], bytes + header,
		           captured > header ? captured - header : 0);
		print_addresses(out, AF_INET, bytes + 12, 4);
	} else if (version == 6 && captured >= V6) {
		text_add(out, "IPv6");
		print_type(out, bytes[6], bytes + header, captured - header);
		print_addresses(out, AF_INET6, bytes + 8, 16);
	} else {
		text_add(out, "no IP header");
	}
}

const char *packet_print(const uint8_t *bytes, size_t captured, size_t length, char *text,
                         size_t size)
{
	struct text_buffer out = text_begin(text, size);
	size_t shown = captured < SHOWN ? captured : SHOWN;

	print_headers(&out, bytes, captured);
	text_add(&out, ", %zu byte%s%s", length, length == 1 ? "" : "s", shown > 0 ? ":" : "");
	for (size_t i = 0; i < shown; i += 4) {
		text_add(&out, " ");
		text_add_hex(&out, bytes + i, shown - i < 4 ? shown - i : 4);
	}
	if (shown < length)
		text_add(&out, " ...");
	return text;
}
