#include "remote/limits.h"

#include <string.h>

#include "wire/bytes.h"

enum {
	IPV4_PROTOCOL = 9,
	IPV4_FROM = 12,
	IPV4_TO = 16,
	IPV6_NEXT = 6,
	IPV6_FROM = 8,
	IPV6_TO = 24,
	ICMPV6_CHATTER = 130, /* the first type that is neither an error nor an echo (RFC 4443) */
};

struct ends {
	struct ip_address from, to;
	unsigned protocol;
	unsigned type; /* of ICMPv6 */
};

static bool read_ends(const uint8_t *bytes, size_t size, struct ends *ends)
{
	*ends = (struct ends){ .from.family = AF_INET, .to.family = AF_INET };
	if (size >= IPV4_HEADER && bytes[0] >> 4 == 4) {
		ends->protocol = bytes[IPV4_PROTOCOL];
		memcpy(ends->from.bytes, bytes + IPV4_FROM, 4);
		memcpy(ends->to.bytes, bytes + IPV4_TO, 4);
		return true;
	}
	if (size < IPV6_HEADER || bytes[0] >> 4 != 6)
		return false;
	ends->from.family = ends->to.family = AF_INET6;
	ends->protocol = bytes[IPV6_NEXT];
	ends->type = size > IPV6_HEADER ? bytes[IPV6_HEADER] : 0;
	memcpy(ends->from.bytes, bytes + IPV6_FROM, 16);
	memcpy(ends->to.bytes, bytes + IPV6_TO, 16);
	return true;
}

static bool within(const struct ip_address *address, const struct ip_address *net, unsigned bits)
{
	struct ip_address a = ip_address_prefix(address, bits), b = ip_address_prefix(net, bits);

	return ip_address_equal(&a, &b);
}

bool limits_may_send(const struct wire_start *start, const uint8_t *bytes, size_t size)
{
	struct ends ends;

	return read_ends(bytes, size, &ends) &&
	       within(&ends.from, &start->remote, start->remote_prefix) &&
	       within(&ends.to, &start->local, start->local_prefix);
}

static bool is_chatter(const struct ends *ends)
{
	return ends->protocol == IPPROTO_IGMP ||
	       (ends->from.family == AF_INET6 && ends->protocol == IPPROTO_HOPOPTS) ||
	       (ends->protocol == IPPROTO_ICMPV6 && ends->type >= ICMPV6_CHATTER);
}

bool limits_may_tell(const struct wire_start *start, const uint8_t *bytes, size_t size)
{
	struct ends ends;

	return read_ends(bytes, size, &ends) && !is_chatter(&ends) &&
	       (within(&ends.from, &start->local, start->local_prefix) ||
	        within(&ends.to, &start->remote, start->remote_prefix));
}
