/* The addresses of both sides. They come from the settings; what is not set has a default. */
#ifndef TCPCLOSE_PROGRAM_ADDRESSES_H
#define TCPCLOSE_PROGRAM_ADDRESSES_H

#include "program/settings.h"
#include "wire/address.h"

struct addresses {
	struct ip_address local, remote, gateway; /* on the wire */
	unsigned local_prefix, remote_prefix;
	struct ip_address bind, connect; /* as a socket has them: perhaps mapped into IPv6 */
	sa_family_t domain;              /* the first argument of socket(2) */
};

/*
 * The defaults are: local 192.168.0.2/16 or fd3d:fa7b:d17d::2/48, which are private (RFC 1918, RFC
 * 4193); remote 192.0.2.1/24 or 2001:db8::1/32, which are for documentation (RFC 5737, RFC 3849).
 * Returns NULL, or a static text that says what is wrong.
 */
const char *addresses_init(const struct settings *settings, struct addresses *addresses);

#endif
