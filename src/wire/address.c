#include "wire/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

static const uint8_t mapped_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

bool ip_address_parse(const char *text, struct ip_address *address)
{
	struct ip_address parsed = { .family = strchr(text, ':') ? AF_INET6 : AF_INET };

	if (inet_pton(parsed.family, text, parsed.bytes) != 1)
		return false;
	*address = parsed;
	return true;
}

const char *ip_address_print(const struct ip_address *address, char text[IP_ADDRESS_TEXT])
{
	if (!inet_ntop(address->family, address->bytes, text, IP_ADDRESS_TEXT))
		strcpy(text, "?");
	return text;
}

bool ip_address_equal(const struct ip_address *a, const struct ip_address *b)
{
	return a->family == b->family && !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

struct ip_address ip_address_map(const struct ip_address *address)
{
	struct ip_address mapped = { .family = AF_INET6 };

	if (address->family != AF_INET)
		return *address;
	memcpy(mapped.bytes, mapped_prefix, sizeof(mapped_prefix));
	memcpy(mapped.bytes + sizeof(mapped_prefix), address->bytes, 4);
	return mapped;
}

struct ip_address ip_address_unmap(const struct ip_address *address)
{
	struct ip_address plain = { .family = AF_INET };

	if (address->family != AF_INET6 ||
	    memcmp(address->bytes, mapped_prefix, sizeof(mapped_prefix)))
		return *address;
	memcpy(plain.bytes, address->bytes + sizeof(mapped_prefix), 4);
	return plain;
}

struct ip_address ip_address_prefix(const struct ip_address *address, unsigned bits)
{
	struct ip_address prefix = *address;

	for (unsigned i = 0; i<sizeof(prefix.bytes); i++, bits = bits> 8 ? bits - 8 : 0)
		if (bits < 8)
			prefix.bytes[i] &= (uint8_t)(0xff00 >> bits);
	return prefix;
}

socklen_t ip_address_to_sockaddr(const struct ip_address *address, uint16_t port,
                                 struct sockaddr_storage *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	out->ss_family = address->family;
	if (address->family == AF_INET) {
		v4->sin_port = htons(port);
		memcpy(&v4->sin_addr, address->bytes, sizeof(v4->sin_addr));
		return sizeof(*v4);
	}
	if (address->family == AF_INET6) {
		v6->sin6_port = htons(port);
		memcpy(&v6->sin6_addr, address->bytes, sizeof(v6->sin6_addr));
		return sizeof(*v6);
	}
	return offsetof(struct sockaddr_storage, ss_family) + sizeof(out->ss_family);
}

bool ip_address_from_sockaddr(const struct sockaddr_storage *in, struct ip_address *address,
                              uint16_t *port)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)in;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)in;

	if (in->ss_family != AF_INET && in->ss_family != AF_INET6)
		return false;
	*address = (struct ip_address){ .family = in->ss_family };
	if (in->ss_family == AF_INET) {
		*port = ntohs(v4->sin_port);
		memcpy(address->bytes, &v4->sin_addr, sizeof(v4->sin_addr));
	} else {
		*port = ntohs(v6->sin6_port);
		memcpy(address->bytes, &v6->sin6_addr, sizeof(v6->sin6_addr));
	}
	return true;
}
