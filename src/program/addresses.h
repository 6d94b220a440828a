/* The addresses of both sides, from the settings; what is not set has a default. */
#ifndef TCPCLOSE_PROGRAM_ADDRESSES_H
#define TCPCLOSE_PROGRAM_ADDRESSES_H

#include "program/settings.h"
#include "wire/address.h"

struct addresses {
	struct ip_address local, remote, gateway; /* on the wire */
	unsigned local_prefix, remote_prefix;
	struct ip_address bind, connect; /* as a socket says them: mapped into IPv6, maybe */
	sa_family_t domain;              /* of socket(..., ) */
};

/*
 * Local: 192.168.0.2/16 or fd3d:fa7b:d17d::2/48, private (RFC 1918, RFC 4193). Remote: 192.0.2.1/24
 * or 2001:db8::1/32, set aside for documentation (RFC 5737, RFC 3849). Returns NULL, or what is
 * wrong.
 */
const char *addresses_init(const struct settings *settings, struct addresses *addresses);

#endif
