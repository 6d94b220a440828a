#include "program/addresses.h"

#include <stdlib.h>
#include <string.h>

struct defaults {
	const char *local, *remote, *gateway;
	unsigned local_prefix, remote_prefix, bits;
};

static const struct defaults defaults_v4 = {
	"192.168.0.2", "192.0.2.1", "192.168.0.1", 16, 24, 32,
};
static const struct defaults defaults_v6 = {
	"fd3d:fa7b:d17d::2", "2001:db8::1", "fd3d:fa7b:d17d:8888::1", 48, 32, 128,
};

/* "A" or "A/BITS". Without BITS, *prefix is not changed. */
static bool parse(const char *text, const char *fallback, sa_family_t family, unsigned bits,
                  struct ip_address *address, unsigned *prefix)
{
	char copy[IP_ADDRESS_TEXT + 8];
	const char *from = text ? text : fallback;

	if (strlen(from) >= sizeof(copy))
		return false;
	strcpy(copy, from);
	char *slash = strchr(copy, '/');
	if (slash) {
		*slash = '\0';
		long number = strtol(slash + 1, NULL, 10);
		if (number < 1 || number > (long)bits)
			return false;
		*prefix = (unsigned)number;
	}
	return ip_address_parse(copy, address) && address->family == family;
}

static bool parse_netmask(const char *text, unsigned *prefix)
{
	struct ip_address mask;

	if (!ip_address_parse(text, &mask) || mask.family != AF_INET)
		return false;
	uint32_t bits = (uint32_t)mask.bytes[0] << 24 | (uint32_t)mask.bytes[1] << 16 |
	                (uint32_t)mask.bytes[2] << 8 | mask.bytes[3];
	if (~bits & (~bits + 1))
		return false;
	*prefix = (unsigned)__builtin_popcount(bits);
	return true;
}

const char *addresses_init(const struct settings *settings, struct addresses *a)
{
	bool v6 = settings->ip_version == IP_V6, mapped = settings->ip_version == IP_V4_MAPPED;
	const struct defaults *d = v6 ? &defaults_v6 : &defaults_v4;

	sa_family_t family = v6 ? AF_INET6 : AF_INET;
	unsigned ignored;
	*a = (struct addresses){ .local_prefix = d->local_prefix,
		                 .remote_prefix = d->remote_prefix };
	if (!parse(settings->local_ip, d->local, family, d->bits, &a->local, &a->local_prefix))
		return "--local_ip is not an address of this family";
	/* An address that is written without bits is a single address, as in packetdrill. */
	if (settings->remote_ip)
		a->remote_prefix = d->bits;
	if (!parse(settings->remote_ip, d->remote, family, d->bits, &a->remote, &a->remote_prefix))
		return "--remote_ip is not an address of this family";
	if (!parse(settings->gateway_ip, d->gateway, family, d->bits, &a->gateway, &ignored))
		return "--gateway_ip is not an address of this family";
	if (settings->netmask_ip && !v6 && !parse_netmask(settings->netmask_ip, &a->local_prefix))
		return "--netmask_ip is not a netmask";
	a->bind = mapped ? ip_address_map(&a->local) : a->local;
	a->connect = mapped ? ip_address_map(&a->remote) : a->remote;
	a->domain = v6 || mapped ? AF_INET6 : AF_INET;
	return NULL;
}
